"""`manage.py smpp` as a process, on the database and against a real SMSC: killed, disconnected, throttled, doubled (P-PAR-3)."""

import signal
import time
from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from django.utils import timezone

from registration import tasks
from registration.models import Delivery, EarlyReceipt, PhoneCode
from registration.services.phone_digits import digits_of
from registration.states import DeliveryStatus, FailureCause
from tests.factories import messages as make
from tests.smpp_process import SmppProcess

pytestmark = [pytest.mark.django_db(transaction=True)]
SECONDS = 30


@pytest.fixture
def smpp(smsc, settings) -> Iterator[SmppProcess]:
    settings.SMS_GATEWAYS = ["smpp"]
    one = SmppProcess(smsc.port)
    yield one
    one.stop()


def until(holds: Callable[[], bool], what: str) -> None:
    deadline = time.monotonic() + SECONDS
    while not holds():
        assert time.monotonic() < deadline, (what, *Delivery.objects.values_list("status", "cause", "attempts"))
        time.sleep(0.05)


def status(code: PhoneCode) -> tuple[str, str]:
    delivery = make.delivery_of(code)
    return delivery.status, delivery.cause


def test_a_code_goes_out_and_its_receipt_comes_back(smsc, smpp):
    smpp.start()
    smsc.wait_for("bound")
    code = make.asked()
    until(lambda: status(code) == (DeliveryStatus.DELIVERED, ""), "delivered")
    (text,) = smsc.inbox(code.phone)
    assert digits_of(code.pk) in text


def test_faults_of_the_network_end_in_their_cause_or_are_waited_out(smsc, smpp):
    """Throttled three times, then off: in the end the person is told that the phone is off."""
    code = make.asked()
    smsc.switch(phone=code.phone, outcome="PHONE_UNREACHABLE", answer="throttle", times=3, receipts="twice")
    smpp.start()
    until(lambda: status(code) == (DeliveryStatus.FAILED, FailureCause.PHONE_UNREACHABLE), "failed with its cause")
    assert make.delivery_of(code).attempts == 4
    assert len(smsc.inbox(code.phone)) == 1


def test_a_receipt_before_the_answer_to_the_message_counts(smsc, smpp):
    smsc.switch(receipts="reversed")
    smpp.start()
    code = make.asked()
    until(lambda: status(code)[0] == DeliveryStatus.DELIVERED, "delivered")
    assert not EarlyReceipt.objects.exists()


def test_killed_between_submit_and_settle_it_sends_nothing_twice(smsc, smpp):
    """The SMSC has the message, our note of it is lost: it is said to be unknown, and stays so."""
    smsc.switch(answer="none")
    code = make.asked()
    process = smpp.start()
    smsc.wait_for("unanswered")
    process.send_signal(signal.SIGKILL)
    process.wait(SECONDS)
    assert status(code)[0] == DeliveryStatus.SUBMITTING
    smsc.switch(answer="take")
    smpp.start()
    Delivery.objects.update(claimed_at=timezone.now() - timedelta(minutes=1))
    tasks.recover_lost_deliveries()
    assert status(code)[0] == DeliveryStatus.UNCONFIRMED
    # the process is at work: another person's code goes out
    other = make.asked()
    until(lambda: status(other)[0] == DeliveryStatus.DELIVERED, "the other")
    assert smsc.inbox(code.phone) == []
    assert make.delivery_of(code).attempts == 1


def test_it_binds_again_when_the_smsc_comes_back(smsc, smpp):
    smpp.start()
    smsc.wait_for("bound")
    smsc.kill()
    code = make.asked()
    time.sleep(1)
    assert status(code)[0] == DeliveryStatus.PENDING
    smsc.start()
    until(lambda: status(code)[0] == DeliveryStatus.DELIVERED, "delivered")


def test_two_processes_send_each_code_once(smsc, smpp):
    codes = [make.asked() for _ in range(20)]
    for _ in range(2):
        smpp.start()
    until(lambda: all(status(code)[0] == DeliveryStatus.DELIVERED for code in codes), "all delivered")
    assert [len(smsc.inbox(code.phone)) for code in codes] == [1] * 20


def test_told_to_end_it_takes_leave(smsc, smpp):
    process = smpp.start()
    smsc.wait_for("bound")
    process.terminate()
    assert process.wait(SECONDS) == 0
    smsc.wait_for("unbound")
