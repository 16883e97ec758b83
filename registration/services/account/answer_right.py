"""Compliance answers a request about personal data: granted, or refused with the reason (R-31)."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname.access.actor import Actor
from realname.access.models import Staff
from realname.trail import record
from realname.vault.erase import erase_person
from registration.access import may_answer_rights
from registration.account_selectors import keeping_of
from registration.errors import AccountRefused
from registration.inbox import RIGHTS_ANSWERED
from registration.locks import lock_applications_of, lock_person, lock_rights_request
from registration.models import LegalHold, Person, RightsRequest
from registration.rights import REASONS
from registration.services.account.end_sign_in import end_all_sign_ins
from registration.services.account.notify_person import notify_person
from registration.services.withdraw_application import end_by_withdrawal
from registration.states import ApplicationStatus, RightsKind, RightsStatus, SignInEnd


@transaction.atomic
def answer_right(*, actor: Actor, staff: Staff, request_id: UUID, granted: bool, answer: str, reason: str = "") -> RightsRequest:
    """Grant or refuse, in words for the person; a refusal names its reason (a code of registration/rights.py).

    A deletion that is granted erases the person's keys at once: nothing of theirs can be read any more.
    Raises AccountRefused (not compliance, answered or withdrawn already, no reason, the law keeps the data).
    """
    if not may_answer_rights(staff):
        raise AccountRefused("rights_not_allowed")
    if not answer.strip() or not granted and reason not in REASONS:
        raise AccountRefused("rights_reason_missing")
    person = _locked_person(request_id)
    request = lock_rights_request(request_id)
    if request.status != RightsStatus.RECEIVED:
        raise AccountRefused("rights_over")
    if granted and request.kind == RightsKind.DELETION and keeping_of(person):
        raise AccountRefused("rights_kept_by_law")
    if granted and request.kind == RightsKind.DELETION and LegalHold.objects.acting(timezone.now()).filter(person=person).exists():
        raise AccountRefused("rights_legal_hold")
    request.move(to=RightsStatus.GRANTED if granted else RightsStatus.REFUSED)
    request.answered_at, request.answered_by = timezone.now(), staff.get_username()
    request.reason, request.answer = "" if granted else reason, answer
    request.save(update_fields=["status", "answered_at", "answered_by", "reason", "answer"])
    record("rights.answered", actor=actor, subject=request, person_id=person.pk, reason=request.reason, data={"status": request.status})
    notify_person(person_id=person.pk, kind=RIGHTS_ANSWERED, facts={"reference": request.reference})
    if granted and request.kind == RightsKind.DELETION:
        _delete(actor, person)
    return request


@transaction.atomic
def note_reading(*, actor: Actor, request: RightsRequest) -> None:
    """Compliance reads what the person wrote: that is written down, and shown to the person."""
    record("rights.read", actor=actor, subject=request, person_id=request.person_id, purpose="answer_right")


def _locked_person(request_id: UUID) -> Person:
    """The person of a request, locked after their applications. Raises RightsRequest.DoesNotExist."""
    person_id = RightsRequest.objects.values_list("person_id", flat=True).get(pk=request_id)
    lock_applications_of(person_id)
    return lock_person(person_id)


def _delete(actor: Actor, person: Person) -> None:
    for application in person.applications.open():
        if not application.can_move(to=ApplicationStatus.WITHDRAWN):
            raise AccountRefused("rights_kept_by_law")
        end_by_withdrawal(actor=actor, application=application, reason="deleted")
    end_all_sign_ins(actor=actor, person_id=person.pk, end=SignInEnd.ELSEWHERE)
    erase_person(person.pk, actor=actor, reason="rights_request")
