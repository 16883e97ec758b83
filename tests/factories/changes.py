"""Change requests in every state of the way."""

from datetime import timedelta

from django.utils import timezone

from changes.models import ChangeRequest
from changes.services import tell_old_contact as telling
from changes.services.apply_change import apply_due_changes
from changes.services.approve_step import approve_step
from changes.services.prove_number import prove_number
from changes.services.request_change import request_change
from changes.states import ChangeKind
from realname.access.models import Role, Staff
from registration.models import Person
from registration.services.phone_digits import digits_of
from tests.factories import registration
from tests.factories.access import staff, staff_actor


def subscriber(**kwargs) -> Person:
    """A verified person with a line, reached by its number."""
    return registration.activated(**kwargs).person


def requested(*, person: Person | None = None, phone: str = "", clerk: Staff | None = None) -> ChangeRequest:
    """A clerk asked for a new contact phone; its number is not proven."""
    return request_change(
        actor=staff_actor(clerk or staff(Role.CLERK)),
        person_id=(person or subscriber()).pk,
        kind=ChangeKind.CONTACT_PHONE,
        value=phone or registration.new_phone(segment="139"),
    )


def checked(**kwargs) -> ChangeRequest:
    """Proven and plausible; the old contact is not told yet."""
    change = requested(**kwargs)
    actor = staff_actor(kwargs.get("clerk") or staff(Role.CLERK))
    return prove_number(actor=actor, change_id=change.pk, entered=digits_of(change.code.pk))


def awaiting_approval(**kwargs) -> ChangeRequest:
    """The old contact is told (no message is sent: only the outcome is noted)."""
    change = checked(**kwargs)
    telling.settle_told(change_id=change.pk, reason="")
    change.refresh_from_db()
    return change


def approved(**kwargs) -> ChangeRequest:
    """Approved by two; not applied while it may be stopped."""
    change = awaiting_approval(**kwargs)
    for _ in range(2):
        reviewer = staff(Role.REVIEWER)
        change = approve_step(actor=staff_actor(reviewer), change_id=change.pk, approver=reviewer)
    return change


def applied(**kwargs) -> ChangeRequest:
    """The record is changed."""
    change = approved(**kwargs)
    ChangeRequest.objects.filter(pk=change.pk).update(cooling_off_until=timezone.now() - timedelta(seconds=1))
    apply_due_changes()
    change.refresh_from_db()
    return change
