"""R-02: each type of document goes from the first page to its decision, through the services."""

from dataclasses import replace

import pytest

from registration import documents
from registration.documents import types
from registration.models import Application, Capture, Line, Person
from registration.states import ApplicationStatus, CaptureStatus
from tests.factories import documents as made
from tests.factories import registration as make
from tests.factories import verification as review
from tests.factories.access import staff_actor
from verification import approval
from verification.checks.base import passed
from verification.models import Check, Decision, Review
from verification.pipeline import RUNNERS, checks_for
from verification.services.approve_application import approve_application
from verification.services.decide import decide
from verification.services.open_checks import open_checks
from verification.services.run_check import run_check
from verification.states import CheckKind, CheckStatus, Outcome

pytestmark = pytest.mark.django_db
CODES = [one.code for one in types()]
# models look at real pictures elsewhere; here they have seen a live person whose face is the portrait's
# outside sources know everybody here
ASKED = (CheckKind.AUTHORITY_IDENTITY, CheckKind.AUTHORITY_PHONE, CheckKind.LINE_COUNT)
FACES = (CheckKind.LIVENESS_PASSIVE, CheckKind.FACE_MATCH, CheckKind.LIVENESS_ACTIVE)


@pytest.fixture(autouse=True)
def _elsewhere(monkeypatch):
    for kind in (*FACES, *ASKED):
        monkeypatch.setattr(RUNNERS[kind], "run", lambda context: passed())
    # the visit to a shop took place (tests/registration/shop)
    monkeypatch.setattr(approval, "needs_witness", lambda application: False)


def handed_in(**kwargs) -> Application:
    """An application whose photographs were looked at, and read as they were entered."""
    application = make.submitted(phone=make.new_phone(), **kwargs)
    for kind, reading in made.readings(application).items():
        capture = Capture.objects.current().get(application=application, kind=kind)
        capture.reading, capture.read_at, capture.status = reading, capture.created_at, CaptureStatus.GOOD
        capture.save(update_fields=["reading", "read_at", "status"])
    return application


def decided(application: Application) -> Decision:
    """Every check is run, and the round decided."""
    open_checks(application_id=application.pk)
    for _ in range(4):
        for check in Check.objects.open().filter(application=application):
            run_check(check_id=check.pk)
    assert not Check.objects.open().filter(application=application).exists()
    return decide(application_id=application.pk)


def checks_of(application: Application) -> dict[str, Check]:
    return {check.kind: check for check in Check.objects.filter(application=application)}


@pytest.mark.parametrize("code", CODES)
def test_only_what_machines_judge_wholly_is_approved_by_them(code):
    """Never a silent pass: everything else is put before a reviewer, with a reason that says why. And never a rejection."""
    application = handed_in(document_type=code)
    decision = decided(application)
    application.refresh_from_db()
    if code == "resident_id_card":
        assert (decision.outcome, application.status) == (Outcome.APPROVE, ApplicationStatus.ACTIVATED)
        return
    assert (decision.outcome, application.status) == (Outcome.REVIEW, ApplicationStatus.IN_REVIEW)
    assert "DOCUMENT_TO_JUDGE" in decision.reasons
    checks = checks_of(application)
    assert checks[CheckKind.DOCUMENT_BY_EYE].findings == list(application.document.by_eye)
    assert not [check.kind for check in checks.values() if check.status in {CheckStatus.FAILED, CheckStatus.ERROR}]


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("path", ["face", "face_free"])
def test_a_reviewer_approves_it_and_the_record_names_the_document(code, path):
    """R-04: type, name, number, address as on the document; R-33: without a face as with one."""
    application = handed_in(document_type=code, path=path)
    decided(application)
    application.refresh_from_db()
    if application.status == ApplicationStatus.IN_REVIEW:
        reviewer = review.taken_and_seen(application)
        approve_application(actor=staff_actor(reviewer), application_id=application.pk, reviewer=reviewer)
    line = Line.objects.get(application=application)
    person: Person = line.person
    assert (person.document_type, person.id_number, person.name) == (code, application.id_number, application.name)
    assert (person.issuing_state, person.nationality, person.other_name, person.address) == (
        application.issuing_state, application.nationality, application.other_name, application.address,
    )  # fmt: skip
    assert Review.objects.open().filter(application=application).count() == 0


EXPECTED = {
    "resident_id_card": {"ocr_front", "ocr_back", "field_consistency", *ASKED, "face_match", "document_validity"},
    "temporary_id_card": {*ASKED, "face_match", "document_validity", "document_by_eye"},
    "household_register": {*ASKED, "document_by_eye"},
    "residence_permit": {"ocr_front", "ocr_back", "field_consistency", "face_match", "document_validity", "document_by_eye"},
    "hk_macao_travel_permit": {"mrz", "field_consistency", "face_match", "document_validity", "document_by_eye"},
    "taiwan_travel_permit": {"mrz", "field_consistency", "face_match", "document_validity", "document_by_eye"},
    "permanent_residence_card": {"face_match", "document_validity", "document_by_eye"},
    "foreign_passport": {"mrz", "field_consistency", "face_match", "document_validity", "document_by_eye"},
    "military_id": {"face_match", "document_validity", "document_by_eye"},
    "armed_police_id": {"face_match", "document_validity", "document_by_eye"},
}
ALWAYS = {"phone_possession", "id_number", "line_limit", "duplicate_application", "document_quality"}


@pytest.mark.parametrize("code", CODES)
def test_the_checks_follow_from_the_type(code):
    """The registry is asked only about numbers it knows; a face is compared only where there is a portrait."""
    with_face = {str(runner.kind) for runner in checks_for(Application(document_type=code, path="face"))}
    assert with_face == ALWAYS | EXPECTED[code] | {"liveness_passive", "liveness_active"}
    face_free = {str(runner.kind) for runner in checks_for(Application(document_type=code, path="face_free"))}
    assert face_free == ALWAYS | EXPECTED[code] - {"face_match"} | {"statement"}


def test_one_person_with_two_documents_of_one_number_is_one_record():
    """P-REG-5."""
    number = made.new_id_number()
    first = handed_in(document_type="resident_id_card", id_number=number)
    decided(first)
    second = handed_in(document_type="household_register", id_number=number)
    decided(second)
    reviewer = review.taken_and_seen(second)
    approve_application(actor=staff_actor(reviewer), application_id=second.pk, reviewer=reviewer)
    assert Line.objects.get(application=first).person_id == Line.objects.get(application=second).person_id


def test_a_new_type_is_one_registration(monkeypatch):
    """What its file would say is all there is to say: form, photographs, checks and decision follow."""
    like = documents.document_type("military_id")
    fresh = replace(like, code="seafarer_book", order=999, label="Seafarer's book")
    monkeypatch.setattr(documents, "_types", {**documents._types, fresh.code: fresh})
    application = make.started(document_type="seafarer_book")
    assert application.document is fresh
    assert types()[-1].code == "seafarer_book"
    assert {runner.kind for runner in checks_for(application)} >= {CheckKind.DOCUMENT_BY_EYE, CheckKind.FACE_MATCH}
