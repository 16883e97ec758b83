"""A person agrees to purposes, each by itself; or changes the way of verification."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname.access.actor import Actor
from realname.trail import record
from registration.access import require_own
from registration.errors import ApplicationClosed, ApplicationIncomplete
from registration.locks import lock_application
from registration.models import Application, Consent
from registration.notices import NOTICES
from registration.services.erase_face_captures import erase_capture
from registration.states import CaptureKind, ChallengeKind, ConsentPurpose, StatementWay, VerificationPath

OF_THE_FACE = (CaptureKind.SELFIE, CaptureKind.CHALLENGE)


@transaction.atomic
def give_consents(*, actor: Actor, application: Application, purposes: set[ConsentPurpose], language: str) -> None:
    """Record each consent not given yet in its current version. Raises ApplicationIncomplete where a needed one is missing."""
    if missing := _needed(application.path) - purposes:
        raise ApplicationIncomplete(["consent"], "face_consent_missing" if missing == {ConsentPurpose.FACE} else "consent_missing")
    for purpose in sorted(purposes & _needed(application.path)):
        notice = NOTICES[purpose]
        digest = notice.digest(language)
        current = application.consents.filter(purpose=purpose, withdrawn_at__isnull=True).first()
        if current and current.version == notice.version:
            continue
        if current:
            current.withdrawn_at = timezone.now()
            current.save(update_fields=["withdrawn_at"])
        Consent.objects.create(
            person_id=application.person_id,
            application=application,
            purpose=purpose,
            version=notice.version,
            notice_digest=digest,
            language=language,
        )
        record(
            "consent.given",
            actor=actor,
            subject=application,
            person_id=application.person_id,
            data={"purpose": purpose, "version": notice.version, "digest": digest, "language": language},
        )


@transaction.atomic
def choose_path(
    *,
    actor: Actor,
    application_id: UUID,
    path: VerificationPath,
    purposes: set[ConsentPurpose],
    language: str,
    statement_way: StatementWay | str = "",
) -> Application:
    """Change the way of verification of an unfinished application; leaving the face way withdraws that consent (R-33, R-26)."""
    application = lock_application(application_id)
    require_own(actor, application)
    if not application.editable:
        raise ApplicationClosed
    _take_path(actor, application, path, statement_way if path == VerificationPath.FACE_FREE else "")
    if path == VerificationPath.FACE_FREE:
        _withdraw_face(actor, application)
    give_consents(actor=actor, application=application, purposes=purposes, language=language)
    return application


@transaction.atomic
def leave_face_way(*, actor: Actor, application_id: UUID) -> Application:
    """Go on with a video statement instead of the face; asks for no reason (R-33, R-34). What was agreed to covers it already.

    Raises ApplicationClosed, Application.DoesNotExist (not theirs).
    """
    application = lock_application(application_id)
    require_own(actor, application)
    if not application.editable:
        raise ApplicationClosed
    if not application.face_free:
        _take_path(actor, application, VerificationPath.FACE_FREE, StatementWay.VIDEO)
        _withdraw_face(actor, application)
    return application


def _take_path(actor: Actor, application: Application, path: str, statement_way: str) -> None:
    if (application.path, application.statement_way) == (path, statement_way):
        return
    application.path, application.statement_way = path, statement_way
    application.save(update_fields=["path", "statement_way"])
    record(
        "path.chosen",
        actor=actor,
        subject=application,
        person_id=application.person_id,
        data={"path": path, "statement_way": statement_way},
    )


def _withdraw_face(actor: Actor, application: Application) -> None:
    """Take back the consent, and with it the face: no selfie and no film of movements is kept or looked at any more (R-26)."""
    given = application.consents.filter(purpose=ConsentPurpose.FACE, withdrawn_at__isnull=True)
    if given.update(withdrawn_at=timezone.now()):
        record(
            "consent.withdrawn",
            actor=actor,
            subject=application,
            person_id=application.person_id,
            data={"purpose": ConsentPurpose.FACE},
        )
    application.challenges.live().filter(kind=ChallengeKind.MOVEMENTS).update(superseded_at=timezone.now())
    for capture in application.captures.filter(kind__in=OF_THE_FACE, file__erased_at__isnull=True).select_related("file"):
        erase_capture(actor=actor, application=application, capture=capture, reason="consent_withdrawn")


def _needed(path: str) -> set[ConsentPurpose]:
    always = {ConsentPurpose.TERMS, ConsentPurpose.IDENTITY}
    return always | {ConsentPurpose.FACE} if path == VerificationPath.FACE else always
