"""The decision table: no pass without every check, no refusal for what is not the person's doing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realname.policy import Snapshot
from realname.policy.errors import InvalidValue
from registration.states import CaptureKind
from risk.states import RiskLevel
from verification.decision_table import GRAVITY, ITEMS, OUTCOMES, PARAMETERS, judge
from verification.models import Check
from verification.reasons import REASONS
from verification.states import CheckKind, CheckStatus, Outcome

S = CheckStatus
DEFAULTS = Snapshot(0, {})
REASONS_OF_CHECKS = sorted({*OUTCOMES, *REASONS} - {"APPROVED"})
statuses = st.sampled_from([S.PASSED, S.FAILED, S.INCONCLUSIVE, S.ERROR])
rounds = st.lists(
    st.builds(
        lambda kind, status, reason: check(kind, status, "" if status == S.PASSED else reason),
        st.sampled_from(list(CheckKind)),
        statuses,
        st.sampled_from(REASONS_OF_CHECKS),
    ),
    max_size=len(CheckKind),
    unique_by=lambda each: each.kind,
)
levels = st.sampled_from(list(RiskLevel))


def check(kind, status, reason="", *findings) -> Check:
    """A check that has ended, in memory."""
    return Check(kind=kind, status=status, reason=reason, findings=list(findings))


def verdict(*checks, level=RiskLevel.LOW, left=2, **kwargs):
    return judge(checks, **({"policy": DEFAULTS, "risk_level": level, "rounds_left": left} | kwargs))


@given(rounds, levels, st.integers(-1, 3))
def test_approves_only_what_is_wholly_checked_and_no_high_risk(checks, level, left):
    """P-VER-1, P-VER-3: never an approval unless every check passed and the risk is low or medium."""
    if verdict(*checks, level=level, left=left).outcome == Outcome.APPROVE:
        assert checks
        assert all(each.status == S.PASSED for each in checks)
        assert level in {RiskLevel.LOW, RiskLevel.MEDIUM}


@given(rounds, levels, st.integers(-1, 3))
def test_never_refuses_for_what_is_doubtful_or_was_not_checked(checks, level, left):
    """P-VER-6: a refusal needs a check that looked and found something bad that law or arithmetic forbids."""
    if verdict(*checks, level=level, left=left).outcome == Outcome.REJECT:
        grounds = [each for each in checks if each.status == S.FAILED and OUTCOMES.get(each.reason) == Outcome.REJECT]
        assert grounds


@given(rounds, levels, st.integers(-1, 3))
def test_names_items_for_a_resubmission_and_only_then(checks, level, left):
    """P-REG-7: asked again for something named, never for anything at all; and not for ever."""
    said = verdict(*checks, level=level, left=left)
    assert bool(said.items) == (said.outcome == Outcome.RESUBMIT)
    assert set(said.items) <= {*CaptureKind.values, "details", "representative_details"}
    assert said.outcome != Outcome.RESUBMIT or left > 0


@given(rounds, levels, st.integers(-1, 3))
def test_every_verdict_has_reasons_with_texts(checks, level, left):
    said = verdict(*checks, level=level, left=left)
    assert said.reasons
    assert set(said.reasons) <= set(REASONS)
    assert len(said.reasons) == len(set(said.reasons))


@pytest.mark.parametrize(
    "reason", ["CHALLENGE_NOT_DONE", "CHALLENGE_REPLAYED", "CHALLENGE_SPLICED", "CHALLENGE_SWAPPED", "CHALLENGE_OTHER_FACE"]
)
def test_movements_that_failed_veto_the_match(reason):
    """For and against: a reviewer looks (issue 3)."""
    dead = check(CheckKind.LIVENESS_ACTIVE, S.FAILED, reason)
    for match in (check(CheckKind.FACE_MATCH, S.PASSED), check(CheckKind.FACE_MATCH, S.FAILED, "FACE_MISMATCH")):
        said = verdict(dead, match)
        assert (said.outcome, said.reasons) == (Outcome.REVIEW, [reason])


def test_movements_that_were_not_checked_are_no_pass_and_no_failure():
    said = verdict(check(CheckKind.LIVENESS_ACTIVE, S.ERROR, "NOT_CHECKED"), check(CheckKind.FACE_MATCH, S.PASSED))
    assert (said.outcome, said.reasons) == (Outcome.REVIEW, ["NOT_CHECKED"])


@given(rounds, levels)
def test_a_failed_liveness_is_never_a_pass_nor_a_mismatch(checks, level):
    """Liveness vetoes the match: what the picture of a picture matches means nothing, for or against."""
    others = [each for each in checks if each.kind not in {CheckKind.LIVENESS_PASSIVE, CheckKind.FACE_MATCH}]
    dead = check(CheckKind.LIVENESS_PASSIVE, S.FAILED, "LIVENESS_FAILED")
    matched = verdict(*others, dead, check(CheckKind.FACE_MATCH, S.PASSED), level=level)
    different = verdict(*others, dead, check(CheckKind.FACE_MATCH, S.FAILED, "FACE_MISMATCH"), level=level)
    assert matched.outcome != Outcome.APPROVE
    assert different.outcome == matched.outcome
    assert "LIVENESS_FAILED" in different.reasons


@given(rounds, levels, st.sampled_from(list(CheckKind)))
def test_one_more_bad_check_never_makes_it_milder(checks, level, kind):
    more = [*(each for each in checks if each.kind != kind), check(kind, S.ERROR, "NOT_CHECKED")]
    fewer = [*(each for each in checks if each.kind != kind), check(kind, S.PASSED)]
    gravity = [GRAVITY.index(verdict(*each, level=level).outcome) for each in (more, fewer)]
    assert gravity[0] <= gravity[1]


@pytest.mark.parametrize(
    ("kind", "status", "reason", "outcome"),
    [
        (CheckKind.ID_NUMBER, S.FAILED, "NUMBER_INVALID", Outcome.REJECT),
        (CheckKind.DOCUMENT_VALIDITY, S.FAILED, "DOCUMENT_EXPIRED", Outcome.REJECT),
        (CheckKind.DOCUMENT_VALIDITY, S.INCONCLUSIVE, "DOCUMENT_NOT_YET_VALID", Outcome.REVIEW),
        (CheckKind.FACE_MATCH, S.FAILED, "FACE_MISMATCH", Outcome.REJECT),
        (CheckKind.FACE_MATCH, S.INCONCLUSIVE, "FACE_UNCERTAIN", Outcome.REVIEW),
        (CheckKind.FACE_MATCH, S.INCONCLUSIVE, "FACE_NOT_FOUND", Outcome.RESUBMIT),
        (CheckKind.FACE_MATCH, S.INCONCLUSIVE, "SEVERAL_FACES", Outcome.RESUBMIT),
        (CheckKind.FACE_MATCH, S.INCONCLUSIVE, "PRINTED_FACE", Outcome.RESUBMIT),
        (CheckKind.LIVENESS_PASSIVE, S.FAILED, "LIVENESS_FAILED", Outcome.REVIEW),
        (CheckKind.LIVENESS_ACTIVE, S.INCONCLUSIVE, "CHALLENGE_CARD_DIFFERS", Outcome.REVIEW),
        (CheckKind.LIVENESS_ACTIVE, S.INCONCLUSIVE, "CHALLENGE_NOT_COMPARED", Outcome.REVIEW),
        (CheckKind.LIVENESS_ACTIVE, S.INCONCLUSIVE, "CHALLENGE_MISSING", Outcome.REVIEW),
        (CheckKind.LIVENESS_ACTIVE, S.FAILED, "CHALLENGE_UNREADABLE", Outcome.RESUBMIT),
        (CheckKind.LINE_LIMIT, S.FAILED, "LINE_LIMIT", Outcome.REJECT),
        (CheckKind.DUPLICATE_APPLICATION, S.FAILED, "ALREADY_REGISTERED", Outcome.REJECT),
        (CheckKind.DOCUMENT_QUALITY, S.FAILED, "PHOTO_UNUSABLE", Outcome.RESUBMIT),
        (CheckKind.DOCUMENT_QUALITY, S.FAILED, "PHOTO_RECAPTURED", Outcome.REVIEW),
        (CheckKind.OCR_FRONT, S.FAILED, "DOCUMENT_UNREADABLE", Outcome.RESUBMIT),
        (CheckKind.OCR_BACK, S.INCONCLUSIVE, "DOCUMENT_UNREADABLE", Outcome.RESUBMIT),
        (CheckKind.FIELD_CONSISTENCY, S.FAILED, "FIELDS_DIFFER", Outcome.REVIEW),
        (CheckKind.FIELD_CONSISTENCY, S.INCONCLUSIVE, "FIELDS_UNCERTAIN", Outcome.REVIEW),
        (CheckKind.PHONE_POSSESSION, S.FAILED, "PHONE_UNPROVEN", Outcome.REVIEW),
        (CheckKind.AUTHORITY_IDENTITY, S.FAILED, "AUTHORITY_MISMATCH", Outcome.REVIEW),
        (CheckKind.AUTHORITY_IDENTITY, S.FAILED, "AUTHORITY_NO_RECORD", Outcome.REVIEW),
        (CheckKind.AUTHORITY_IDENTITY, S.ERROR, "SOURCE_DOWN", Outcome.REVIEW),
        (CheckKind.LINE_COUNT, S.INCONCLUSIVE, "LINES_ELSEWHERE", Outcome.REVIEW),
        (CheckKind.AUTHORITY_IDENTITY, S.INCONCLUSIVE, "PORTRAIT_DIFFERS", Outcome.REVIEW),
        (CheckKind.STATEMENT, S.INCONCLUSIVE, "STATEMENT_TO_JUDGE", Outcome.REVIEW),
        (CheckKind.STATEMENT, S.INCONCLUSIVE, "SHOP_VISIT", Outcome.REVIEW),
        (CheckKind.ID_NUMBER, S.ERROR, "NOT_CHECKED", Outcome.REVIEW),
    ],
)
def test_each_reason_by_itself(kind, status, reason, outcome):
    said = verdict(check(kind, status, reason))
    assert (said.outcome, said.reasons) == (outcome, [reason])


def test_the_gravest_call_wins_and_is_named_first():
    said = verdict(
        check(CheckKind.FIELD_CONSISTENCY, S.FAILED, "FIELDS_DIFFER"),
        check(CheckKind.DOCUMENT_QUALITY, S.FAILED, "PHOTO_UNUSABLE"),
        check(CheckKind.DOCUMENT_VALIDITY, S.FAILED, "DOCUMENT_EXPIRED"),
    )
    assert said.outcome == Outcome.REJECT
    assert said.reasons == ["DOCUMENT_EXPIRED", "PHOTO_UNUSABLE", "FIELDS_DIFFER"]


def test_asks_only_for_the_side_that_was_found_bad():
    said = verdict(check(CheckKind.DOCUMENT_QUALITY, S.FAILED, "PHOTO_UNUSABLE", "document_back:blur"))
    assert said.items == [CaptureKind.DOCUMENT_BACK]


def test_after_the_last_round_a_reviewer_looks_instead():
    """P-VER-6: nobody is asked again for ever."""
    said = verdict(check(CheckKind.OCR_FRONT, S.FAILED, "DOCUMENT_UNREADABLE"), left=0)
    assert (said.outcome, said.reasons, said.items) == (Outcome.REVIEW, ["DOCUMENT_UNREADABLE"], [])


@pytest.mark.parametrize(("level", "outcome"), [("low", "approve"), ("medium", "approve"), ("high", "review"), ("critical", "review")])
def test_risk_by_itself_asks_for_a_person_and_never_refuses(level, outcome):
    """R-29, P-VER-3."""
    assert verdict(check(CheckKind.ID_NUMBER, S.PASSED), level=level).outcome == outcome


def test_a_check_without_a_row_is_not_checked():
    said = verdict(check(CheckKind.ID_NUMBER, S.PASSED), needed={CheckKind.ID_NUMBER, CheckKind.FACE_MATCH})
    assert (said.outcome, said.reasons) == (Outcome.REVIEW, ["NOT_CHECKED"])
    assert verdict().outcome == Outcome.REVIEW


def test_every_reason_of_the_table_and_every_item_is_known():
    assert set(OUTCOMES) <= set(REASONS)
    assert set(ITEMS) <= set(CheckKind)


# what compliance may choose


@given(rounds, levels, st.integers(-1, 3), st.data())
def test_no_choice_of_compliance_approves_what_failed_or_refuses_without_grounds(checks, level, left, data):
    """R-29, P-VER-6: whatever is published, by two people or not."""
    values = {each.key: data.draw(st.sampled_from(each.choices)) for each in PARAMETERS.values()}
    said = verdict(*checks, level=level, left=left, policy=Snapshot(7, values))
    if said.outcome == Outcome.APPROVE:
        assert checks
        assert all(each.status == S.PASSED for each in checks)
    if said.outcome == Outcome.REJECT:
        assert any(each.status == S.FAILED and OUTCOMES.get(each.reason) == Outcome.REJECT for each in checks)


def test_every_row_that_asks_or_refuses_may_bring_a_person_in_instead_and_nothing_else():
    assert {reason for reason, outcome in OUTCOMES.items() if outcome != Outcome.REVIEW} == set(PARAMETERS)
    for reason, parameter in PARAMETERS.items():
        assert set(parameter.choices) == {str(OUTCOMES[reason]), "review"}
        for refused in {"approve", "reject", "resubmit"} - set(parameter.choices):
            with pytest.raises(InvalidValue):
                parameter.clean(refused)


def test_a_row_is_read_from_the_version_that_judges():
    mismatch = check(CheckKind.FACE_MATCH, S.FAILED, "FACE_MISMATCH")
    milder = Snapshot(3, {"verification.outcome.face_mismatch": "review"})
    assert verdict(mismatch).outcome == Outcome.REJECT
    assert verdict(mismatch, policy=milder).outcome == Outcome.REVIEW
