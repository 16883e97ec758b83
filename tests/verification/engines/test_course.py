"""P-REG-3: a film is known again by how the head moved, whatever became of its pixels; another film of the same movements is another."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.verification.engines.test_steps import DONE, REST
from verification.engines.liveness.course import LONGEST, SAME_FILM, course_of, likeness, paces_like, paces_of
from verification.engines.liveness.signals import FrameSignals, HeadSignals


def film(*, seed: int, steps=("turn_left", "open_mouth"), every: float = 140.0, trembling: float = 0.0, crop: float = 1.0):
    """Somebody who does `steps` in a way and with a swaying head that `seed` draws; `trembling` is what the models add."""
    random, noise = np.random.default_rng(seed), np.random.default_rng(99)
    begins = [1500 + 3000 * index + random.uniform(200, 900) for index in range(len(steps))]
    holds = random.uniform(400, 1200, len(steps))
    waves = [(random.uniform(2, 8), random.uniform(0.3, 1.0), random.uniform(0, 6)) for _ in range(6)]

    def sway(index: int, at: float) -> float:
        size, speed, begin = waves[index]
        return size * np.sin(at / 1000 * speed * 2 * np.pi + begin)

    frames = []
    for at in np.arange(0, 3000 * len(steps) + 1500, every):
        head = {**REST, "yaw": REST["yaw"] + sway(0, at) / 8, "pitch": REST["pitch"] + sway(1, at) / 3}
        for step, begin, hold in zip(steps, begins, holds, strict=True):
            share = float(np.interp(at - begin, [0, 350, 350 + hold, 700 + hold], [0, 1, 1, 0]))
            head = {name: value + share * (DONE[step].get(name, REST[name]) - REST[name]) for name, value in head.items()}
        head = {name: value + noise.normal(0, trembling) * (1 if name in ("yaw", "pitch") else 0.01) for name, value in head.items()}
        place = (crop * (300 + 2 * sway(2, at)), crop * (200 + 2 * sway(3, at)))
        signals = HeadSignals(**head, size=150, template=np.ones(1), place=place, width=crop * (150 + sway(4, at)))
        frames.append(FrameSignals(at, 1, signals, str(at), np.ones(1)))
    return frames


def later(frames: list[FrameSignals], by: float) -> list[FrameSignals]:
    """The same film, begun later."""
    return [replace(frame, milliseconds=frame.milliseconds - by) for frame in frames if frame.milliseconds >= by]


def mirrored(frames: list[FrameSignals]) -> list[FrameSignals]:
    def turned(head: HeadSignals) -> HeadSignals:
        return replace(head, yaw=-head.yaw, asymmetry=-head.asymmetry, place=(-head.place[0], head.place[1]))

    return [replace(frame, head=turned(frame.head)) for frame in frames]


def found_again(again: list[FrameSignals], first: list[FrameSignals]) -> bool:
    """As the product finds it: by a pace, then by the course."""
    near = set(paces_like(again)) & set(paces_of(first))
    return bool(near) and likeness(course_of(again), [course_of(first)]) >= SAME_FILM


@pytest.mark.parametrize(
    ("_case", "again"),
    [
        ("sampled at other moments, with other noise", film(seed=1, every=155, trembling=0.4)),
        ("scaled", film(seed=1, crop=0.5)),
        ("begun later", later(film(seed=1), 800)),
        ("mirrored", mirrored(film(seed=1))),
    ],
)
def test_a_film_is_known_again(_case, again):
    assert found_again(again, film(seed=1, trembling=0.3))


def test_a_part_of_a_longer_film_is_known_again():
    """Its first movement left out, to answer a challenge of the other two."""
    whole = film(seed=3, steps=("turn_left", "nod", "open_mouth"))
    assert found_again(later(whole, 3000), whole)


@pytest.mark.parametrize("seed", range(2, 22))
def test_the_same_movements_done_again_are_another_film(seed):
    """Asked for at the same moments, before the same camera."""
    assert not found_again(film(seed=seed), film(seed=1))
    assert likeness(course_of(film(seed=seed)), [course_of(film(seed=1))]) < SAME_FILM


def test_one_among_many_is_found():
    others = [course_of(film(seed=seed)) for seed in range(2, 30)]
    again = course_of(film(seed=1, every=155, trembling=0.4))
    assert likeness(again, others) < SAME_FILM <= likeness(again, [*others, course_of(film(seed=1))])


def test_a_still_head_is_like_no_other():
    """Two films in which nothing moves have nothing by which they could be told apart."""
    still = [FrameSignals(index * 140.0, 1, HeadSignals(**REST, size=150, template=np.ones(1)), "", np.ones(1)) for index in range(50)]
    assert likeness(course_of(still), [course_of(still)]) == 0
    assert paces_of(still) == paces_like(still) == ()


@pytest.mark.parametrize("other", [b"", b"\x01\x02\x03\x04\x05\x06"])
def test_what_is_too_short_is_like_nothing(other):
    course = course_of(film(seed=1))
    assert likeness(course, [other]) == likeness(other, [course]) == likeness(course, []) == 0


def test_frames_without_faces_or_with_a_clock_that_stands_have_no_course():
    frames = film(seed=1)
    assert course_of([]) == course_of(frames[:1]) == b""
    assert course_of([replace(frame, faces=0, head=None) for frame in frames]) == b""
    assert course_of([frames[0], frames[0], *frames[1:]]) == b""


@settings(max_examples=30)
@given(st.lists(st.binary(max_size=LONGEST * 12), max_size=5))
def test_whatever_is_kept_is_compared(others):
    """A course is cut to whole rows before; likeness lies between 0 and 1."""
    whole = [other[: len(other) // 6 * 6] for other in others]
    assert 0 <= likeness(course_of(film(seed=1)), whole) <= 1


def test_a_course_is_short():
    """A kilobyte or so a film is kept, however long it is."""
    assert len(course_of(film(seed=1, steps=("nod",) * 9))) == LONGEST * 6
