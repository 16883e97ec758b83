"""What two readings of one line say of each other (P-VER-1)."""

import numpy as np
import pytest

from verification.engines.base import FieldRead, TextLine
from verification.engines.ocr.agreement import alone, both_read, is_broken, names_differ, passed_over

QUAD = np.zeros((4, 2), np.float32)


def read(*lines: tuple[str, str | None], text: str = "", unshared: str = "") -> FieldRead:
    """A field of lines, each as the careful model read it and as the quick one had, or None where once was enough."""
    return FieldRead(text=text or lines[0][0], confidence=0.99, review=False, lines=tuple(_line(*line, unshared) for line in lines))


def _line(careful: str, quick: str | None, unshared: str) -> TextLine:
    before = None if quick is None else TextLine(text=quick, confidence=0.99, quad=QUAD)
    return TextLine(text=careful, confidence=0.99, quad=QUAD, quickly=before, unshared=frozenset(unshared))


@pytest.mark.parametrize(
    ("careful", "quick", "unshared", "differ"),
    [
        ("姓名张三丰", "姓名张三丰", "", False),
        ("姓名张三丰", "娃名张三丰", "", False),  # a label is no part of the name
        ("杨华", "杨笔华", "", True),  # 毟 passed over by the one, misread by the other
        ("张播华", "张指华", "", True),
        ("刘赟娜", "刘贺娜", "赟", False),  # the quick model can't say 赟
        ("刘赟娜", "刘娜", "赟", False),
        ("刘赟娜", "刘贺那", "赟", True),
        ("林志强", "林志強", "", False),
        ("古丽·买买提", "古丽•买买提", "", False),
        ("赛福鼎·依明江", "赛福鼎：依明江", "", False),
        ("姓名萧秀英", "鞋名一萧秀英", "", False),
        ("小明", "李小明", "", True),
    ],
)
def test_two_names_differ_where_both_models_could_have_said_the_same(careful, quick, unshared, differ):
    assert names_differ(read((careful, quick), unshared=unshared)) is differ


@pytest.mark.parametrize(
    ("careful", "quick", "unshared", "passed"),
    [
        ("七家子村组195号", "七家子村6组195号", "", True),
        ("路864号12栋7门1510", "路864号12栋71510", "", True),
        ("16号30栋3门624", "16号30栋37624", "", False),  # the careful model's reading of one and the same place
        ("住址河北省保定市", "佳址河北省保定市", "", False),
        ("河北省保定市", "佳址河北省保定市", "", False),
        ("住址河北省保定市", "址河北省保定市", "", False),
        ("姓名唐飏芳", "姓名唐芳", "飏", False),
        ("1号20栋4门1767", "1号20栋4/门1767", "", False),
        ("14-4-1265", "144-1265", "", True),
    ],
)
def test_a_character_that_one_of_two_passed_over_is_noticed(careful, quick, unshared, passed):
    assert passed_over(read((careful, quick), unshared=unshared)) is passed


def test_any_line_of_a_field_counts():
    assert passed_over(read(("大宁县大营镇", "大宁县大营镇"), ("七家子村组195号", "七家子村6组195号"), ("后院", None)))


def test_what_was_read_once_has_nothing_to_differ_from():
    once = read(("张三丰", None))
    assert not (names_differ(once) or passed_over(once) or both_read(once))


@pytest.mark.parametrize(
    ("line", "broken"),
    [("姓名李〇一", False), ("李○一", False), ("李8一", True), ("姓名：张三", False), ("张，三", True), ("张三,", False)],
)
def test_a_name_with_a_stranger_inside_is_broken(line, broken):
    assert is_broken(read((line, None))) is broken


def test_a_character_that_one_model_knows_stands_alone():
    assert alone(read(("刘赟娜", "刘贺娜"), unshared="赟"))
    assert not alone(read(("刘诗娜", "刘诗娜")))
    assert not alone(read(("古丽・买买提", "古丽·买买提"), text="古丽·买买提", unshared="・"))


def test_a_word_of_a_list_may_be_read_by_both():
    assert both_read(read(("民族赫哲", "民旅赫哲"), text="赫哲"))
    assert not both_read(read(("民族仫佬", "民族么佬"), text="仫佬"))
