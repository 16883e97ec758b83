"""P-ALL-4: the clock of web, workers and beat jumps hours ahead in the middle, and back again (what it covers: clock/sitecustomize.py)."""

import time

HOURS = 3
LASTS_SECONDS = 6


def test_the_clock_jumps_ahead_and_back(plant, crowd, all_right):
    people = crowd()
    people.wait_for_share(0.2)
    plant.shift_clock(hours=HOURS)
    time.sleep(LASTS_SECONDS)
    plant.shift_clock(hours=0)
    people.all_in()
    sweeps = plant.sweeps()
    all_right()
    # the sweeper is among what goes on: without it a message lost from now on would stay lost for hours
    until = time.monotonic() + 20
    while plant.sweeps() <= sweeps:
        assert time.monotonic() < until, plant.log("beat")
        time.sleep(0.2)
