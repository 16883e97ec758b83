"""Photographs shown one after the other are no film, whatever is done to them as a whole; a face that moves is one (P-REG-3, R-40)."""

import cv2
import numpy as np
import pytest

from demo.specimens.motions import FRAMES_PER_SECOND, Portrait, Pose, perform
from verification.engines.liveness.active import Frame
from verification.engines.liveness.stillness import SAME, STILL_SHARE, left_over, patch_of, stands_still, still_share

pytestmark = pytest.mark.slow
EVERY = 150.0  # ms
REST, SHUT, OPEN = Pose(), Pose(lids=0.85), Pose(mouth=1)
# what is shown from when on, ms: eyes closed, then mouth opened
SHOWN = ((0, REST), (2400, SHUT), (3400, REST), (5400, OPEN), (6400, REST))


@pytest.fixture(scope="module")
def photographs(faces):
    portrait = Portrait(faces["obama3"][0])
    return {pose: portrait.frame(pose) for pose in (REST, SHUT, OPEN)}


def slides(photographs, *, noise=2.0, shake=0.0, zoom=0.0, fade=0.0, flicker=0.0, quality=85, last=7500) -> list[Frame]:
    """The photographs one after the other, each faded into the next (ms), shaken (px), zoomed (share), flickering and noisy."""
    random, frames = np.random.default_rng(3), []
    for at in np.arange(0, last, EVERY):
        now = max(index for index, (begin, _) in enumerate(SHOWN) if begin <= at)
        share = 1.0 if not now else min(1.0, (at - SHOWN[now][0] + 1) / max(fade, 1))
        picture = photographs[SHOWN[now][1]] * share + photographs[SHOWN[max(now - 1, 0)][1]] * (1 - share)
        side, scale = picture.shape[0], 1 + zoom * at / last
        place = np.array([[scale, 0, (1 - scale) * side / 2], [0, scale, (1 - scale) * side / 2]])
        place[:, 2] += random.normal(0, shake, 2) if shake else 0
        moved = cv2.warpAffine(picture, place, (side, side), flags=cv2.INTER_CUBIC, borderMode=cv2.BORDER_REPLICATE)
        noisy = moved * (1 + random.normal(0, flicker)) + random.normal(0, noise, moved.shape)
        jpeg = cv2.imencode(".jpg", noisy.clip(0, 255).astype(np.uint8), [cv2.IMWRITE_JPEG_QUALITY, quality])[1]
        frames.append(Frame(cv2.imdecode(jpeg, cv2.IMREAD_COLOR), float(at)))
    return frames


@pytest.fixture
def share(engines):
    def of(frames: list[Frame]) -> float:
        patches = [patch_of(frame.bgr, engines.face.detect(frame.bgr)[0]) for frame in frames]
        return still_share(patches, [frame.milliseconds for frame in frames])

    return of


@pytest.mark.parametrize(
    "changes",
    [
        {},
        {"shake": 1.2},
        {"shake": 1, "zoom": 0.08},
        {"shake": 1, "noise": 6},
        {"shake": 1, "flicker": 0.05},
        {"fade": 600},
        {"shake": 1, "quality": 50},
    ],
)
def test_photographs_stand_still_whatever_is_done_to_them_as_a_whole(photographs, share, changes):
    assert share(slides(photographs, **changes)) >= STILL_SHARE + 0.05


@pytest.mark.parametrize("steps", [("blink", "open_mouth"), ("open_mouth", "nod")])
def test_a_face_that_moves_does_not(faces, share, steps):
    frames = [Frame(bgr, index * 1000 / FRAMES_PER_SECOND) for index, bgr in enumerate(perform(faces["obama3"][0], steps, seed=1))]
    assert share(frames) < 0.2


def test_slides_of_lids_and_lips_answer_no_challenge(engines, photographs):
    """The movements are there, in their order and at their time."""
    activity = engines.active.judge(slides(photographs, shake=1.0), ("blink", "open_mouth"), asked_at=(1600, 4600, 7500))
    assert [step.met for step in activity.steps] == [True, True]
    assert (activity.passed, activity.reason) == (False, "frozen")


def test_what_is_left_over_is_told_apart_from_a_shift_of_the_whole(faces, engines):
    """Both films move the face by a pixel and more; only in one do its parts move against each other."""
    picture, face = faces["obama3"]
    one = patch_of(picture, face)
    shifted = cv2.warpAffine(picture, np.float32([[1.01, 0.01, 2], [-0.01, 1.01, -3]]), picture.shape[1::-1])
    bent = cv2.remap(picture, *_bent(picture.shape), cv2.INTER_CUBIC)
    assert left_over(one, patch_of(shifted, face)) < SAME
    assert left_over(one, patch_of(bent, face)) > 2 * SAME


def _bent(shape: tuple[int, ...]) -> tuple[np.ndarray, np.ndarray]:
    y, x = np.mgrid[0 : shape[0], 0 : shape[1]].astype(np.float32)
    return x + np.float32(1.5) * np.sin(y / 15).astype(np.float32), y


def test_nothing_to_compare_stands_not_still():
    patch = np.full((128, 128), 90, np.float32)
    assert still_share([], []) == 0
    assert not stands_still([patch, None, patch], [0.0, 100.0, 200.0])
