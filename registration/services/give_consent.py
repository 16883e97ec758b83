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
from registration.services.parties.choose_representation import choose_representation, present_person_id
from registration.services.withdraw_consent import withdraw_face
from registration.states import ConsentPurpose, Representation, StatementWay, VerificationPath

# what to say where only this one is missing
_MISSING = {ConsentPurpose.FACE: "face_consent_missing", ConsentPurpose.REPRESENTED: "represented_consent_missing"}


@transaction.atomic
def give_consents(*, actor: Actor, application: Application, purposes: set[ConsentPurpose], language: str) -> None:
    """Record each consent not given yet in its current version. Raises ApplicationIncomplete where a needed one is missing."""
    needed = _needed(application)
    if missing := needed - purposes:
        raise ApplicationIncomplete(
            ["consent"], _MISSING.get(next(iter(missing)), "consent_missing") if len(missing) == 1 else "consent_missing"
        )
    given_by = present_person_id(application)
    for purpose in sorted(purposes & needed):
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
            given_by_id=given_by,
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
            data={
                "purpose": purpose,
                "version": notice.version,
                "digest": digest,
                "language": language,
                "given_by": str(given_by),
                "representation": application.representation,
            },
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
    representation: Representation | str | None = None,
) -> Application:
    """Change the way of verification of an unfinished application; leaving the face way withdraws that consent (R-33, R-26).

    And who acts for the person, where `representation` says so: whoever that is agrees anew. None leaves it as it is.
    """
    application = lock_application(application_id)
    require_own(actor, application)
    if not application.editable:
        raise ApplicationClosed
    if representation is not None:
        choose_representation(actor=actor, application=application, representation=representation)
    _take_path(actor, application, path, statement_way if path == VerificationPath.FACE_FREE else "")
    if path == VerificationPath.FACE_FREE:
        withdraw_face(actor=actor, application=application)
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
        withdraw_face(actor=actor, application=application)
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


def _needed(application: Application) -> set[ConsentPurpose]:
    needed = {ConsentPurpose.TERMS, ConsentPurpose.IDENTITY}
    if application.path == VerificationPath.FACE:
        needed.add(ConsentPurpose.FACE)
    if application.representation:
        needed.add(ConsentPurpose.REPRESENTED)
    return needed
