"""P-VER-6, P-PAR-2: sources and the gateway are down, hang or talk nonsense in the middle, and nobody pays for it twice."""

import time

import pytest

SOURCES = ("authority", "bureau", "operators")
# a hang lasts until the caller gives up: shorter weather for it would not be met at all
LASTS_SECONDS = 12


@pytest.mark.parametrize("weather", [("error", "hang", "garbage"), ("hang", "wrong_signature", "error")], ids=" ".join)
def test_every_source_is_down_and_back(weather, plant, crowd, all_right):
    people = crowd()
    people.wait_for_share(0.2)
    for service, kind in zip(SOURCES, weather, strict=True):
        plant.sandbox.fault(service, kind)
    people.wait_for_share(0.7)
    time.sleep(LASTS_SECONDS)
    plant.sandbox.good_weather()
    people.all_in()
    all_right()


def test_gateway_is_down_slow_and_doubles_its_receipts(plant, crowd, all_right):
    people = crowd()
    plant.sandbox.fault("receipts", "twice")
    people.wait_for_share(0.2)
    for kind, options in (("error", {"status": 503}), ("hang", {}), ("latency", {"milliseconds": 2000}), ("garbage", {})):
        plant.sandbox.fault("sms", kind, **options)
        time.sleep(LASTS_SECONDS / 4)
    plant.sandbox.fault("sms", "none")
    people.all_in()
    all_right()


def test_gateway_and_sources_are_killed(plant, crowd, all_right):
    people = crowd()
    people.wait_for_share(0.3)
    plant.sandbox.kill()
    time.sleep(3)
    plant.sandbox.start()
    people.all_in()
    all_right()
