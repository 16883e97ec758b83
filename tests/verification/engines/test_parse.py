"""From text lines to fields: by place, with misread labels, and never repairing a number."""

from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demo.specimens import IdCard
from verification.engines.base import BACK_FIELDS, FRONT_FIELDS, TextLine
from verification.engines.ocr.ethnicities import ETHNICITIES
from verification.engines.ocr.parse import SURE, parse_card


def line(text: str, x: float, y: float, *, width: float = 0, confidence: float = 0.99, slant: float = 0) -> TextLine:
    """A line of text 40 px high with its upper left corner at (x, y), turned by `slant` degrees about the origin."""
    width = width or 40 * len(text)
    quad = np.array([[x, y], [x + width, y], [x + width, y + 40], [x, y + 40]], float)
    turn = np.radians(slant)
    matrix = np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    return TextLine(text=text, confidence=confidence, quad=(quad @ matrix.T).astype(np.float32))


def front(card: IdCard, *, slant: float = 0, **changes) -> list[TextLine]:
    """The lines of a front as PP-OCR cuts them: labels beside or in the line of their value."""
    address = [card.address[i : i + 11] for i in range(0, len(card.address), 11)]
    texts = {
        "name_label": ("姓名", 60, 76, 80),
        "name": (card.name, 165, 70, 0),
        "sex": (f"性别{card.sex_label}", 60, 152, 0),
        "ethnicity": (f"民族{card.ethnicity}", 280, 152, 0),
        "birth": (f"出生{card.birth.year}年{card.birth.month}月{card.birth.day}日", 60, 230, 440),
        "address": (f"住址{address[0]}", 60, 308, 540),
        "number_label": ("公民身份号码", 60, 556, 200),
        "number": (card.id_number, 322, 556, 610),
    } | {f"address{row}": (text, 165, 308 + 52 * row, 0) for row, text in enumerate(address[1:], 1)}
    texts |= changes
    return [line(text, x, y, width=width, slant=slant) for text, x, y, width in texts.values()]


def back(authority: str, validity: str) -> list[TextLine]:
    return [
        line("中华人民共和国", 320, 74, width=600),
        line("居民身份证", 320, 185, width=600),
        line("签发机关", 203, 460),
        line(authority, 382, 458),
        line("有效期限", 195, 556),
        line(validity, 380, 558),
    ]


def texts(fields) -> dict[str, str]:
    return {name: field.text for name, field in fields.items()}


def of_card(card: IdCard) -> dict[str, str]:
    return {
        "name": card.name,
        "sex": card.sex,
        "ethnicity": card.ethnicity,
        "birth": card.birth.isoformat(),
        "address": card.address,
        "id_number": card.id_number,
    }


@given(seed=st.integers(0, 10_000), slant=st.floats(-9, 9))
@settings(max_examples=150, deadline=None)
def test_every_specimen_is_understood_also_aslant(seed, slant):
    card = IdCard.make(seed)
    side, fields = parse_card(front(card, slant=slant))
    assert side == "front"
    assert texts(fields) == of_card(card)
    assert not any(field.review for field in fields.values())


@given(seed=st.integers(0, 10_000))
@settings(max_examples=60, deadline=None)
def test_every_back_is_understood(seed):
    card = IdCard.make(seed)
    side, fields = parse_card(back(card.authority, card.validity_label))
    assert side == "back"
    until = card.valid_to.isoformat() if card.valid_to else "long_term"
    assert texts(fields) == {"authority": card.authority, "valid_from": card.valid_from.isoformat(), "valid_to": until}


@pytest.mark.parametrize("labels", [{"name_label": ("姓各", 60, 76, 80)}, {"name_label": ("", 60, 76, 80)}])
@pytest.mark.parametrize("address_label", ["佳址", "住扯", ""])
def test_misread_labels_don_t_matter(labels, address_label):
    card = IdCard.make(3)
    first = card.address[:11]
    lines = front(card, **labels, address=(f"{address_label}{first}", 60 if address_label else 165, 308, 540))
    assert texts(parse_card(lines)[1]) == of_card(card)


@pytest.mark.parametrize("name", ["张三", "欧阳建国", "古丽娜尔·阿布都热合曼", "名震", "江姓"])
@pytest.mark.parametrize("joined", [True, False])
def test_the_name_comes_without_its_label(name, joined):
    card = IdCard.make(3, name=name)
    changes = {"name_label": ("", 60, 76, 80), "name": (f"姓名{name}", 60, 70, 0)} if joined else {}
    assert parse_card(front(card, **changes))[1]["name"].text == name


@pytest.mark.parametrize("dot", "·・•‧∙⋅●.．")
def test_the_middle_dot_is_normalised(dot):
    card = IdCard.make(3, name=f"艾力{dot}买买提")
    assert parse_card(front(card))[1]["name"].text == "艾力·买买提"


@pytest.mark.parametrize("circle", "〇○◯")
def test_the_zero_of_names_is_one_character(circle):
    assert parse_card(front(IdCard.make(3, name=f"李{circle}一")))[1]["name"].text == "李〇一"


@pytest.mark.parametrize("ethnicity", ETHNICITIES)
def test_all_56_ethnicities_are_known(ethnicity):
    assert len(ETHNICITIES) == 56
    assert parse_card(front(IdCard.make(3, ethnicity=ethnicity)))[1]["ethnicity"].text == ethnicity


def test_a_wrong_check_digit_is_flagged_and_never_repaired():
    card = IdCard.make(3, bad_check_digit=True)
    number = parse_card(front(card))[1]["id_number"]
    assert number.text == card.id_number
    assert number.review


def test_a_number_with_a_missing_digit_is_given_as_read_for_review():
    card = IdCard.make(3)
    number = parse_card(front(card, number=(card.id_number[:16], 322, 556, 560)))[1]["id_number"]
    assert number.text == card.id_number[:16]
    assert number.review


def test_a_lower_case_x_is_read_as_x():
    card = IdCard.make(next(seed for seed in range(200) if IdCard.make(seed).id_number.endswith("X")))
    number = parse_card(front(card, number=(card.id_number.lower(), 322, 556, 610)))[1]["id_number"]
    assert number.text == card.id_number
    assert not number.review


@pytest.mark.parametrize(("confidence", "review"), [(0.89, True), (0.9, False)])
def test_low_confidence_asks_for_review(confidence, review):
    assert SURE == 0.9
    card = IdCard.make(3)
    lines = [TextLine(li.text, confidence if li.text == card.name else 0.99, li.quad) for li in front(card)]
    assert parse_card(lines)[1]["name"].review is review


def test_watermarks_across_the_card_are_left_out():
    card = IdCard.make(3)
    lines = [*front(card), line("CIMEN样本", 300, 300, slant=-25), line("SPE", 895, 30, slant=-20), line("样本SPECIMEN", 686, 477)]
    assert texts(parse_card(lines)[1]) == of_card(card)


def test_a_birth_that_does_not_exist_is_not_read():
    side, fields = parse_card(front(IdCard.make(3), birth=("出生1990年13月45日", 60, 230, 440)))
    assert side == "front"
    assert "birth" not in fields


@pytest.mark.parametrize(
    ("validity", "expected"),
    [
        ("2022.09.11-2032.09.11", ("2022-09-11", "2032-09-11")),
        ("2022.09.11一2032.09.11", ("2022-09-11", "2032-09-11")),
        ("2022.09.112032.09.11", ("2022-09-11", "2032-09-11")),
        ("20220911-长期", ("2022-09-11", "long_term")),
        ("2022.02.30-2032.09.11", (None, "2032-09-11")),
    ],
)
def test_validity_as_it_is_printed_and_misprinted(validity, expected):
    fields = texts(parse_card(back("上海市公安局浦东分局", validity))[1])
    assert (fields.get("valid_from"), fields.get("valid_to")) == expected


def test_a_card_that_ends_before_it_begins_is_for_review():
    fields = parse_card(back("上海市公安局浦东分局", "2032.09.11-2022.09.11"))[1]
    assert fields["valid_from"].review
    assert fields["valid_to"].review


def test_an_authority_in_two_rows_is_joined():
    lines = back("新疆维吾尔自治区", "2022.09.11-长期")
    lines.insert(4, line("喀什市公安局", 382, 506))
    assert parse_card(lines)[1]["authority"].text == "新疆维吾尔自治区喀什市公安局"


def test_an_authority_whose_line_breaks_inside_公安_is_joined():
    """The label then stands between the two rows, beside neither."""
    whole = back("公安局", "2023.04.01-2043.04.01")
    others = [each for each in whole if each.text not in {"公安局", "签发机关"}]
    lines = [*others, line("黔东南苗族侗族自治州凯里市公", 382, 429), line("签发机关", 202, 458), line("安局", 379, 478)]
    assert parse_card(lines)[1]["authority"].text == "黔东南苗族侗族自治州凯里市公安局"


def test_公安局_without_a_place_is_no_authority():
    assert "authority" not in parse_card(back("公安局", "2022.09.11-长期"))[1]


@pytest.mark.parametrize("number", ["911124198108030024", "932682199501010091"])
def test_a_foreign_permanent_residence_card_is_not_a_front(number):
    card = IdCard.make(3)
    assert parse_card(front(card, number=(number, 322, 556, 610))) == ("other", {})
    assert parse_card([*front(card), line("外国人永久居留身份证", 300, 10)]) == ("other", {})


@given(st.lists(st.builds(line, st.text(max_size=30), st.floats(0, 1000), st.floats(0, 600)), max_size=12))
@settings(max_examples=200, deadline=None)
def test_anything_at_all_is_answered(lines):
    side, fields = parse_card(lines)
    assert side in ("front", "back", "other")
    assert set(fields) <= {"front": set(FRONT_FIELDS), "back": set(BACK_FIELDS), "other": set()}[side]
    assert all(field.text for field in fields.values())


@given(st.dates(date(1900, 1, 1), date(2099, 12, 31)))
@settings(max_examples=60, deadline=None)
def test_every_day_is_read_as_itself(day):
    fields = parse_card(back("上海市公安局浦东分局", f"{day:%Y.%m.%d}-{day + timedelta(days=1):%Y.%m.%d}"))[1]
    assert fields["valid_from"].text == day.isoformat()
