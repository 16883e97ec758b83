"""P-VER-6: every failure is classed, and what is not the person's never counts against them."""

import re

import pytest

from realname.outside import SourceAnswerInvalid, SourceRefused, SourceUnavailable
from verification.sources import FailureClass, Outcome, failure_class, failure_class_of

# REQUIREMENTS, "Failure taxonomy of identity checks"
TAXONOMY = """MATCH MISMATCH_NAME MISMATCH_ID MISMATCH_BOTH MISMATCH_UNSPECIFIED NO_RECORD TOO_NEW UNSUPPORTED_SEGMENT
PORTED_RETRY_OTHER NUMBER_INACTIVE NUMBER_RECYCLED INPUT_INVALID_PHONE INPUT_INVALID_ID INPUT_INVALID_NAME SOURCE_BUSY SOURCE_DOWN
SOURCE_CONFLICT QUOTA_PARTNER QUOTA_SUBJECT CONSENT_MISSING SUBJECT_LOCKED PENDING_REVIEW"""


def test_the_taxonomy_is_whole():
    assert {outcome.value for outcome in Outcome} == set(TAXONOMY.split())


def test_every_outcome_but_a_match_has_a_class():
    assert failure_class(Outcome.MATCH) is None
    assert all(isinstance(failure_class(outcome), FailureClass) for outcome in Outcome if outcome != Outcome.MATCH)


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("MISMATCH_.*|NO_RECORD", FailureClass.MISMATCH),
        ("INPUT_INVALID_.*", FailureClass.USER_FIXABLE),
        ("SOURCE_.*|TOO_NEW", FailureClass.SOURCE),
        ("QUOTA_.*|CONSENT_MISSING", FailureClass.OUR_FAULT),
    ],
)
def test_classes(pattern, expected):
    found = [outcome for outcome in Outcome if re.fullmatch(pattern, outcome.value)]

    assert found
    assert {failure_class(outcome) for outcome in found} == {expected}


@pytest.mark.parametrize(
    ("error", "expected"),
    [
        (SourceUnavailable("s", "timeout"), FailureClass.NETWORK),
        (SourceUnavailable("s", "network"), FailureClass.NETWORK),
        (SourceUnavailable("s", "status_5xx"), FailureClass.SOURCE),
        (SourceUnavailable("s", "breaker_open"), FailureClass.SOURCE),
        (SourceAnswerInvalid("s", "signature"), FailureClass.SOURCE),
        (SourceRefused("s", "status_401"), FailureClass.OUR_FAULT),
    ],
    ids=str,
)
def test_an_error_of_asking_is_never_the_persons(error, expected):
    assert failure_class_of(error) == expected
