"""A person takes a consent back: as easily as it was given, and at once (R-26)."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname.access.actor import Actor
from realname.trail import record
from realname.vault.erase import erase_face_keys
from registration.access import require_own
from registration.errors import AccountRefused
from registration.inbox import CONSENT_WITHDRAWN
from registration.locks import lock_application
from registration.models import Application, Consent
from registration.services.account.notify_person import notify_person
from registration.services.erase_face_captures import erase_capture
from registration.services.parties.choose_representation import present_person_id
from registration.services.withdraw_application import end_by_withdrawal
from registration.states import ApplicationStatus, CaptureKind, ChallengeKind, ConsentPurpose, StatementWay, VerificationPath

OF_THE_FACE = (CaptureKind.SELFIE, CaptureKind.CHALLENGE)


@transaction.atomic
def withdraw_consent(*, actor: Actor, consent_id: UUID) -> Consent:
    """Withdraw one consent. Done twice it is once. A line in use goes on working.

    The face: its pictures are erased at once, whatever was decided by them; an application on its way goes on without (R-33, R-35).
    Terms or identity: an application on its way is taken back; what the law makes us keep, we only keep.
    Raises Consent.DoesNotExist (not theirs), AccountRefused (consent_busy: its application is between two states).
    """
    application = lock_application(Consent.objects.values_list("application_id", flat=True).get(pk=consent_id))
    consent = Consent.objects.get(pk=consent_id)
    if str(consent.person_id) != actor.id:
        raise Consent.DoesNotExist
    if consent.withdrawn_at:
        return consent
    if consent.purpose == ConsentPurpose.FACE:
        withdraw_face(actor=actor, application=application)
        _go_on_without_face(actor, application)
    else:
        Consent.objects.filter(pk=consent_id).update(withdrawn_at=timezone.now())
        _note(actor, application, consent.purpose)
        _stop(actor, application)
    notify_person(person_id=application.person_id, kind=CONSENT_WITHDRAWN)
    consent.refresh_from_db()
    return consent


def withdraw_face(*, actor: Actor, application: Application) -> None:
    """Take back the consent, and with it the face: no selfie and no film of movements is kept or looked at any more (R-26).

    Call with the application locked.
    """
    given = application.consents.filter(purpose=ConsentPurpose.FACE, withdrawn_at__isnull=True)
    if given.update(withdrawn_at=timezone.now()):
        _note(actor, application, ConsentPurpose.FACE)
    application.challenges.live().filter(kind=ChallengeKind.MOVEMENTS).update(superseded_at=timezone.now())
    for capture in application.captures.filter(kind__in=OF_THE_FACE, file__erased_at__isnull=True).select_related("file"):
        erase_capture(actor=actor, application=application, capture=capture, reason="consent_withdrawn")
    present = present_person_id(application)
    others = Consent.objects.filter(given_by_id=present, purpose=ConsentPurpose.FACE, withdrawn_at__isnull=True)
    if not others.exists():
        erase_face_keys(present)


def _go_on_without_face(actor: Actor, application: Application) -> None:
    """The application on its way takes the other path; one with us comes back for the video statement, nothing else."""
    require_own(actor, application)
    if application.path != VerificationPath.FACE or application.status not in ApplicationStatus.open():
        return
    if application.handed_in and not application.can_move(to=ApplicationStatus.NEEDS_RESUBMISSION):
        raise AccountRefused("consent_busy")
    application.path, application.statement_way = VerificationPath.FACE_FREE, StatementWay.VIDEO
    fields = ["path", "statement_way"]
    if application.handed_in:
        application.move(to=ApplicationStatus.NEEDS_RESUBMISSION)
        application.items_to_resubmit, application.decided_at = [str(CaptureKind.STATEMENT)], timezone.now()
        fields += ["status", "items_to_resubmit", "decided_at"]
    elif application.status == ApplicationStatus.NEEDS_RESUBMISSION:
        kept = [item for item in application.items_to_resubmit if item not in OF_THE_FACE]
        application.items_to_resubmit = [*kept, str(CaptureKind.STATEMENT)]
        fields.append("items_to_resubmit")
    application.save(update_fields=fields)
    record(
        "path.chosen",
        actor=actor,
        subject=application,
        person_id=application.person_id,
        reason="consent_withdrawn",
        data={"path": application.path, "statement_way": application.statement_way},
    )


def _stop(actor: Actor, application: Application) -> None:
    if application.can_move(to=ApplicationStatus.WITHDRAWN):
        end_by_withdrawal(actor=actor, application=application, reason="consent_withdrawn")
    elif application.status in ApplicationStatus.open():
        raise AccountRefused("consent_busy")


def _note(actor: Actor, application: Application, purpose: str) -> None:
    record("consent.withdrawn", actor=actor, subject=application, person_id=application.person_id, data={"purpose": purpose})
