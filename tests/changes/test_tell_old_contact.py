"""P-CHG-5: the old contact is told before anything can happen."""

import pytest

from changes.services.tell_old_contact import tell_old_contact
from changes.states import ChangeStatus
from realname.outside.errors import SourceRefused, SourceUnavailable
from realname.trail.models import Event
from registration.gateways.sms import SmsGateway
from registration.services.phone_digits import digits_of
from tests.factories import changes as make

pytestmark = pytest.mark.django_db


def test_the_message_goes_to_the_old_number_with_reference_and_stop_code(sandbox):
    person = make.subscriber()
    old = person.contact_phone
    change = make.checked(person=person)
    tell_old_contact(change_id=change.pk)
    (message,) = SmsGateway().inbox(old)
    assert change.reference in message.text
    assert digits_of(change.pk) in message.text
    assert change.after not in message.text
    change.refresh_from_db()
    assert change.status == ChangeStatus.AWAITING_APPROVAL
    assert (change.cooling_off_until - change.told_at).total_seconds() == 24 * 3600


def test_told_twice_it_is_one_message_and_one_event(sandbox):
    person = make.subscriber()
    change = make.checked(person=person)
    for _ in range(2):
        tell_old_contact(change_id=change.pk)
    assert len(SmsGateway().inbox(person.contact_phone)) == 1
    assert Event.objects.filter(name="change.contact_told").count() == 1


def test_while_the_gateway_is_down_the_change_waits(monkeypatch):
    def down(*args, **kwargs):
        raise SourceUnavailable("sms_gateway", "timeout")

    monkeypatch.setattr(SmsGateway, "send", down)
    change = make.checked()
    with pytest.raises(SourceUnavailable):
        tell_old_contact(change_id=change.pk)
    change.refresh_from_db()
    assert (change.status, change.cooling_off_until) == (ChangeStatus.CHECKED, None)


def test_a_dead_old_number_holds_up_nothing_but_the_approvers_see_it(monkeypatch):
    def refuse(*args, **kwargs):
        raise SourceRefused("sms_gateway", "status_422")

    monkeypatch.setattr(SmsGateway, "send", refuse)
    change = make.checked()
    tell_old_contact(change_id=change.pk)
    change.refresh_from_db()
    assert (change.status, change.contact_unreachable, change.told_at) == (ChangeStatus.AWAITING_APPROVAL, True, None)
    assert change.cooling_off_until is not None
    assert Event.objects.get(name="change.contact_unreachable").reason == "status_422"
