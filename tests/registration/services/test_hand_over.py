"""P-PAR-3: a code goes out once a channel, however gateways and workers behave."""

from datetime import timedelta

import pytest
from django.utils import timezone

from realname.trail.models import Event
from registration import tasks
from registration.models import Delivery, PhoneCode
from registration.services import hand_over as handing
from registration.services.phone_digits import digits_of
from registration.services.send_message import send_message
from registration.states import Channel, DeliveryStatus, FailureCause
from tests.factories import messages as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def gateway(monkeypatch):
    return make.Gateway(monkeypatch)


def minutes_pass(delivery: Delivery, minutes: float = 1) -> None:
    past = timezone.now() - timedelta(minutes=minutes)
    Delivery.objects.filter(pk=delivery.pk).update(created_at=past, not_before=past, claimed_at=past)


def test_a_code_goes_to_its_number_once_however_often_its_task_runs(gateway):
    code = make.asked()
    for _ in range(3):
        tasks.hand_over(str(make.delivery_of(code).pk))
    ((channel, message, key),) = gateway.sent
    assert (channel, message.to, message.expires_at) == (Channel.SMS, code.phone, code.expires_at)
    assert digits_of(code.pk) in message.text
    delivery = make.delivery_of(code)
    assert (delivery.status, delivery.message_ids, delivery.attempts) == (DeliveryStatus.ACCEPTED, [f"m-{key}"], 1)
    event = Event.objects.get(name="phone_code.sent")
    assert (event.data["channel"], event.data["gateway"]) == ("sms", "http")


def test_neither_number_nor_digits_lie_with_the_delivery(gateway):
    code = make.asked()
    delivery = make.sent(code)
    row = str(Delivery.objects.filter(pk=delivery.pk).values().get())
    assert code.phone not in row
    assert digits_of(code.pk) not in row


def test_a_busy_gateway_is_asked_again_later_and_the_person_never_charged_with_it(gateway):
    """P-VER-6."""
    code = make.asked()
    gateway.answer = make.BUSY
    delivery = make.sent(code)
    assert (delivery.status, delivery.cause, delivery.uncertain) == (DeliveryStatus.PENDING, FailureCause.GATEWAY_BUSY, False)
    assert delivery.not_before > timezone.now()
    make.sent(code)
    assert len(gateway.sent) == 1
    gateway.answer = None
    minutes_pass(delivery)
    assert tasks.hand_over_due() == 1
    assert make.sent(code).status == DeliveryStatus.ACCEPTED
    assert gateway.sent[0][2] == gateway.sent[1][2]
    assert not Event.objects.filter(name="phone_code.failed").exists()


def test_waits_grow_up_to_a_bound(gateway):
    code = make.asked()
    gateway.answer = make.BUSY
    waits = []
    for _ in range(7):
        minutes_pass(make.delivery_of(code), 0.1)
        delivery = make.sent(code)
        waits.append(round((delivery.not_before - timezone.now()).total_seconds()))
    assert waits == [1, 2, 4, 8, 16, 16, 16]


def test_a_refused_number_fails_with_its_cause_and_is_not_tried_again(gateway):
    code = make.asked()
    gateway.answer = make.REFUSED
    delivery = make.sent(code)
    assert (delivery.status, delivery.cause) == (DeliveryStatus.FAILED, FailureCause.NUMBER_INVALID)
    event = Event.objects.get(name="phone_code.failed")
    assert (event.reason, event.data["channel"]) == ("NUMBER_INVALID", "sms")
    minutes_pass(delivery)
    assert tasks.hand_over_due() == 0
    # a failed message keeps nobody from asking for another
    assert make.asked(code.application, phone=code.phone)


@pytest.mark.parametrize("_case", ["expired", "used", "superseded"])
def test_a_code_that_is_over_is_not_sent_late(gateway, _case):
    code = make.asked()
    past = timezone.now() - timedelta(seconds=1)
    PhoneCode.objects.filter(pk=code.pk).update(
        **{{"expired": "expires_at", "used": "used_at", "superseded": "superseded_at"}[_case]: past}
    )
    assert make.sent(code).status == DeliveryStatus.FAILED
    assert gateway.sent == []


def test_what_a_dead_worker_had_is_sent_again_with_the_same_key_where_the_gateway_knows_it(gateway):
    code = make.asked()
    delivery = handing.claim(Delivery.objects.due())
    assert tasks.recover_lost_deliveries() == 0
    minutes_pass(delivery)
    assert tasks.recover_lost_deliveries() == 1
    assert make.sent(code).status == DeliveryStatus.ACCEPTED
    assert gateway.sent[0][2] == delivery.pk


def test_what_a_dead_smpp_process_had_is_never_sent_again_and_said_to_be_unknown(gateway, settings):
    """P-PAR-3: one code may be lost and told, none is doubled."""
    settings.SMS_GATEWAYS = ["smpp", "http"]
    code = make.asked()
    delivery = handing.claim(Delivery.objects.due())
    minutes_pass(delivery)
    tasks.recover_lost_deliveries()
    delivery = make.delivery_of(code)
    assert (delivery.status, delivery.uncertain, delivery.gateway) == (DeliveryStatus.UNCONFIRMED, True, "smpp")
    assert Event.objects.get(name="phone_code.failed").reason == "UNKNOWN"
    tasks.hand_over_due()
    assert gateway.sent == []
    assert Delivery.objects.count() == 1


def test_who_lost_its_claim_settles_nothing(gateway):
    """A worker that was paused for a minute comes back: another has sent the message meanwhile."""
    code = make.asked()
    slow = handing.claim(Delivery.objects.due())
    minutes_pass(slow)
    handing.recover_lost()
    handing.claim(Delivery.objects.due())
    handing.settle_accepted(slow, ["late"])
    handing.settle_not_sent(slow, make.REFUSED)
    delivery = make.delivery_of(code)
    assert (delivery.status, delivery.message_ids) == (DeliveryStatus.SUBMITTING, [])
    assert not Event.objects.filter(name="phone_code.sent").exists()


def test_a_gateway_that_surely_did_not_take_it_makes_way_for_the_next(gateway, settings):
    """SMPP's session is not bound for a while: the code goes over HTTP, and the person hears of nothing."""
    settings.SMS_GATEWAYS = ["smpp", "http"]
    code = make.asked()
    tasks.recover_lost_deliveries()
    assert Delivery.objects.count() == 1
    minutes_pass(make.delivery_of(code))
    tasks.recover_lost_deliveries()
    first, second = Delivery.objects.order_by("created_at")
    assert (first.gateway, first.status, first.cause) == ("smpp", DeliveryStatus.FAILED, FailureCause.GATEWAY_DOWN)
    assert second.gateway == "http"
    assert make.sent(code).status == DeliveryStatus.ACCEPTED
    assert not Event.objects.filter(name="phone_code.failed").exists()


def test_a_gateway_that_may_have_taken_it_does_not(gateway, settings):
    settings.SMS_GATEWAYS = ["http", "smpp"]
    code = make.asked()
    gateway.answer = make.SILENT
    minutes_pass(make.sent(code))
    tasks.recover_lost_deliveries()
    assert [delivery.gateway for delivery in Delivery.objects.all()] == ["http"]


def test_a_number_refused_for_good_is_not_tried_another_way(gateway, settings):
    settings.SMS_GATEWAYS = ["http", "smpp"]
    gateway.answer = make.REFUSED
    make.sent(make.asked())
    assert Delivery.objects.count() == 1


def test_what_was_sent_is_not_sent_again_on_its_channel(gateway):
    """No code is sent twice for one request."""
    code = make.asked()
    delivery = make.sent(code)
    again = send_message(kind="phone_code", about=code.pk, person_id=code.person_id)
    assert again == delivery
    assert Delivery.objects.count() == 1
