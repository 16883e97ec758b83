"""What a lost broker left behind is sent again; what was delivered twice is done once."""

from datetime import timedelta

import pytest
from django.utils import timezone

from changes import tasks
from changes.models import ChangeCode, ChangeRequest
from realname.trail.models import Event
from registration.gateways.http import sandbox_inbox
from registration.models import Delivery
from registration.services.hand_over import hand_over
from registration.services.phone_digits import digits_of
from registration.states import DeliveryStatus
from tests.factories import changes as make
from tests.factories import messages

pytestmark = pytest.mark.django_db
LATELY = timedelta(seconds=11)


def sent(change: ChangeRequest) -> Delivery:
    """The code of a change, handed over."""
    hand_over(delivery_id=Delivery.objects.get(kind="change_code", about=change.code.pk).pk)
    return Delivery.objects.get(kind="change_code", about=change.code.pk)


def test_a_code_arrives_once_however_often_it_is_handed_over(sandbox):
    change = make.requested()
    for _ in range(2):
        sent(change)
    (message,) = sandbox_inbox(change.after)
    assert digits_of(change.code.pk) in message.text
    assert Event.objects.filter(name="change_code.sent").count() == 1
    assert ChangeCode.objects.get(change=change).sent_at


def test_a_refused_code_is_noted_and_not_tried_again(monkeypatch):
    messages.Gateway(monkeypatch).answer = messages.REFUSED
    change = make.requested()
    assert sent(change).status == DeliveryStatus.FAILED
    assert Event.objects.get(name="change_code.failed").reason == "NUMBER_INVALID"
    assert ChangeCode.objects.get(change=change).failed_at


def test_a_code_that_is_over_is_not_sent_late(monkeypatch):
    gateway = messages.Gateway(monkeypatch)
    change = make.requested()
    ChangeCode.objects.filter(change=change).update(expires_at=timezone.now())
    assert sent(change).status == DeliveryStatus.FAILED
    assert gateway.sent == []


def test_the_sweeper_finds_old_contacts_that_were_not_told():
    change = make.checked()
    assert tasks.tell_old_contacts() == 0
    ChangeRequest.objects.filter(pk=change.pk).update(proven_at=timezone.now() - LATELY)
    assert tasks.tell_old_contacts() == 1
