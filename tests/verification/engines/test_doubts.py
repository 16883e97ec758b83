"""What asks for a person's eye: contradictions, places that don't exist, holes in a line; and what needs none."""

import random
from datetime import date, timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from demo.specimens import IdCard
from demo.specimens.card import check_digit
from demo.specimens.people import PLACES
from demo.specimens.somebody import somebody
from verification.engines.base import FieldRead, TextLine
from verification.engines.ocr.doubts import confirmed, doubted, has_hole, lost_a_mark
from verification.engines.ocr.places import is_nearly_the_place_of, is_place


def read(text: str, confidence: float = 0.99, *, lines: tuple[TextLine, ...] = ()) -> FieldRead:
    return FieldRead(text=text, confidence=confidence, review=confidence < 0.9, lines=lines)


def front(card: IdCard, **changes: str) -> dict[str, FieldRead]:
    fields = {
        "name": card.name,
        "sex": card.sex,
        "ethnicity": card.ethnicity,
        "birth": card.birth.isoformat(),
        "address": card.address,
        "id_number": card.id_number,
    }
    return {name: read(text) for name, text in (fields | changes).items()}


@given(st.integers(0, 10_000))
@settings(max_examples=100, deadline=None)
def test_a_card_that_agrees_with_itself_is_not_doubted(seed):
    assert doubted("front", front(IdCard.make(seed))) == set()


CARD = IdCard.make(3)
OTHER_SEX = "female" if CARD.sex == "male" else "male"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"birth": (CARD.birth + timedelta(days=1)).isoformat()}, {"birth", "id_number"}),
        ({"sex": OTHER_SEX}, {"sex", "id_number"}),
        ({"id_number": IdCard.make(3, bad_check_digit=True).id_number}, {"id_number"}),
        ({"id_number": CARD.id_number[:17]}, {"id_number"}),
        ({"address": "东省深圳市南山区人民路1号"}, {"address"}),
        ({"address": "湖北省仙桃市长安街453号16栋77184"}, {"address"}),
        ({"address": "湖北省仙桃市长安街2453号16栋7门1184"}, set()),
        ({"address": "湖北省仙桃市长安街2453号16栋门1184"}, {"address"}),
    ],
)
def test_a_contradiction_is_doubted_on_both_its_sides(changes, expected):
    """Which of the two is wrong, nobody can say from the text: nothing is repaired."""
    assert doubted("front", front(CARD, **changes)) == expected


def test_what_the_number_confirms_needs_no_second_look():
    fields = front(CARD) | {"birth": read(CARD.birth.isoformat(), 0.5), "sex": read(CARD.sex, 0.5), "name": read(CARD.name, 0.5)}
    assert {"birth", "sex"} <= confirmed("front", fields)
    assert "name" not in confirmed("front", fields)
    broken = fields | {"id_number": read(IdCard.make(3, bad_check_digit=True).id_number)}
    assert not {"birth", "sex"} & confirmed("front", broken)


@pytest.mark.parametrize(
    ("start", "end", "fits"),
    [
        ("2020-05-06", "2025-05-06", True),
        ("2020-05-06", "2030-05-06", True),
        ("2020-05-06", "2040-05-06", True),
        ("2020-05-06", "long_term", True),
        ("2020-02-29", "2030-02-28", True),
        ("2020-02-29", "2030-03-01", True),
        ("2020-05-06", "2030-05-08", False),
        ("2020-05-06", "2031-05-06", False),
        ("2030-05-06", "2020-05-06", False),
    ],
)
def test_a_term_is_five_ten_or_twenty_years(start, end, fits):
    """Resident Identity Card Law, article 5."""
    fields = {"authority": read("上海市公安局浦东分局"), "valid_from": read(start), "valid_to": read(end)}
    assert doubted("back", fields) == (set() if fits else {"valid_from", "valid_to"})


@given(st.dates(date(2005, 1, 1), date(2030, 12, 31)))
@settings(max_examples=50, deadline=None)
def test_dates_that_confirm_each_other_may_be_read_unsurely(day):
    end = day.replace(year=day.year + 20) if (day.month, day.day) != (2, 29) else date(day.year + 20, 3, 1)
    fields = {"valid_from": read(day.isoformat(), 0.8), "valid_to": read(end.isoformat(), 0.8)}
    assert {"valid_from", "valid_to"} <= confirmed("back", fields)
    assert "valid_from" not in confirmed("back", fields | {"valid_to": read("long_term", 0.8)})


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.code)
def test_real_places_are_known(place):
    assert is_place(place.name + "人民路1号")
    assert is_place(place.authority)


@pytest.mark.parametrize(
    "text", ["四川省涪陵地区丰都县迎宾路1号", "重庆市涪陵区迎宾路1号", "青海省海南藏族自治州兴海县青年路7号", "天津市河西区1号"]
)
def test_places_of_old_and_municipalities_are_known(text):
    assert is_place(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "广东省",
        "江西省",
        "河比省石家庄市人民路",
        "市公安局",
        "西藏自治区那曲市素县文化东路",
        "云南省思茅地区普洱哈尼族舞族自治县新华街",
    ],
)
def test_what_is_no_place_is_doubted(text):
    assert not is_place(text)


YICHENG = "370404199003071231"  # 山东省枣庄市峄城区


@pytest.mark.parametrize(
    ("number", "address", "nearly"),
    [
        (YICHENG, "山东省枣庄市峰城区东巷2411弄170号", True),
        (YICHENG, "山东省枣庄市峄城区东巷2411弄170号", False),
        (YICHENG, "山东省枣庄市薛城区东巷2411弄170号", False),  # moved to the district beside it
        (YICHENG, "广东省深圳市南山区人民路1号", False),
        (YICHENG, "山东省", False),
        ("110101199003071231", "北京市西城区长安街1号", False),
        ("210423197003071231", "辽宁省抚顺市清原满族自治县英额门镇1组", False),  # 清原县 at the time of the birth
        ("37040", "山东省枣庄市峰城区", False),
        ("", "", False),
    ],
)
def test_a_place_that_is_nearly_the_numbers_own_is_misread(number, address, nearly):
    assert is_nearly_the_place_of(number, address) is nearly


@given(st.integers(0, 3_000), st.integers(0, 3_000))
@settings(max_examples=200, deadline=None)
def test_nobody_who_stayed_or_moved_is_told_so(one, other):
    """An address of any county, old or new, under a number of any other."""
    at_home, elsewhere = somebody(random.Random(one)), somebody(random.Random(other))
    assert not is_nearly_the_place_of(elsewhere.id_number, at_home.address)


def address_of(place: str, rest: str, *, place_sure: float = 0.99, rest_sure: float = 0.99) -> FieldRead:
    sure = (0.4, 0.4, *(place_sure,) * len(place), *(rest_sure,) * len(rest))
    one = TextLine(text="住址" + place + rest, confidence=min(sure), quad=np.zeros((4, 2), np.float32), confidences=sure)
    return read(place + rest, min(sure), lines=(one,))


def test_a_place_that_the_number_names_too_may_be_read_unsurely():
    place, rest = "山东省枣庄市峄城区", "东巷2411弄170号"
    fields = front(CARD, id_number=_with_check_digit(YICHENG)) | {"birth": read("1990-03-07"), "sex": read("male")}
    assert "address" in confirmed("front", fields | {"address": address_of(place, rest, place_sure=0.4)})
    assert "address" not in confirmed("front", fields | {"address": address_of(place, rest, rest_sure=0.8)})
    assert "address" not in confirmed("front", fields | {"address": address_of("山东省枣庄市薛城区", rest, place_sure=0.4)})
    wrong_number = fields | {"id_number": read(YICHENG[:17] + "?"), "address": address_of(place, rest, place_sure=0.4)}
    assert "address" not in confirmed("front", wrong_number)


def _with_check_digit(number: str) -> str:
    return number[:17] + check_digit(number[:17])


@pytest.mark.parametrize("authority", ["青岛市公安局市南分局", "济南市公安局市中区分局", "厦门市公安局市区分局"])
def test_what_follows_the_police_is_no_county(authority):
    assert doubted("back", {"authority": read(authority)}) == set()


def row(text: str, left: float, top: float) -> TextLine:
    quad = [[left, top], [left + 30 * len(text), top], [left + 30 * len(text), top + 40], [left, top + 40]]
    return TextLine(text=text, confidence=0.99, quad=np.array(quad, np.float32))


@pytest.mark.parametrize(
    ("text", "following", "left", "lost"),
    [
        ("车站路478号14", "4-1265", 179, True),
        ("车站路478号14", "4-1265", 166, False),
        ("车站路478号14", "弄26号", 179, False),
        ("住址车站路478号14", "4-1265", 265, False),
    ],
)
def test_room_before_the_digits_that_go_on_is_a_mark_that_was_lost(text, following, left, lost):
    assert lost_a_mark(row(text, 163, 300), row(following, left, 352)) is lost


def test_boxes_beside_each_other_have_lost_nothing():
    assert not lost_a_mark(row("车站路478号14", 163, 300), row("4-1265", 500, 302))


def test_an_estate_is_not_taken_for_a_county():
    assert is_place("青海省西宁市阳光小区3号楼")


def line(text: str, places: list[float]) -> TextLine:
    return TextLine(text=text, confidence=0.99, quad=np.zeros((4, 2), np.float32), places=tuple(places))


def test_a_hole_in_a_line_is_seen():
    """Glare or a finger takes a character away, and the ones left read surely."""
    assert not has_hole(line("河北省石家庄", [0.5, 1.3, 2.1, 2.9, 3.7, 4.5]))
    assert has_hole(line("河北省家庄", [0.5, 1.3, 2.1, 3.7, 4.5]))


def test_room_for_a_hyphen_between_digits_is_seen():
    """However few characters the line has to tell their width by."""
    steps = [0.67, 0.5, 0.33, 0.75, 0.58, 1.0, 0.5, 0.33, 0.5, 0.5]
    assert has_hole(line("路644号11-398", [0.5, *(0.5 + np.cumsum(steps))]))
    assert not has_hole(line("路644号11-398", [0.5, *(0.5 + np.cumsum([*steps[:5], 0.5, *steps[6:]]))]))


@pytest.mark.parametrize(("side", "field"), [("front", "name"), ("back", "authority")])
def test_what_nothing_else_confirms_must_be_read_more_surely(side, field):
    text = {"name": "上官逢", "authority": "湘潭市公安局雨湖分局"}[field]
    assert field in doubted(side, {field: read(text, 0.93)})
    assert field not in doubted(side, {field: read(text, 0.96)})


def test_digits_are_narrower_and_labels_stand_apart():
    assert not has_hole(line("大塘村12组", [0.5, 1.3, 2.1, 2.7, 3.15, 3.75]))
    assert not has_hole(line("姓名吉克阿木", [0.5, 1.3, 3.0, 3.8, 4.6, 5.4]))
    assert has_hole(line("姓名吉克阿木", [0.5, 1.3, 3.0, 3.8, 5.4, 6.2]))
