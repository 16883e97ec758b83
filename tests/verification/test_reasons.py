"""P-VER-5: every reason says two things, one to the person and one to staff."""

import ast
from pathlib import Path

import pytest

from realname.paths import REPO
from verification.reasons import REASONS, REJECTION_CODES, for_person, for_staff

CHECKS = sorted((REPO / "verification" / "checks").glob("*.py"))
THRESHOLDS = REPO / "verification" / "thresholds.py"


def _given_by(path: Path) -> set[str]:
    """The reason codes a check's source hands to failed() or inconclusive()."""
    calls = [node for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Call)]
    named = [call for call in calls if isinstance(call.func, ast.Name) and call.func.id in {"failed", "inconclusive"}]
    first = [part for call in named if call.args for part in ast.walk(call.args[0])]
    return {part.value for part in first if isinstance(part, ast.Constant) and isinstance(part.value, str) and part.value.isupper()}


def _judged_by(path: Path) -> set[str]:
    """The reason codes a threshold's judgement returns."""
    constants = [node.value for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Constant)]
    return {value for value in constants if isinstance(value, str) and value and value.isupper()}


def test_every_reason_a_check_can_give_has_its_texts():
    given = set().union(_judged_by(THRESHOLDS), *map(_given_by, CHECKS))
    assert {"NUMBER_INVALID", "FACE_MISMATCH", "PHOTO_RECAPTURED", "SHOP_VISIT"} <= given
    assert given <= set(REASONS)


@pytest.mark.parametrize("code", sorted(REASONS))
def test_a_reason_has_two_different_texts(code):
    reason = REASONS[code]
    person, staff = str(reason.person), str(reason.staff)
    assert person
    assert staff
    assert person != staff
    assert for_person([code, "UNKNOWN"]) == [reason.person]
    assert for_staff([code]) == [reason.staff]


def test_reviewers_refuse_only_for_known_reasons():
    assert set(REJECTION_CODES) <= set(REASONS)
