"""Active liveness on pictures: portraits made to move answer challenges; what is not one person filmed in one go does not.

R-40: nothing here is an error rate. Portraits moved by `demo.specimens.motions` are no living people.
"""

import cv2
import numpy as np
import pytest

from demo.specimens.motions import FRAMES_PER_SECOND, perform, schedule
from verification.engines.liveness.active import Frame

pytestmark = pytest.mark.slow

STEPS = ("turn_left", "open_mouth")
_films: dict[tuple, list[Frame]] = {}


@pytest.fixture
def film(faces):
    """The frames of a portrait doing steps; each is made once."""

    def make(name: str = "obama3", steps: tuple[str, ...] = STEPS, seed: int = 1) -> list[Frame]:
        key = (name, steps, seed)
        if key not in _films:
            pictures = perform(faces[name][0], steps, seed=seed)
            _films[key] = [Frame(picture, index * 1000 / FRAMES_PER_SECOND) for index, picture in enumerate(pictures)]
        return list(_films[key])

    return make


def retimed(frames: list[Frame]) -> list[Frame]:
    return [Frame(frame.bgr, index * 1000 / FRAMES_PER_SECOND) for index, frame in enumerate(frames)]


@pytest.mark.parametrize(
    ("name", "steps"),
    [
        ("obama3", ("turn_left", "open_mouth")),
        ("obama3", ("blink", "turn_right")),
        ("biden", ("nod", "blink")),
        ("biden", ("open_mouth", "turn_right")),
        ("astronaut", ("turn_left", "nod")),
    ],
)
def test_who_does_what_is_asked_passes(engines, film, name, steps):
    activity = engines.active.judge(film(name, steps), steps)
    assert (activity.passed, activity.reason) == (True, "")
    assert [result.met for result in activity.steps] == [True, True]
    asked = schedule(steps)
    for result, start, end in zip(activity.steps, asked, asked[1:], strict=False):
        assert start < result.milliseconds < end


def test_who_does_something_else_fails(engines, film):
    activity = engines.active.judge(film(), ("turn_right", "open_mouth"))
    assert (activity.passed, activity.reason) == (False, "step_missed")
    assert [(result.step, result.met) for result in activity.steps] == [("turn_right", False), ("open_mouth", True)]


def test_the_other_order_fails(engines, film):
    assert engines.active.judge(film(), ("open_mouth", "turn_left")).reason == "wrong_order"


def test_a_mirrored_film_turns_to_the_other_side(engines, film):
    mirrored = [Frame(np.ascontiguousarray(frame.bgr[:, ::-1]), frame.milliseconds) for frame in film()]
    assert engines.active.judge(mirrored, ("turn_right", "open_mouth")).passed
    assert engines.active.judge(mirrored, STEPS).reason == "step_missed"


def test_a_step_counts_only_while_it_is_asked_for(engines, film):
    asked = schedule(STEPS)
    assert engines.active.judge(film(), STEPS, asked_at=asked).passed
    later = [moment + 1500 for moment in asked]
    activity = engines.active.judge(film(), STEPS, asked_at=later)
    assert (activity.passed, activity.steps[0].reason) == (False, "too_early")


def test_the_face_of_the_selfie_must_be_it(engines, film, faces):
    own, other = (engines.face.embed(*faces[name]) for name in ("obama2", "biden"))
    assert engines.active.judge(film(), STEPS, selfie=own).passed
    assert engines.active.judge(film(), STEPS, selfie=other).reason == "not_the_selfie"


def test_a_still_picture_is_frozen(engines, film):
    still = retimed([film()[0]] * 40)
    assert engines.active.judge(still, STEPS).reason == "frozen"


def test_a_slow_camera_that_gives_each_frame_twice_is_not(engines, film):
    twice = retimed([frame for frame in film() for _ in range(2)])
    assert engines.active.judge(twice, STEPS).passed


def test_a_loop_is_spliced(engines, film):
    """Frames that come back: a film played to and fro to gain a movement."""
    frames = film()
    assert engines.active.judge(retimed(frames[:20] + frames[19:5:-1] + frames[5:]), STEPS).reason == "spliced"


def test_frames_with_a_clock_that_runs_backwards_are_spliced(engines, film):
    frames = film()
    late = [*frames[:10], Frame(frames[10].bgr, frames[9].milliseconds - 1), *frames[11:]]
    assert engines.active.judge(late, STEPS).reason == "spliced"


def test_a_cut_to_another_place_is_spliced(engines, film):
    """Two films of one person, each with one of the steps."""
    elsewhere = film("obama2", ("open_mouth",))
    assert engines.active.judge(retimed(film("obama3", ("turn_left",)) + elsewhere), STEPS).reason == "spliced"


def test_another_face_within_the_same_picture_is_a_changed_face(engines, film):
    """Somebody's face laid over the frames of one step, with the surroundings kept."""
    frames, other = film(), film("biden")
    swapped = [
        Frame(_face_of(other[index].bgr, over=frame.bgr), frame.milliseconds) if 8 <= index < 18 else frame
        for index, frame in enumerate(frames)
    ]
    assert engines.active.judge(swapped, STEPS).reason == "face_changed"


def _face_of(bgr: np.ndarray, *, over: np.ndarray) -> np.ndarray:
    """The middle of `bgr` over `over`: both are framed alike."""
    laid = over.copy()
    laid[110:375, 130:350] = bgr[110:375, 130:350]
    return laid


def test_a_second_person_in_the_picture_is_named(engines, film):
    def beside(frame: Frame) -> Frame:
        return Frame(np.hstack([frame.bgr, frame.bgr[:, ::-1]]), frame.milliseconds)

    assert engines.active.judge([beside(frame) for frame in film()], STEPS).reason == "several_faces"


def test_a_face_that_leaves_is_lost(engines, film):
    def hidden(frame: Frame) -> Frame:
        covered = frame.bgr.copy()
        covered[60:420, 100:380] = cv2.GaussianBlur(covered[60:420, 100:380], (0, 0), 30)
        return Frame(covered, frame.milliseconds)

    frames = film()
    assert engines.active.judge(frames[:9] + [hidden(frame) for frame in frames[9:13]] + frames[13:], STEPS).reason == "face_lost"


def test_too_little_and_too_much(engines, film):
    frames = film()
    assert engines.active.judge(frames[:5], STEPS).reason == "too_few_frames"
    assert engines.active.judge([], STEPS).reason == "too_few_frames"
    assert engines.active.judge([*frames, Frame(frames[0].bgr, 20_001)], STEPS).reason == "too_long"


def test_a_slide_show_of_photographs_is_no_movement(engines, film):
    """Level, then turned, and nothing between: no head gets there unseen."""
    frames, steps = film(), STEPS
    activity = engines.active.judge(frames, steps)
    turned = frames[activity.steps[0].frame]
    still, random = frames[0].bgr, np.random.default_rng(5)
    slides = [still] * 6 + [turned.bgr] * 6 + [still] * 6
    shaken = [np.clip(slide.astype(int) + random.integers(-3, 4, slide.shape), 0, 255).astype(np.uint8) for slide in slides]

    shown = engines.active.judge([Frame(slide, index * 160.0) for index, slide in enumerate(shaken)], ("turn_left",))

    assert [result.met for result in shown.steps] == [True]
    assert (shown.passed, shown.reason) == (False, "spliced")


def test_frames_far_apart_are_no_film(engines, film):
    """What happened between them nobody knows."""
    slow = [Frame(frame.bgr, index * 1500.0) for index, frame in enumerate(film()[::3][:10])]
    assert engines.active.judge(slow, STEPS).reason == "spliced"


def test_a_camera_may_begin_with_a_black_frame(engines, film):
    """Many do; it is the same for everybody, so it proves neither a cut nor that it was sent before."""
    frames = film()
    black = Frame(np.zeros_like(frames[0].bgr), 0.0)
    activity = engines.active.judge([black, *(Frame(frame.bgr, frame.milliseconds + 100) for frame in frames)], STEPS)
    assert (activity.passed, activity.reason) == (True, "")
    assert len(activity.digests) == len(frames)


def test_a_head_turned_half_the_time_to_each_side_is_judged(engines, film):
    """No rest lies between: the first frames say what rest is."""
    frames = film()
    turned = frames[engines.active.judge(frames, STEPS).steps[0].frame].bgr
    both = [turned, np.ascontiguousarray(turned[:, ::-1])]
    random = np.random.default_rng(6)
    noisy = [np.clip(both[index // 5].astype(int) + random.integers(-3, 4, turned.shape), 0, 255).astype(np.uint8) for index in range(10)]
    activity = engines.active.judge([Frame(picture, index * 125.0) for index, picture in enumerate(noisy)], STEPS)
    assert not activity.passed
    assert activity.reason
