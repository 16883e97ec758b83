"""Both documents go through the same checks, each by itself; the face is of who is there (R-03, R-12, R-34)."""

from datetime import date

import pytest
from django.utils import timezone

from registration.models import Application
from registration.selectors import current_captures
from registration.states import CaptureKind, Party, VerificationPath
from tests.factories import documents as made
from tests.factories import policy
from tests.factories import registration as make
from tests.factories.verification import ended_checks
from verification.checks.base import Context
from verification.checks.of_representative import OfRepresentative, checks_of
from verification.checks.representation import RightToAct
from verification.decision_table import judge
from verification.models import Check
from verification.pipeline import OF_BOTH, RUNNERS, checks_for
from verification.services.open_checks import open_checks
from verification.states import CheckKind, CheckStatus, Outcome

pytestmark = pytest.mark.django_db


def kinds(application: Application) -> set[str]:
    return {str(runner.kind) for runner in checks_for(application)}


def context(application: Application, kind: str, before: dict | None = None) -> Context:
    check = Check(application=application, kind=kind, person_id=application.person_id)
    return Context(check=check, application=application, captures=current_captures(application), before=before or {})


def with_readings(application: Application) -> Application:
    """What the photographs of both say; of the representative's front another name than entered."""
    good = {"quality": [], "quality_version": "1", "quality_milliseconds": 1, "turned": 0, "engine": "made", "engine_version": "1"}
    for kind, capture in current_captures(application).items():
        if CaptureKind(kind).place in (CaptureKind.DOCUMENT_FRONT, CaptureKind.DOCUMENT_BACK):
            side = str(CaptureKind(kind).place).removeprefix("document_")
            fields = {name: {"text": "李四", "confidence": 0.99, "review": False} for name in ("name",) if kind == "representative_front"}
            capture.reading = {**good, "side": side, "fields": fields, "threshold": 0.9, "milliseconds": 1}
            capture.read_at = timezone.now()
            capture.save()
    return application


def test_what_judges_a_document_or_identity_runs_for_both():
    """R-03."""
    application = make.handed_in_for_another("guardian")
    found = kinds(application)
    judged = {
        "phone_possession",
        "document_quality",
        "ocr_front",
        "ocr_back",
        "id_number",
        "document_validity",
        "field_consistency",
        "authority_identity",
    }
    assert judged | {f"representative_{kind}" for kind in judged} | {"representation"} <= found
    assert {"line_limit", "duplicate_application", "phone_possession", "face_match", "liveness_passive"} <= found
    assert "authority_phone" not in found
    assert not kinds(make.complete()) & {"representation", *(f"representative_{kind}" for kind in judged)}


def test_each_follows_the_type_of_its_own_document():
    """R-02: a child in the household register with a parent who has an ID card."""
    application = make.with_representative(make.represented("guardian", document_type="household_register"))
    found = kinds(application)
    assert "document_by_eye" in found and "ocr_front" not in found
    assert "representative_ocr_front" in found and "representative_document_by_eye" not in found
    # the portrait is that of the card of who is there
    assert "face_match" in found


def test_face_free_looks_at_no_face():
    """R-33."""
    found = kinds(make.with_representative(make.represented("guardian", path=VerificationPath.FACE_FREE)))
    assert "statement" in found and not found & {"face_match", "liveness_passive", "liveness_active"}


def test_checks_belong_to_the_person_they_judge():
    application = make.handed_in_for_another("guardian")
    open_checks(application_id=application.pk)
    guardian = application.representative.person_id
    for check in Check.objects.filter(application=application):
        assert check.person_id == (guardian if check.kind.startswith("representative_") else application.person_id), check.kind


def test_number_of_the_representative_is_judged_by_itself():
    application = make.handed_in_for_another("guardian")
    representative = application.representative
    representative.id_number = representative.id_number[:-1] + ("1" if representative.id_number[-1] != "1" else "2")
    representative.save()
    theirs = RUNNERS["representative_id_number"].run(context(application, "representative_id_number"))
    own = RUNNERS["id_number"].run(context(application, "id_number"))
    assert (theirs.status, theirs.reason, own.status) == (CheckStatus.FAILED, "NUMBER_INVALID", CheckStatus.PASSED)


def test_fields_of_the_representative_are_compared_with_their_own_document():
    application = with_readings(make.handed_in_for_another("guardian"))
    before = {}
    for kind in ("representative_ocr_front", "ocr_front"):
        result = RUNNERS[kind].run(context(application, kind))
        before[kind] = Check(kind=kind, status=result.status, detail=result.detail, person_id=application.person_id)
    theirs = RUNNERS["representative_field_consistency"].run(context(application, "representative_field_consistency", before))
    own = RUNNERS["field_consistency"].run(context(application, "field_consistency", before))
    assert "name_differs" in theirs.findings
    assert "name_differs" not in own.findings


def test_findings_name_the_representatives_photograph_and_it_alone_is_asked_for_again():
    """P-REG-7."""
    application = with_readings(make.handed_in_for_another("agent"))
    capture = current_captures(application)["representative_back"]
    blur = {"code": "blur", "score": 1.0, "threshold": 5.0, "unit": "", "level": "reject", "found": True}
    capture.reading = {**capture.reading, "quality": [blur]}
    capture.save()
    result = RUNNERS["representative_document_quality"].run(context(application, "representative_document_quality"))
    assert (result.reason, result.findings) == ("PHOTO_UNUSABLE", ["representative_back:blur"])
    check = Check(kind="representative_document_quality", status=result.status, reason=result.reason, findings=result.findings)
    verdict = judge([check], policy=policy_now(), risk_level="low", rounds_left=2)
    assert (verdict.outcome, verdict.items) == (Outcome.RESUBMIT, ["representative_back"])


def test_details_of_the_representative_are_asked_for_again_by_name():
    check = Check(kind="representative_authority_identity", status=CheckStatus.INCONCLUSIVE, reason="INPUT_INVALID_ID", findings=[])
    verdict = judge([check], policy=policy_now(), risk_level="low", rounds_left=2)
    assert verdict.items == ["representative_details"]


def policy_now():
    from realname import policy as values

    return values.current()


def test_portrait_is_of_who_is_there():
    """R-12, R-34: the child's portrait is compared with nobody."""
    application = make.handed_in_for_another("guardian")
    assert context(application, "face_match").portrait().kind == "representative_front"
    alone = make.submitted()
    assert context(alone, "face_match").portrait().kind == "document_front"


def test_no_selfie_goes_to_the_registry_with_the_childs_number(monkeypatch):
    """R-35: not even where policy shows portraits."""
    from verification.checks import authority_identity
    from verification.sources.policy import PORTRAIT

    policy.set_value(key=PORTRAIT.key, value=True)
    monkeypatch.setattr(authority_identity, "reencode", lambda *args, **kwargs: b"a face")
    application = make.handed_in_for_another("guardian")
    child = context(application, "authority_identity")
    assert authority_identity._portrait(child) == b""
    captures = child.captures
    guardian = Context(check=child.check, application=application, captures=captures, before={}, party=Party.REPRESENTATIVE)
    assert authority_identity._portrait(guardian) == b"a face"


def right_to_act(application: Application) -> tuple[str, list[str]]:
    result = RightToAct().run(context(application, "representation"))
    return result.status, result.findings


def test_right_to_act_is_always_a_persons_to_judge():
    """R-03, R-12: whatever else is good."""
    application = make.handed_in_for_another("guardian")
    assert right_to_act(application) == (CheckStatus.INCONCLUSIVE, ["small_child"])
    checks = ended_checks(application, representation=(CheckStatus.INCONCLUSIVE, "REPRESENTATION_TO_JUDGE"))
    verdict = judge(list(checks.values()), policy=policy_now(), risk_level="low", rounds_left=2)
    assert (verdict.outcome, verdict.reasons) == (Outcome.REVIEW, ["REPRESENTATION_TO_JUDGE"])
    assert right_to_act(make.handed_in_for_another("agent")) == (CheckStatus.INCONCLUSIVE, [])


def test_what_is_unlikely_between_parent_and_child_is_said():
    application = make.handed_in_for_another("guardian", birth=date(timezone.localdate().year - 15, 1, 1))
    representative = application.representative
    representative.birth = date(timezone.localdate().year - 20, 1, 1)
    representative.address = "上海市黄浦区示例路2号"
    representative.save()
    assert right_to_act(application)[1] == ["age_gap_unlikely", "addresses_differ"]


def test_agent_for_too_many_people_is_said():
    """R-14."""
    policy.set_value(key="registration.people_per_agent", value=1)
    number = made.new_id_number(birth=date(1980, 1, 1))
    for _ in range(2):
        application = make.with_representative(make.represented("agent"), id_number=number)
        make.submit_application(actor=make.person_actor(application), application_id=application.pk, submission_key="")
    result = RightToAct().run(context(application, "representation"))
    assert (result.findings, result.score) == (["many_people"], 2.0)


def test_every_check_of_both_has_its_kind_and_runner():
    for kind in OF_BOTH:
        theirs = CheckKind(kind).of(Party.REPRESENTATIVE)
        assert (theirs.plain, theirs.party) == (kind, Party.REPRESENTATIVE)
        assert isinstance(RUNNERS[theirs], OfRepresentative)
        assert [CheckKind(each).plain for each in RUNNERS[theirs].after] == list(RUNNERS[kind].after)
    rows = {str(kind): Check(kind=kind) for kind in CheckKind}
    assert set(checks_of(Party.REPRESENTATIVE, rows)) == set(OF_BOTH)
