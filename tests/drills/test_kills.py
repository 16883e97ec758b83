"""P-ALL-4: every process is killed at moments nobody chose; and once all of it at the same time."""

import random
import time

import pytest

MOST_SECONDS_BETWEEN = 2.0


@pytest.mark.parametrize("seed", [1])
def test_every_process_is_killed(seed, plant, crowd, all_right):
    chance = random.Random(seed)
    victims = plant.names * 2
    chance.shuffle(victims)
    people = crowd()
    people.wait_for_share(0.1)
    for name in victims:
        plant.kill(name)
        time.sleep(chance.uniform(0, MOST_SECONDS_BETWEEN))
    people.all_in()
    all_right()


@pytest.mark.parametrize("seed", [2])
def test_all_at_once(seed, plant, crowd, all_right):
    """Everything that the other drills break, in an order and at moments drawn from the seed."""
    chance = random.Random(seed)
    acts = [
        plant.crash_postgres,
        lambda: plant.lose_broker(seconds=chance.uniform(0, 2)),
        lambda: plant.sandbox.fault(chance.choice(("authority", "bureau", "operators")), "error"),
        lambda: plant.sandbox.fault(chance.choice(("authority", "bureau", "operators")), "hang"),
        lambda: plant.sandbox.fault("sms", chance.choice(("error", "garbage", "hang"))),
        lambda: plant.sandbox.fault("receipts", "twice"),
        *[lambda name=name: plant.kill(name) for name in plant.names],
    ]
    chance.shuffle(acts)
    people = crowd()
    people.wait_for_share(0.1)
    for act in acts:
        act()
        time.sleep(chance.uniform(0, MOST_SECONDS_BETWEEN))
    plant.sandbox.good_weather()
    people.all_in()
    all_right()
