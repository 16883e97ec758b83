"""P-PAR-2, P-PAR-3: the SMSC and the process that holds its session are killed in the middle, and no code goes out twice."""

import time
from collections.abc import Iterator

import pytest

from registration.models import Delivery
from registration.states import DeliveryStatus
from tests.smpp_process import SmppProcess, SmscProcess


@pytest.fixture
def smsc(plant, settings) -> Iterator[SmscProcess]:
    """The SMSC that codes go by; phones show its messages beside the sandbox's."""
    settings.SMS_GATEWAYS = ["smpp"]
    server = SmscProcess(plant.var / "sandbox")
    yield server
    server.kill()


@pytest.fixture
def smpp(smsc) -> Iterator[SmppProcess]:
    one = SmppProcess(smsc.port)
    one.start()
    yield one
    one.stop()


def test_smsc_and_session_are_killed(smsc, smpp, crowd, all_right):
    """Each alone, then both: what waits goes out when they are back; what nobody knows of is told so, and asked for again."""
    people = crowd()
    people.wait_for_share(0.1)
    smsc.kill()
    time.sleep(1)
    smsc.start()
    people.wait_for_share(0.3)
    smpp.stop()
    smpp.start()
    people.wait_for_share(0.5)
    # taken up and never answered: the process dies with it on its hands
    smsc.switch(answer="none")
    smsc.wait_for("unanswered")
    smpp.stop()
    smsc.kill()
    smsc.start()
    smpp.start()
    people.all_in()
    all_right()
    codes = Delivery.objects.filter(gateway="smpp", kind="phone_code")
    assert codes.filter(status=DeliveryStatus.UNCONFIRMED, attempts=1).exists(), "the kill met no message"
    assert not codes.exclude(status__in=(DeliveryStatus.ACCEPTED, DeliveryStatus.DELIVERED, DeliveryStatus.UNCONFIRMED)).exists()
