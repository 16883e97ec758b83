"""A person asks for what the law gives them; what needs nobody's judgement is answered at once."""

from datetime import datetime, time
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname import policy
from realname.access.actor import SYSTEM, Actor
from realname.trail import record
from registration.account_selectors import keeping_of, working_days_after
from registration.errors import AccountRefused
from registration.locks import lock_applications_of, lock_person, lock_rights_request
from registration.models import Application, Person, RightsRequest
from registration.policy import RIGHTS_DAYS
from registration.services.account.freeze_person import freeze
from registration.services.withdraw_application import end_by_withdrawal
from registration.states import ApplicationStatus, RightsKind, RightsStatus


@transaction.atomic
def request_right(*, actor: Actor, kind: RightsKind, words: str = "", application_id: UUID | None = None) -> RightsRequest:
    """Keep the request, with its deadline. Asked twice, the open one is answered.

    Freezing is granted at once. Deletion, while the law keeps the data, is answered at once with the law's reason, and the data are
    frozen (R-28); the person may object to that. All else waits for compliance.
    Raises Application.DoesNotExist (not theirs), AccountRefused (consent_busy: an application is between two states).
    """
    person_id = UUID(actor.id)
    # in the order of the locks: applications, then the person
    lock_applications_of(person_id)
    person = lock_person(person_id)
    application = Application.objects.get(pk=application_id, person=person) if application_id else None
    standing = RightsRequest.objects.open().filter(person=person, kind=kind, application=application).first()
    if standing is not None:
        return standing
    request = RightsRequest.objects.create(person=person, kind=kind, application=application, words=words or None, due_at=_due())
    record("rights.requested", actor=actor, subject=request, person_id=person.pk, data={"kind": kind})
    if kind == RightsKind.RESTRICTION:
        _stop_applications(actor, person)
        freeze(actor=actor, person=person, reason="requested")
        _answer_at_once(request, RightsStatus.GRANTED, "")
    elif kind == RightsKind.DELETION and (keeping := keeping_of(person)):
        _stop_applications(actor, person)
        freeze(actor=actor, person=person, reason=keeping.reason)
        _answer_at_once(request, RightsStatus.REFUSED, keeping.reason)
    return request


@transaction.atomic
def withdraw_right(*, actor: Actor, request_id: UUID) -> RightsRequest:
    """Take a request back. Raises RightsRequest.DoesNotExist (not theirs), AccountRefused (answered already)."""
    request = lock_rights_request(request_id)
    if str(request.person_id) != actor.id:
        raise RightsRequest.DoesNotExist
    if request.status == RightsStatus.WITHDRAWN:
        return request
    if not request.can_move(to=RightsStatus.WITHDRAWN):
        raise AccountRefused("rights_over")
    request.move(to=RightsStatus.WITHDRAWN)
    request.answered_at = timezone.now()
    request.save(update_fields=["status", "answered_at"])
    record("rights.withdrawn", actor=actor, subject=request, person_id=request.person_id)
    return request


def _due() -> datetime:
    """The end of the last working day on which the answer is in time."""
    last = working_days_after(timezone.localdate(), policy.value(RIGHTS_DAYS))
    return timezone.make_aware(datetime.combine(last, time(23, 59, 59)))


def _stop_applications(actor: Actor, person: Person) -> None:
    """What is frozen is not verified: applications on their way are taken back."""
    for application in person.applications.open():
        if not application.can_move(to=ApplicationStatus.WITHDRAWN):
            raise AccountRefused("consent_busy")
        end_by_withdrawal(actor=actor, application=application, reason="frozen")


def _answer_at_once(request: RightsRequest, status: RightsStatus, reason: str) -> None:
    request.move(to=status)
    request.answered_at, request.answered_by, request.reason = timezone.now(), SYSTEM.name, reason
    request.save(update_fields=["status", "answered_at", "answered_by", "reason"])
    record("rights.answered", actor=SYSTEM, subject=request, person_id=request.person_id, reason=reason, data={"status": status})
