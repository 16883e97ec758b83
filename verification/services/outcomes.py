"""What a decision does to an application: approved and activated, refused, asked again, or put before a reviewer."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from realname import policy
from realname.access.actor import Actor
from realname.trail import record
from registration.errors import LineLimitReached, NumberRegistered, OrganisationRefused
from registration.models import Application
from registration.policy import RESUBMISSION_LIFE
from registration.services.account.notify_person import notify_person
from registration.services.activate_line import activate_line
from registration.states import ApplicationStatus
from verification.notices import APPLICATION_APPROVED, APPLICATION_ASKED_AGAIN, APPLICATION_REJECTED
from verification.services.open_review import open_review


def approve(*, actor: Actor, application: Application, reason: str) -> str:
    """Approve and activate in one: both or neither. Answers the refusal's reason where a limit stands against it (R-13)."""
    try:
        with transaction.atomic():
            _note(application, ApplicationStatus.APPROVED, [reason])
            record("application.approved", actor=actor, subject=application, person_id=application.person_id, reason=reason)
            line = activate_line(actor=actor, application_id=application.pk)
            notify_person(person_id=line.person_id, kind=APPLICATION_APPROVED, facts={"reference": application.reference})
    except (LineLimitReached, NumberRegistered, OrganisationRefused) as error:
        application.refresh_from_db()
        if isinstance(error, OrganisationRefused):
            return error.code.upper()
        return "LINE_LIMIT" if isinstance(error, LineLimitReached) else "ALREADY_REGISTERED"
    application.refresh_from_db()
    return ""


def reject(*, actor: Actor, application: Application, reasons: list[str]) -> None:
    """Refuse, with reasons; the person may ask for a human decision (R-29)."""
    _note(application, ApplicationStatus.REJECTED, reasons)
    record(
        "application.rejected",
        actor=actor,
        subject=application,
        person_id=application.person_id,
        reason=reasons[0],
        data={"reasons": reasons},
    )
    notify_person(person_id=application.person_id, kind=APPLICATION_REJECTED, facts={"reference": application.reference})


def ask_again(*, actor: Actor, application: Application, reasons: list[str], items: list[str]) -> None:
    """Ask for the named items only (P-REG-7)."""
    application.items_to_resubmit = items
    application.expires_at = timezone.now() + timedelta(days=policy.value(RESUBMISSION_LIFE))
    application.save(update_fields=["items_to_resubmit", "expires_at"])
    _note(application, ApplicationStatus.NEEDS_RESUBMISSION, reasons)
    record(
        "application.asked_again",
        actor=actor,
        subject=application,
        person_id=application.person_id,
        reason=reasons[0],
        data={"reasons": reasons, "items": items},
    )
    notify_person(person_id=application.person_id, kind=APPLICATION_ASKED_AGAIN, facts={"reference": application.reference})


def put_to_review(*, application: Application, level: str, reasons: list[str]) -> None:
    """Put it before a reviewer: not decided yet."""
    application.move(to=ApplicationStatus.IN_REVIEW)
    application.reason_codes = reasons
    application.save(update_fields=["status", "reason_codes"])
    open_review(application=application, level=level, reasons=reasons)


def _note(application: Application, status: ApplicationStatus, reasons: list[str]) -> None:
    application.move(to=status)
    application.reason_codes = reasons
    application.decided_at = timezone.now()
    application.save(update_fields=["status", "reason_codes", "decided_at"])
