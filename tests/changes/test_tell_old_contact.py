"""P-CHG-5: the old contact is told before anything can happen."""

import pytest

from changes.services.tell_old_contact import tell_old_contact
from changes.states import ChangeStatus
from realname.trail.models import Event
from registration.gateways.http import sandbox_inbox
from registration.models import Delivery
from registration.services.hand_over import hand_over
from registration.services.phone_digits import digits_of
from registration.states import DeliveryStatus
from tests.factories import changes as make
from tests.factories import messages

pytestmark = pytest.mark.django_db


def told(change) -> None:
    """The message is put down and handed over."""
    tell_old_contact(change_id=change.pk)
    for delivery in Delivery.objects.filter(about=change.pk):
        hand_over(delivery_id=delivery.pk)
    change.refresh_from_db()


def test_the_message_goes_to_the_old_number_with_reference_and_stop_code(sandbox):
    person = make.subscriber()
    old = person.contact_phone
    change = make.checked(person=person)
    told(change)
    (message,) = sandbox_inbox(old)
    assert change.reference in message.text
    assert digits_of(change.pk) in message.text
    assert change.after not in message.text
    assert change.status == ChangeStatus.AWAITING_APPROVAL
    assert (change.cooling_off_until - change.told_at).total_seconds() == 24 * 3600


def test_told_twice_it_is_one_message_and_one_event(sandbox):
    person = make.subscriber()
    change = make.checked(person=person)
    for _ in range(2):
        told(change)
    assert len(sandbox_inbox(person.contact_phone)) == 1
    assert Event.objects.filter(name="change.contact_told").count() == 1


def test_while_the_gateway_is_down_the_change_waits(monkeypatch):
    messages.Gateway(monkeypatch).answer = messages.SILENT
    change = make.checked()
    told(change)
    assert (change.status, change.cooling_off_until) == (ChangeStatus.CHECKED, None)
    assert Delivery.objects.get(about=change.pk).status == DeliveryStatus.PENDING


def test_a_dead_old_number_holds_up_nothing_but_the_approvers_see_it(monkeypatch):
    messages.Gateway(monkeypatch).answer = messages.REFUSED
    change = make.checked()
    told(change)
    assert (change.status, change.contact_unreachable, change.told_at) == (ChangeStatus.AWAITING_APPROVAL, True, None)
    assert change.cooling_off_until is not None
    assert Event.objects.get(name="change.contact_unreachable").reason == "NUMBER_INVALID"
