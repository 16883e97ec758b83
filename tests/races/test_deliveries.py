"""P-PAR-3: workers, receipts and the person at the same moment: one message a channel, and no receipt lost."""

from datetime import timedelta

import pytest
from django.utils import timezone

from realname.trail.models import Event
from registration.gateways.base import Receipt
from registration.models import Delivery, EarlyReceipt
from registration.services import hand_over as handing
from registration.services.call_with_code import call_with_code
from registration.services.note_receipt import note_receipt
from registration.services.send_message import send_message
from registration.states import Channel, DeliveryStatus
from tests.factories import messages as make
from tests.factories import registration
from tests.races.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_ten_workers_at_one_message_send_it_once(monkeypatch):
    gateway = make.Gateway(monkeypatch)
    code = make.asked()
    delivery = make.delivery_of(code)
    results = at_once(*[lambda: handing.hand_over(delivery_id=delivery.pk)] * 10)
    assert results == [None] * 10
    assert len(gateway.sent) == 1
    assert Event.objects.filter(name="phone_code.sent").count() == 1


def test_a_receipt_at_the_moment_of_settlement_is_not_lost(monkeypatch):
    """Neither looks for the other in vain: either the receipt finds the message, or the message finds the receipt."""
    make.Gateway(monkeypatch)
    for number in range(15):
        code = make.asked()
        claimed = handing.claim(Delivery.objects.due().filter(about=code.pk))
        message_id = f"gateway-{number}"
        results = at_once(
            lambda: handing.settle_accepted(claimed, [message_id]),  # noqa: B023
            lambda: note_receipt(Receipt("http", message_id, arrived=True)),  # noqa: B023
        )
        assert results == [None, None]
        assert make.delivery_of(code).status == DeliveryStatus.DELIVERED
    assert not EarlyReceipt.objects.exists()


def test_the_same_receipt_ten_times_at_once_is_one(monkeypatch):
    make.Gateway(monkeypatch)
    code = make.asked()
    delivery = make.sent(code)
    receipt = Receipt("http", delivery.message_ids[0], arrived=True)
    assert at_once(*[lambda: note_receipt(receipt)] * 10) == [None] * 10
    assert Event.objects.filter(name="phone_code.arrived").count() == 1


def test_an_unknown_receipt_ten_times_at_once_is_kept_once():
    assert at_once(*[lambda: note_receipt(Receipt("http", "unknown", arrived=True))] * 10) == [None] * 10
    assert EarlyReceipt.objects.count() == 1


def test_a_call_that_is_asked_for_and_goes_by_itself_is_one_call(monkeypatch):
    make.Gateway(monkeypatch)
    code = make.asked()
    make.sent(code)
    Delivery.objects.update(created_at=timezone.now() - timedelta(seconds=40))
    actor = registration.person_actor(code.application)
    at_once(
        *[lambda: call_with_code(actor=actor, application_id=code.application_id)] * 3,
        *[lambda: send_message(kind="phone_code", about=code.pk, person_id=code.person_id, channel=Channel.VOICE)] * 3,
    )
    assert Delivery.objects.filter(channel=Channel.VOICE).count() == 1
