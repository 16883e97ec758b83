"""What cards say beyond the common: read right with the real models, or left to a person, and never wrong in silence (P-VER-1)."""

from datetime import date

import pytest

from demo.specimens import IdCard, draw_back, draw_front
from demo.specimens.card import check_digit
from demo.specimens.draw import Style
from realname.ids import regions
from tests.verification.engines.conftest import bgr_of
from verification.engines.base import DocumentReading

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def front(engines):
    """Reads the portrait side of a card."""

    def _front(card: IdCard, style: Style | None = None) -> DocumentReading:
        return engines.document.read(bgr_of(draw_front(card, style=style)))

    return _front


@pytest.fixture(scope="module")
def back(engines):
    """Reads the emblem side of a card."""

    def _back(card: IdCard) -> DocumentReading:
        return engines.document.read(bgr_of(draw_back(card)))

    return _back


def living_in(code: str, rest: str, *, born: date = date(1975, 3, 8)) -> IdCard:
    """A card whose address begins with the place of its number's code, by its newest name."""
    first_17 = f"{code}{born:%Y%m%d}001"
    return IdCard.make(3, id_number=first_17 + check_digit(first_17), address="".join(regions.lookup(code).names) + rest)


@pytest.mark.parametrize("dot", "·•・‧")
def test_every_middle_dot_is_read_as_the_one_names_are_written_with(front, dot):
    name = front(IdCard.make(3, name=f"古丽娜尔{dot}买买提")).fields["name"]
    assert (name.text, name.review) == ("古丽娜尔·买买提", False)


@pytest.mark.parametrize("dot", ".．")
def test_a_full_stop_for_the_dot_is_taken_for_it_or_a_persons_to_look_at(front, dot):
    reading = front(IdCard.make(3, name=f"古丽娜尔{dot}买买提"))
    assert reading.text("name") == "古丽娜尔·买买提" or "name" in reading.for_review


@pytest.mark.parametrize("name", ["阿卜杜热合曼·阿布都热西提", "买买提·吐尔逊·艾合买提", "图尔荪古丽·麦提图尔荪", "欧阳建国", "司马子墨"])
def test_long_names_are_read(front, name):
    assert front(IdCard.make(3, name=name)).text("name") == name


@pytest.mark.parametrize("name", ["李玥", "陈堃", "王喆", "周祎", "刘珺明"])
def test_rare_characters_that_both_models_know_need_nobody(front, name):
    found = front(IdCard.make(3, name=name)).fields["name"]
    assert (found.text, found.review) == (name, False)


# Extensions A to C, the newest of the basic block, 〇, and forms that only some regions print
RARE = ["王㛃华", "王䶮", "陈𬍛明", "张𬭎", "李〇一", "杨毟华", "赵崪丽", "周㷦华", "李鷌明", "王𡠭英", "陈䪀芳", "赵頿丽", "吴𨰝华"]


@pytest.mark.parametrize("name", RARE)
def test_a_character_the_models_may_not_know_is_never_wrong_in_silence(front, name):
    reading = front(IdCard.make(3, name=name))
    assert reading.text("name") == name or "name" in reading.for_review


@pytest.mark.parametrize("ethnicity", ["柯尔克孜", "乌孜别克", "达斡尔", "鄂温克", "鄂伦春", "塔吉克", "维吾尔", "俄罗斯"])
def test_long_names_of_ethnicities_are_read(front, ethnicity):
    found = front(IdCard.make(3, ethnicity=ethnicity)).fields["ethnicity"]
    assert (found.text, found.review) == (ethnicity, False)


@pytest.mark.parametrize(
    ("code", "of_today"),
    [
        ("511224", False),  # Sichuan until Chongqing was parted from it
        ("652901", True),
        ("330183", False),
        ("110102", True),
        ("530829", True),
    ],
)
def test_places_of_today_and_of_old_are_read(front, code, of_today):
    region = regions.lookup(code)
    assert (region.until is None) is of_today
    card = living_in(code, "人民路26号3栋2门401")
    address = front(card).fields["address"]
    assert (address.text, address.review) == (card.address, False)


@pytest.mark.parametrize("rest", ["长安街416号30栋3门624", "学府路864号12栋7门510", "车站路478号14-4-1265"])
@pytest.mark.parametrize("typeface", ["sans", "zenhei"])
def test_digits_of_an_address_are_right_or_a_persons_to_look_at(front, rest, typeface):
    from demo.specimens.fonts import typefaces

    if typeface not in typefaces():
        pytest.skip(f"no {typeface} on this machine")
    card = living_in("610921", rest)
    reading = front(card, Style(typeface=typeface))
    assert reading.text("address") == card.address or "address" in reading.for_review


def test_somebody_who_moved_is_no_contradiction(front):
    """A number keeps the place where it was given (GB 11643-1999), an address does not."""
    card = IdCard.make(3, id_number=living_in("610921", "").id_number, address="广东省深圳市南山区人民路26号3栋401")
    address = front(card).fields["address"]
    assert (address.text, address.review) == (card.address, False)


@pytest.mark.parametrize(
    "authority",
    [
        "克孜勒苏柯尔克孜自治州阿克陶县公安局",
        "巴音郭楞蒙古自治州焉耆回族自治县公安局",
        "红河哈尼族彝族自治州河口瑶族自治县公安局",
        "青岛市公安局市南分局",
        "上海市公安局浦东分局",
    ],
)
def test_authorities_of_one_line_and_two_are_read(back, authority):
    found = back(IdCard.make(3, authority=authority)).fields["authority"]
    assert (found.text, found.review) == (authority, False)


def test_a_card_without_an_end_is_valid_for_long(back):
    card = IdCard.make(3, birth=date(1960, 2, 3), valid_from=date(2022, 9, 11), valid_to=None)
    fields = back(card).fields
    assert {name: (fields[name].text, fields[name].review) for name in ("valid_from", "valid_to")} == {
        "valid_from": ("2022-09-11", False),
        "valid_to": ("long_term", False),
    }
