"""Two people in one application, with real workers and engines: judged by a person, and the face is of who is there (R-03, R-12)."""

import pytest
from django.db import transaction

from demo import faces
from demo.specimens import selfie, to_jpeg
from realname.access.models import Role
from realname.trail.models import Event
from registration.models import Application, Line, Person
from registration.states import ApplicationStatus
from tests.factories.access import staff, staff_actor
from tests.factories.verification import look_at_all, taken
from tests.pipeline.applicants import assert_ended_once, drafted_for_another, submit, wait_for_end
from verification.models import Check
from verification.pipeline import OF_BOTH
from verification.services.approve_application import approve_application
from verification.states import CheckKind

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


def ended(sandbox, representation: str = "guardian", **kwargs) -> Application:
    return wait_for_end(submit(drafted_for_another(sandbox, representation, **kwargs)), seconds=120)


def approved_by_one(application: Application, reason: str = "") -> Application:
    """A reviewer takes it, looks at everything, and approves."""
    reviewer = staff(Role.SENIOR_REVIEWER)
    with transaction.atomic():
        taken(application, reviewer)
        look_at_all(application, reviewer)
    approve_application(actor=staff_actor(reviewer), application_id=application.pk, reviewer=reviewer, reason=reason)
    return Application.objects.get(pk=application.pk)


@pytest.mark.parametrize("representation", ["guardian", "agent"])
def test_reviewer_activates_what_the_machines_found_nothing_against(workers, sandbox_server, representation):
    """R-03, R-12: everything of both passes, the right to act is a person's to judge, and both are recorded."""
    application = ended(sandbox_server, representation)
    standing = {check.kind: (check.status, check.reason) for check in Check.objects.filter(application=application)}
    assert {str(kind) for kind in OF_BOTH if f"representative_{kind}" in standing} == {
        "phone_possession", "id_number", "document_quality", "ocr_front", "ocr_back", "field_consistency", "document_validity",
        "authority_identity",
    }  # fmt: skip
    assert {kind: how for kind, how in standing.items() if how != ("passed", "")} == {
        "representation": ("inconclusive", "REPRESENTATION_TO_JUDGE")
    }
    assert (application.status, application.reason_codes) == (ApplicationStatus.IN_REVIEW, ["REPRESENTATION_TO_JUDGE"])
    assert_ended_once(application)

    application = approved_by_one(application)
    assert application.status == ApplicationStatus.ACTIVATED
    line, acted = Line.objects.get(application=application), Person.objects.get(pk=application.representative.person_id)
    assert (line.person_id, acted.lines.count(), acted.verified_at) == (application.person_id, 0, None)
    told = Event.objects.get(name="line.activated", related_id=str(application.pk))
    assert (told.data["representation"], told.data["representative"]) == (representation, str(acted.pk))


def of_another() -> bytes:
    """A selfie of whom the child's card shows, and the representative's does not."""
    return to_jpeg(faces.selfie("biden"), quality=92)


def off_a_screen() -> bytes:
    """A selfie of the right face, photographed off another phone."""
    return to_jpeg(selfie(faces.selfie("obama2"), condition="recapture", seed=1), quality=92)


@pytest.mark.parametrize(
    ("sent", "kind", "reason"),
    [(of_another, CheckKind.FACE_MATCH, "FACE_MISMATCH"), (off_a_screen, CheckKind.LIVENESS_PASSIVE, "LIVENESS_FAILED")],
)
def test_who_is_not_the_representative_is_approved_by_no_machine_and_no_one_person(sent, kind, reason, workers, sandbox_server):
    """R-03, P-VER-5: the check fails, a reviewer gets it, and one approval activates nothing."""
    application = ended(sandbox_server, selfie=sent())
    check = Check.objects.get(application=application, kind=kind)
    assert (check.status, check.reason) == ("failed", reason)
    assert application.status == ApplicationStatus.IN_REVIEW
    application = approved_by_one(application, reason="COMPARED_BY_EYE")
    assert application.status == ApplicationStatus.IN_REVIEW
    assert not Line.objects.filter(application=application).exists()
