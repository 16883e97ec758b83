"""Is the document in force?"""

from datetime import date, timedelta

import pytest
from dateutil.relativedelta import relativedelta
from django.utils import timezone

from tests.verification.checks.conftest import ended, entered, read
from verification.states import CheckKind, CheckStatus

TODAY = timezone.localdate()


@pytest.fixture
def judge(run):
    def _judge(fields: dict, **entered_fields):
        return run(
            CheckKind.DOCUMENT_VALIDITY,
            application=entered(**entered_fields),
            before={CheckKind.OCR_BACK: ended(detail={"fields": fields})},
        )

    return _judge


@pytest.mark.parametrize("valid_to", [TODAY, TODAY + timedelta(days=1)])
def test_in_force_until_its_last_day(judge, valid_to):
    begin = valid_to - relativedelta(years=20)
    result = judge(read(valid_from=begin.isoformat(), valid_to=valid_to.isoformat()), birth=begin - relativedelta(years=30))
    assert result.status == CheckStatus.PASSED


def test_expired_from_the_day_after(judge):
    result = judge(read(valid_from="2010-01-01", valid_to=(TODAY - timedelta(days=1)).isoformat()), valid_to=date(2099, 1, 1))
    assert (result.status, result.reason) == (CheckStatus.FAILED, "DOCUMENT_EXPIRED")


def test_long_term_never_expires(judge):
    result = judge(read(valid_from="2010-01-01", valid_to="long_term"), valid_to=date(2011, 1, 1), birth=date(1960, 1, 1))
    assert result.status == CheckStatus.PASSED


@pytest.mark.parametrize("valid_to", ["long_term", "2025-01-01", "2040-01-01"])
def test_a_span_of_time_that_is_not_issued_is_a_persons_to_judge(judge, valid_to):
    """Resident Identity Card Law, art. 5: at 29 a card is valid for twenty years."""
    result = judge(read(valid_from="2019-05-01", valid_to=valid_to), birth=date(1990, 3, 7))
    expected = "DOCUMENT_EXPIRED" if valid_to == "2025-01-01" else "VALIDITY_UNUSUAL"
    assert result.reason == expected


@pytest.mark.parametrize(
    "valid_from", [(TODAY + timedelta(days=1)).isoformat(), "2041-01-01", "1980-01-01"], ids=["future", "after its end", "before birth"]
)
def test_dates_that_contradict_are_a_persons_to_judge(judge, valid_from):
    result = judge(read(valid_from=valid_from, valid_to="2040-01-01"))
    assert (result.status, result.reason) == (CheckStatus.INCONCLUSIVE, "DOCUMENT_NOT_YET_VALID")


def test_an_end_that_could_not_be_read_never_passes_by_what_was_entered(judge):
    """P-VER-1: the person's word alone is no evidence."""
    result = judge({}, valid_to=date(2099, 1, 1))
    assert (result.status, result.reason) == (CheckStatus.INCONCLUSIVE, "FIELDS_UNCERTAIN")
    assert judge({}, valid_to=TODAY - timedelta(days=1)).reason == "DOCUMENT_EXPIRED"


@pytest.mark.parametrize("valid_to", ["2011-01-01", "2040-01-01", "long_term"])
def test_an_end_read_with_doubt_neither_refuses_nor_passes(judge, valid_to):
    """P-VER-6: a misread year is no expired card, even where the form was filled in from it."""
    fields = read(valid_from="2010-01-01", valid_to=valid_to)
    fields["valid_to"] |= {"confidence": 0.41, "review": True}
    result = judge(fields, valid_to=date(2011, 1, 1))
    assert (result.status, result.reason) == (CheckStatus.INCONCLUSIVE, "FIELDS_UNCERTAIN")
    assert result.findings == ["valid_to_doubtful"]
