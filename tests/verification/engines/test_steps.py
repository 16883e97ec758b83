"""Movements told from numbers alone: hysteresis, order, timing, and what nobody asked for (R-40)."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from verification.engines.liveness.signals import FrameSignals, HeadSignals
from verification.engines.liveness.steps import STEPS, judge_steps, movements

REST = {"yaw": 3.0, "pitch": 5.0, "asymmetry": 0.0, "mouth": 0.05, "eyes": 0.22}
# what changes at the height of each movement
DONE = {
    "turn_left": {"yaw": 27.0, "asymmetry": 0.3},
    "turn_right": {"yaw": -21.0, "asymmetry": -0.3},
    "nod": {"pitch": 26.0},
    "open_mouth": {"mouth": 0.6},
    "blink": {"eyes": 0.08},
}
EVERY = 125.0  # ms


def frame(index: int, **changes: float) -> FrameSignals:
    head = HeadSignals(**{**REST, **changes}, size=150, template=np.ones(1, np.float32))
    return FrameSignals(milliseconds=index * EVERY, faces=1, head=head, digest=str(index), colours=np.ones(1))


def film(*steps: str, rest: int = 8, held: int = 4) -> list[FrameSignals]:
    """Somebody who rests for `rest` frames, does a step for `held`, and so on."""
    course = [{}] * rest
    for step in steps:
        course += [DONE[step]] * held + [{}] * rest
    return [frame(index, **changes) for index, changes in enumerate(course)]


@pytest.mark.parametrize("step", STEPS)
def test_each_movement_is_seen_where_it_happens(step):
    (movement,) = movements(film(step))
    assert (movement.step, movement.start, movement.end) == (step, 8, 12)


@given(
    st.lists(st.sampled_from(STEPS), min_size=1, max_size=4).filter(
        lambda steps: all(a != b for a, b in zip(steps, steps[1:], strict=False))
    )
)
def test_whatever_is_asked_and_done_is_met(steps):
    results, verdict = judge_steps(film(*steps), steps)
    assert [result.met for result in results] == [True] * len(steps)
    assert verdict == ""


@given(st.permutations(["turn_left", "turn_right", "nod", "open_mouth"]))
def test_another_order_is_refused(done):
    asked = ["turn_left", "turn_right", "nod", "open_mouth"]
    _results, verdict = judge_steps(film(*done), asked)
    assert verdict == ("" if done == asked else "wrong_order")


def test_a_step_that_is_missing_is_named():
    results, verdict = judge_steps(film("turn_left"), ["turn_left", "open_mouth"])
    assert verdict == "step_missed"
    assert [(result.step, result.met, result.reason) for result in results] == [
        ("turn_left", True, ""),
        ("open_mouth", False, "not_seen"),
    ]


def test_the_other_side_is_no_turn_to_this_side():
    _results, verdict = judge_steps(film("turn_right"), ["turn_left"])
    assert verdict == "step_missed"


def test_a_film_of_all_movements_answers_no_challenge():
    """A recording made once for every challenge."""
    _results, verdict = judge_steps(film(*STEPS), ["turn_left", "open_mouth"])
    assert verdict == "other_movement"


def test_blinks_between_are_human():
    _results, verdict = judge_steps(film("blink", "turn_left", "blink", "open_mouth"), ["turn_left", "open_mouth"])
    assert verdict == ""


def test_one_model_alone_makes_no_turn():
    """The mesh says 27 degrees, the detector's nose has not moved."""
    frames = film("turn_left")
    still = [frame(index, yaw=each.head.yaw) for index, each in enumerate(frames)]
    assert movements(still) == ()


def test_a_signal_that_trembles_about_its_limit_is_one_movement():
    trembling = [frame(index, yaw=3 + yaw, asymmetry=yaw / 90) for index, yaw in enumerate([0, 0, 0, 15.5, 13, 16, 12, 15.2, 3, 0])]
    assert [movement.step for movement in movements(trembling)] == ["turn_left"]


def test_what_is_judged_against_is_the_persons_own_rest():
    """Narrow eyes and a smile with open lips are no blink and no open mouth; half of one's own openness is one."""
    course = [{"eyes": 0.09, "mouth": 0.33}] * 8 + [{"eyes": 0.04, "mouth": 0.33}] * 2 + [{"eyes": 0.09, "mouth": 0.33}] * 8
    found = movements([frame(index, **changes) for index, changes in enumerate(course)])
    assert [movement.step for movement in found] == ["blink"]


def test_lids_and_lips_of_a_turned_head_say_nothing():
    course = [{}] * 8 + [{**DONE["turn_left"], "eyes": 0.05, "mouth": 0.7}] * 4 + [{}] * 8
    found = movements([frame(index, **changes) for index, changes in enumerate(course)])
    assert [movement.step for movement in found] == ["turn_left"]


@pytest.mark.parametrize(
    ("_case", "asked_at", "reason", "verdict"),
    [
        ("while it is asked for", [600, 2500], "", ""),
        ("faster than a human reacts", [950, 2500], "too_early", "step_missed"),
        ("before it was asked for", [1500, 3000], "too_early", "step_missed"),
        ("long after it was asked for", [0, 200], "too_late", "step_missed"),
    ],
)
def test_a_step_counts_while_it_is_asked_for(_case, asked_at, reason, verdict):
    """The movement starts at 1000 ms."""
    results, told = judge_steps(film("nod"), ["nod"], asked_at)
    assert (results[0].reason, told) == (reason, verdict)


def test_no_face_at_all_shows_nothing():
    empty = [FrameSignals(index * EVERY, 0, None, str(index), np.ones(1)) for index in range(20)]
    results, verdict = judge_steps(empty, ["blink"])
    assert not results[0].met
    assert verdict == "step_missed"
