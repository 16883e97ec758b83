"""P-VER-1: entered against read, field by field."""

import pytest

from tests.verification.checks.conftest import ended, entered, read
from verification.states import CheckKind, CheckStatus

FRONT = {
    "name": "张三丰",
    "sex": "male",
    "ethnicity": "汉",
    "birth": "1990-03-07",
    "address": "北京市东城区示例路1号",
    "id_number": "11010119900307001X",
}
BACK = {"authority": "北京市公安局东城分局", "valid_from": "2020-01-01", "valid_to": "2040-01-01"}


@pytest.fixture
def judge(run):
    def _judge(front=None, back=None, **entered_fields):
        before = {
            CheckKind.OCR_FRONT: ended(detail={"fields": read(**FRONT) if front is None else front}),
            CheckKind.OCR_BACK: ended(detail={"fields": read(**BACK) if back is None else back}),
        }
        return run(CheckKind.FIELD_CONSISTENCY, application=entered(**entered_fields), before=before)

    return _judge


def test_equal_fields_pass(judge):
    assert judge().status == CheckStatus.PASSED


@pytest.mark.parametrize(
    "fields",
    [{"address": "北京市东城区 示例路１号。"}, {"id_number": "11010119900307001x"}, {"authority": "北京市公安局，东城分局"}],
    ids=["width and punctuation", "lower-case x", "comma"],
)
def test_what_a_reader_takes_for_equal_passes(judge, fields):
    assert judge(**fields).status == CheckStatus.PASSED


@pytest.mark.parametrize(
    ("field", "value"), [("name", "王小明"), ("id_number", "110101199003070028"), ("address", "上海市浦东新区示例路2号")]
)
def test_a_field_that_differs_fails_and_is_named(judge, field, value):
    result = judge(**{field: value})
    assert (result.status, result.reason, result.findings) == (CheckStatus.FAILED, "FIELDS_DIFFER", [f"{field}_differs"])


def test_a_doubtful_reading_that_differs_is_not_held_against_the_person(judge):
    """P-VER-6: our own bad eyes are no mismatch."""
    front = read(**FRONT)
    front["address"] = {"text": "北京市东城区小例路1号", "confidence": 0.4, "review": True}
    result = judge(front)
    assert (result.status, result.reason, result.findings) == (CheckStatus.INCONCLUSIVE, "FIELDS_UNCERTAIN", ["address_doubtful"])


def test_a_name_that_differs_is_told_even_where_it_was_read_with_doubt(judge):
    front = read(**FRONT)
    front["name"] = {"text": "李四", "confidence": 0.4, "review": True}
    assert judge(front).status == CheckStatus.FAILED


@pytest.mark.parametrize("field", ["name", "id_number"])
def test_an_essential_field_that_was_not_read_never_passes(judge, field):
    result = judge({name: value for name, value in read(**FRONT).items() if name != field})
    assert (result.status, result.reason) == (CheckStatus.INCONCLUSIVE, "FIELDS_UNCERTAIN")


def test_what_could_not_be_read_at_all_never_passes(judge):
    assert judge({}, {}).status == CheckStatus.INCONCLUSIVE
