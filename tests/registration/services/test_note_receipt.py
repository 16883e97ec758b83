"""P-PAR-3: receipts come late, twice, out of order, too early or for nothing, and do no harm."""

from datetime import timedelta

import pytest
from django.utils import timezone

from realname.trail.models import Event
from registration import tasks
from registration.gateways.base import Receipt
from registration.models import Delivery, EarlyReceipt, PhoneCode
from registration.services.note_receipt import note_receipt
from registration.services.phone_digits import digits_of
from registration.services.prove_phone import prove_phone
from registration.states import DeliveryStatus, FailureCause
from tests.factories import messages as make
from tests.factories import registration

pytestmark = pytest.mark.django_db
OFF = FailureCause.PHONE_UNREACHABLE


@pytest.fixture
def gateway(monkeypatch):
    return make.Gateway(monkeypatch)


@pytest.fixture
def code(gateway) -> PhoneCode:
    """A code the gateway has taken."""
    code = make.asked()
    make.sent(code)
    return code


def receipt(code: PhoneCode, *, arrived: bool = True, keyed: bool = False, cause: FailureCause | None = None) -> Receipt:
    delivery = make.delivery_of(code)
    return Receipt("http", f"m-{delivery.pk}", arrived=arrived, cause=cause, key=delivery.pk if keyed else None)


@pytest.mark.parametrize("keyed", [True, False])
def test_a_receipt_ends_the_delivery_and_is_told_once(code, keyed):
    for _ in range(3):
        note_receipt(receipt(code, keyed=keyed))
    assert make.delivery_of(code).status == DeliveryStatus.DELIVERED
    assert Event.objects.filter(name="phone_code.arrived").count() == 1


def test_a_failure_is_recorded_with_its_cause(code):
    """P-PAR-2."""
    note_receipt(receipt(code, arrived=False, cause=OFF))
    delivery = make.delivery_of(code)
    assert (delivery.status, delivery.cause) == (DeliveryStatus.FAILED, OFF)
    assert Event.objects.get(name="phone_code.failed").reason == "PHONE_UNREACHABLE"


def test_arrival_after_a_failure_stands_and_failure_after_arrival_does_not(code):
    note_receipt(receipt(code, arrived=False, cause=OFF))
    note_receipt(receipt(code))
    note_receipt(receipt(code, arrived=False, cause=OFF))
    delivery = make.delivery_of(code)
    assert (delivery.status, delivery.cause) == (DeliveryStatus.DELIVERED, "")
    assert Event.objects.filter(name="phone_code.failed").count() == Event.objects.filter(name="phone_code.arrived").count() == 1


@pytest.mark.parametrize("keyed", [True, False])
def test_a_receipt_that_overtakes_the_answer_to_the_message_is_kept_for_it(gateway, keyed):
    code = make.asked()
    gateway.answer = lambda key: note_receipt(receipt(code, keyed=keyed))
    assert make.sent(code).status == DeliveryStatus.DELIVERED
    assert not EarlyReceipt.objects.exists()
    assert list(Event.objects.filter(name__startswith="phone_code.").order_by("id").values_list("name", flat=True)) == [
        "phone_code.requested",
        "phone_code.sent",
        "phone_code.arrived",
    ]


def test_a_receipt_for_nothing_changes_nothing_and_is_forgotten(code):
    unknown = Receipt("http", "nobody's", arrived=True)
    for _ in range(3):
        note_receipt(unknown)
    assert make.delivery_of(code).status == DeliveryStatus.ACCEPTED
    assert EarlyReceipt.objects.count() == 1
    assert tasks.forget_early_receipts() == 0
    EarlyReceipt.objects.update(received_at=timezone.now() - timedelta(hours=25))
    assert tasks.forget_early_receipts() == 1


def test_another_gateways_id_is_another_message(code):
    note_receipt(Receipt("smpp", f"m-{make.delivery_of(code).pk}", arrived=True))
    assert make.delivery_of(code).status == DeliveryStatus.ACCEPTED


def test_a_receipt_that_comes_after_the_code_is_over_does_not_bring_it_back(code):
    past = timezone.now() - timedelta(minutes=1)
    PhoneCode.objects.filter(pk=code.pk).update(expires_at=past, superseded_at=past)
    note_receipt(receipt(code))
    assert make.delivery_of(code).status == DeliveryStatus.DELIVERED
    code.refresh_from_db()
    assert not code.live


def test_a_code_that_failed_on_its_way_may_still_be_entered(code):
    """The network's word is not the phone's: who has the digits has the phone."""
    note_receipt(receipt(code, arrived=False, cause=OFF))
    actor = registration.person_actor(code.application)
    assert prove_phone(actor=actor, application_id=code.application_id, entered=digits_of(code.pk)).phone_proven_at


def test_a_long_message_has_arrived_when_all_its_parts_have(code):
    Delivery.objects.update(message_ids=["a", "b", "c"])
    for message_id in ("a", "b", "b"):
        note_receipt(Receipt("http", message_id, arrived=True))
    assert make.delivery_of(code).status == DeliveryStatus.ACCEPTED
    note_receipt(Receipt("http", "c", arrived=True))
    assert make.delivery_of(code).status == DeliveryStatus.DELIVERED


def test_a_long_message_that_lost_a_part_has_failed(code):
    Delivery.objects.update(message_ids=["a", "b"])
    note_receipt(Receipt("http", "a", arrived=True))
    note_receipt(Receipt("http", "b", arrived=False, cause=OFF))
    assert make.delivery_of(code).status == DeliveryStatus.FAILED


def test_a_message_nobody_knew_of_is_known_by_its_receipt(code):
    """The answer to it was lost; the receipt names our key."""
    Delivery.objects.update(status=DeliveryStatus.UNCONFIRMED, message_ids=[])
    note_receipt(receipt(code, keyed=True))
    assert make.delivery_of(code).status == DeliveryStatus.DELIVERED


def test_what_was_surely_not_taken_is_not_made_so_by_a_receipt(gateway):
    code = make.asked()
    gateway.answer = make.REFUSED
    make.sent(code)
    note_receipt(receipt(code, keyed=True))
    assert make.delivery_of(code).status == DeliveryStatus.FAILED
