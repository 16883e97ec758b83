"""A dry run shows which decisions would flip, from what is kept, and touches nothing (R-29, P-VER-7)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from realname.policy import Snapshot, rehearsal
from realname.policy.errors import Refused
from realname.policy.models import DryRun
from realname.policy.services import dry_run
from realname.policy.services.edit_draft import edit_draft
from realname.policy.services.propose_draft import propose_draft
from realname.policy.services.publish_draft import publish_draft
from realname.policy.states import DryRunStatus
from realname.policy.tasks import resend_dry_runs
from realname.trail.models import Event
from registration.models import Application
from tests.factories import policy as make
from tests.factories import verification as verified
from tests.factories.policy import DRAFTER, PUBLISHER
from verification.models import Check, Decision
from verification.rehearsal import DecisionRehearsal
from verification.services.decide import decide
from verification.states import Outcome

pytestmark = pytest.mark.django_db

MATCH, REVIEW = "verification.face_match_at", "verification.face_review_at"


def decided(*, bad: dict | None = None, measured: dict[str, dict] | None = None, **kwargs) -> Application:
    """A decided application; `measured` maps a check to what it measured."""
    application = verified.all_checked(bad=bad, **kwargs)
    for kind, facts in (measured or {}).items():
        Check.objects.filter(application=application, kind=kind).update(**facts)
    assert decide(application_id=application.pk)
    return application


def by_face(score: float, *, status: str = "passed", reason: str = "", **facts) -> Application:
    """Decided with this likeness of selfie and card."""
    bad = {"face_match": (status, reason)} if reason else {}
    measured = {"score": score, "threshold": 0.42, "engine": "sface", "engine_version": "1", "measures": {"pixels": 0.4}, **facts}
    return decided(bad=bad, measured={"face_match": measured, "liveness_active": {"measures": {"selfie": 0.8, "card": 0.8}}})


def rehearse(values: dict, *, wanted: int = 200) -> dict:
    """The result of a dry run of these values against the defaults."""
    before, after = Snapshot(0, {}), Snapshot(0, values)
    return DecisionRehearsal().run(before=before, after=after, wanted=wanted, progress=lambda looked_at, total: True)


def test_a_stricter_match_shows_whose_decision_would_flip():
    sure, close = by_face(0.61), by_face(0.44)
    result = rehearse({MATCH: 0.45})
    assert (result["looked_at"], result["judged"], result["flipped"], result["unjudged"]) == (2, 2, 1, {})
    assert result["moves"] == [["approve", "review", 1]]
    [flip] = result["flips"]
    assert flip == {
        "application": str(close.pk),
        "reference": close.reference,
        "old": "approve",
        "new": "review",
        "old_reasons": ["APPROVED"],
        "new_reasons": ["FACE_UNCERTAIN"],
    }
    assert sure.reference not in str(result)


def test_a_score_of_0_40_under_a_match_from_0_42_is_looked_at_and_from_0_40_approved():
    by_face(0.40, status="inconclusive", reason="FACE_UNCERTAIN")
    assert rehearse({MATCH: 0.40})["moves"] == [["review", "approve", 1]]
    assert rehearse({MATCH: 0.41})["moves"] == []


def test_a_milder_row_brings_a_person_in():
    decided(bad={"face_match": ("failed", "FACE_MISMATCH")}, measured={"face_match": {"score": 0.1}})
    assert rehearse({"verification.outcome.face_mismatch": "review"})["moves"] == [["reject", "review", 1]]


@pytest.mark.parametrize(
    ("kind", "facts", "values", "moves"),
    [
        ("liveness_passive", {"score": 0.55}, {"verification.liveness_at": 0.6}, [["approve", "review", 1]]),
        ("face_match", {"score": 0.7, "measures": {"pixels": 0.83}}, {"verification.same_pixels_at": 0.82}, [["approve", "review", 1]]),
        ("liveness_active", {"measures": {"selfie": 0.8, "card": 0.37}}, {REVIEW: 0.38}, [["approve", "review", 1]]),
        ("liveness_active", {"measures": {"selfie": 0.43, "card": 0.7}}, {MATCH: 0.45}, [["approve", "review", 1]]),
        ("line_limit", {"score": 3.0, "threshold": 5.0}, {"registration.line_limit": 3}, [["approve", "reject", 1]]),
        ("line_limit", {"score": 2.0, "threshold": 5.0}, {"registration.line_limit": 3}, []),
    ],
)
def test_thresholds_are_held_to_what_was_measured(kind, facts, values, moves):
    other = {"face_match": {"score": 0.7, "measures": {"pixels": 0.4}}, "liveness_active": {"measures": {"selfie": 0.8, "card": 0.8}}}
    decided(measured=other | {kind: facts})
    assert rehearse(values)["moves"] == moves


def test_rounds_that_are_used_up_end_with_a_reviewer():
    decided(bad={"ocr_back": ("failed", "DOCUMENT_UNREADABLE")})
    assert rehearse({"verification.rounds": 1})["moves"] == [["resubmit", "review", 1]]


def test_risk_is_graded_again_by_what_fired():
    from tests.factories import registration

    decided(phone=registration.new_phone(segment="170"))
    assert rehearse({"risk.virtual_number_segment.points": 50})["moves"] == [["approve", "review", 1]]
    assert rehearse({"risk.virtual_number_segment.points": 40})["moves"] == []
    # the checks of the round are counted anew: what fails by the draft weighs by the draft
    decided(measured={"liveness_passive": {"score": 0.55}})
    assert rehearse({"verification.liveness_at": 0.6})["flips"][0]["new_reasons"] == ["LIVENESS_FAILED", "RISK_HIGH"]


# what can't be judged again is said


def test_what_was_not_measured_is_counted_as_not_judged():
    decided()
    by_face(0.44)
    result = rehearse({MATCH: 0.45})
    assert (result["judged"], result["flipped"], result["unjudged"]) == (1, 1, {"no_score": 1})
    assert rehearse({"verification.rounds": 5})["judged"] == 2


def test_a_count_that_was_not_kept_is_said_where_it_would_matter():
    """A rule that did not fire kept no count: with its threshold lowered nobody knows."""
    decided()
    result = rehearse({"risk.code_guessing.count": 1, "risk.code_guessing.points": 50})
    assert (result["judged"], result["unjudged"]) == (0, {"no_count": 1})
    # fewer points than any level needs: whether it fires changes nothing
    assert rehearse({"risk.code_guessing.count": 1, "risk.code_guessing.points": 10})["judged"] == 1
    # a higher threshold it stays below, too
    assert rehearse({"risk.code_guessing.count": 9, "risk.code_guessing.points": 50})["judged"] == 1
    # another span is another count
    assert rehearse({"risk.repeated_failures.days": 60, "risk.repeated_failures.points": 50})["unjudged"] == {"no_count": 1}


def test_scores_of_another_engine_are_not_held_to_these_thresholds():
    movements = {"liveness_active": {"measures": {"selfie": 0.8, "card": 0.8}, "score": 0.8}}
    face = {"score": 0.44, "measures": {"pixels": 0.4}, "engine": "sface"}
    old = decided(measured=movements | {"face_match": face | {"engine_version": "0"}})
    new = decided(measured=movements | {"face_match": face | {"engine_version": "1"}})
    Check.objects.filter(application=old).update(ended_at=timezone.now() - timedelta(days=9))
    result = rehearse({MATCH: 0.45})
    assert ([flip["reference"] for flip in result["flips"]], result["unjudged"]) == ([new.reference], {"other_engine": 1})


def test_a_refusal_at_activation_is_not_judged():
    application = decided()
    Decision.objects.filter(application=application).update(outcome=Outcome.REJECT, reasons=["LINE_LIMIT"])
    assert rehearse({"verification.rounds": 5})["unjudged"] == {"refused_at_activation": 1}


def test_only_the_last_applications_and_their_last_round_are_judged():
    decided(bad={"face_match": ("failed", "FACE_MISMATCH")}, measured={"face_match": {"score": 0.1}})
    decided()
    assert rehearse({"verification.outcome.face_mismatch": "review"}, wanted=1)["looked_at"] == 1
    assert rehearse({"verification.outcome.face_mismatch": "review"}, wanted=1)["moves"] == []


def test_under_the_version_it_was_decided_by_every_decision_stands():
    """P-VER-7: what is kept explains the decision."""
    for bad in (
        {},
        {"face_match": ("failed", "FACE_MISMATCH")},
        {"authority_identity": ("error", "SOURCE_DOWN")},
        {"ocr_back": ("failed", "DOCUMENT_UNREADABLE")},
        {"liveness_passive": ("failed", "LIVENESS_FAILED")},
    ):
        decided(bad=bad)
    missing = verified.all_checked()
    Check.objects.filter(application=missing, kind="authority_identity").delete()
    decide(application_id=missing.pk)
    result = rehearse({})
    assert (result["judged"], result["decided_otherwise"], result["flipped"], result["unjudged"]) == (6, 0, 0, {})


def test_nothing_personal_is_opened_and_nothing_written():
    by_face(0.44)
    before = (Check.objects.order_by("pk").values_list().count(), Decision.objects.count(), Event.objects.count())
    with CaptureQueriesContext(connection) as queries:
        rehearse({MATCH: 0.45})
    assert all(query["sql"].startswith("SELECT") for query in queries)
    assert not [query for query in queries if '"detail"' in query["sql"] or "person_key" in query["sql"]]
    assert (Check.objects.count(), Decision.objects.count(), Event.objects.count()) == before


# the dry run of a draft


def test_no_publication_without_a_dry_run_of_the_draft_as_it_stands():
    by_face(0.61)
    draft = make.drafted({MATCH: 0.45})
    run = make.rehearsed(draft.pk)
    assert (run.status, run.changes, run.total) == (DryRunStatus.DONE, {MATCH: 0.45}, 1)
    assert run.is_fresh
    draft = edit_draft(actor=DRAFTER, draft_id=draft.pk, revision=draft.revision, values={MATCH: 0.46})
    run.draft.refresh_from_db()
    assert not run.is_fresh
    propose_draft(actor=DRAFTER, draft_id=draft.pk, revision=draft.revision)
    with pytest.raises(Refused, match="dry_run_missing"):
        publish_draft(actor=PUBLISHER, draft_id=draft.pk, revision=draft.revision)
    make.rehearsed(draft.pk)
    assert publish_draft(actor=PUBLISHER, draft_id=draft.pk, revision=draft.revision).number == 1


def test_what_no_decision_hangs_on_needs_no_dry_run():
    draft = make.drafted({"verification.review_hours": 12})
    with pytest.raises(Refused, match="nothing_to_rehearse"):
        dry_run.start_dry_run(actor=DRAFTER, draft_id=draft.pk)
    propose_draft(actor=DRAFTER, draft_id=draft.pk, revision=draft.revision)
    assert publish_draft(actor=PUBLISHER, draft_id=draft.pk, revision=draft.revision).number == 1


def test_one_dry_run_at_a_time_and_it_ends_once():
    draft = make.drafted({MATCH: 0.45})
    run = dry_run.start_dry_run(actor=DRAFTER, draft_id=draft.pk, wanted=10**9)
    assert run.wanted == dry_run.MOST
    with pytest.raises(Refused, match="dry_run_running"):
        dry_run.start_dry_run(actor=PUBLISHER, draft_id=draft.pk)
    assert resend_dry_runs() == 1
    dry_run.run_dry_run(run_id=run.pk)
    ended = DryRun.objects.get(pk=run.pk)
    dry_run.run_dry_run(run_id=run.pk)
    assert DryRun.objects.get(pk=run.pk).ended_at == ended.ended_at
    assert resend_dry_runs() == 0


def test_a_worker_that_dies_is_followed_by_another_and_in_the_end_it_is_said(monkeypatch):
    draft = make.drafted({MATCH: 0.45})
    run = dry_run.start_dry_run(actor=DRAFTER, draft_id=draft.pk)

    def dies(**kwargs):
        raise MemoryError

    with monkeypatch.context() as patch:
        patch.setattr(rehearsal.registered(), "run", dies, raising=False)
        for _ in range(dry_run.MAX_ATTEMPTS):
            with pytest.raises(MemoryError):
                dry_run.run_dry_run(run_id=run.pk)
            # at work, until its lease ends
            dry_run.run_dry_run(run_id=run.pk)
            DryRun.objects.update(claimed_until=timezone.now())
    dry_run.run_dry_run(run_id=run.pk)
    run.refresh_from_db()
    assert run.status == DryRunStatus.FAILED
    # and may be asked for anew
    assert make.rehearsed(draft.pk).status == DryRunStatus.DONE


def test_a_worker_that_was_overtaken_settles_nothing():
    by_face(0.61)
    draft = make.drafted({MATCH: 0.45})
    run = dry_run.start_dry_run(actor=DRAFTER, draft_id=draft.pk)
    taken = {"claim": None}

    class Overtaken(DecisionRehearsal):
        def run(self, **kwargs):
            DryRun.objects.update(**taken)
            return super().run(**kwargs)

    original = rehearsal._registered[:]
    rehearsal._registered[:] = [Overtaken()]
    try:
        dry_run.run_dry_run(run_id=run.pk)
    finally:
        rehearsal._registered[:] = original
    run.refresh_from_db()
    assert (run.status, run.result) == (DryRunStatus.WAITING, {})


def test_the_result_is_said_in_words():
    close = by_face(0.44)
    said = DecisionRehearsal().describe(rehearse({MATCH: 0.45}) | {"unjudged": {"no_score": 1}})
    assert said["flips"][0]["url"] == f"/admin/registration/application/{close.pk}/change/"
    assert (said["flips"][0]["old"], said["flips"][0]["new"]) == (Outcome.APPROVE.label, Outcome.REVIEW.label)
    assert (said["moves"][0]["count"], said["unjudged"][0]["count"]) == (1, 1)
