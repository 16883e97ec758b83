"""Active liveness: one person, filmed in one go, doing what was asked.

What each rule stops and what none can is told in docs/engines/active.md.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise
from statistics import median_low
from typing import Literal

import numpy as np

from verification.engines.base import Face, FaceEngine
from verification.engines.face.one_face import several
from verification.engines.liveness.course import course_of, paces_like, paces_of
from verification.engines.liveness.face_mesh import FaceMesh
from verification.engines.liveness.signals import FrameSignals, HeadSignals, colours_of, digest_of, head_signals
from verification.engines.liveness.steps import REST_FRAMES, Step, StepResult, judge_steps, jumped
from verification.engines.liveness.stillness import patch_of, stands_still
from verification.engines.sizes import within

Reason = Literal[
    "", "too_few_frames", "too_long", "frozen", "spliced", "face_lost", "several_faces", "face_changed", "not_the_selfie",
    "step_missed", "wrong_order", "other_movement",
]  # fmt: skip

SIDE = 480  # px: the longer side at which a frame is looked at
MIN_FRAMES = 8
MAX_FRAMES = 161  # 20 s at the eight a second that are looked at of a film
MAX_MILLISECONDS = 20_000

_PRESENCE = 0.5
# Frames without a face that are forgiven at a stretch: the detector misses one in the blur of a movement.
_LOST_FRAMES = 2
# Of neighbouring frames more than this share equal: a picture stood still. A camera in the dark may give each frame twice.
_FROZEN_SHARE = 0.6
# ms between neighbouring frames from which nobody knows what happened between them; the page films six a second
_LONGEST_PAUSE = 700
# Intersection of neighbouring frames' colour histograms under which there is a cut.
_CUT = 0.45


@dataclass(frozen=True, slots=True)
class ActiveThresholds:
    """SFace cosines: `level` to the person's own level frames, `turned` for a head that is turned away (a profile is less alike),
    `other` to the selfie or another picture of the same person."""

    level: float = 0.42
    turned: float = 0.30
    other: float = 0.36


@dataclass(frozen=True, slots=True)
class Frame:
    """A picture and when it was taken, in ms from the first one."""

    bgr: np.ndarray
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Activity:
    """The judgement. `reason` is the first rule that was broken; `likeness` the lowest cosine of a frame to the person's own level
    frames, and `selfie` the cosine to the selfie where one was handed in. `frames` is how many were looked at."""

    passed: bool
    reason: Reason
    steps: tuple[StepResult, ...]
    frames: int
    milliseconds: float
    likeness: float | None
    selfie: float | None
    template: np.ndarray | None
    # the frame most like the person's own level ones, and the digests that name the frames' exact pixels
    clearest: int | None = None
    digests: tuple[str, ...] = ()
    # by what the film is known again in other pixels (verification.engines.liveness.course)
    course: bytes = b""
    paces: tuple[str, ...] = ()
    paces_like: tuple[str, ...] = ()


class ActiveLiveness:
    """Judges the answers to challenges; 60 to 90 ms a frame."""

    name = "face-mesh+sface"

    def __init__(self, face: FaceEngine, mesh: FaceMesh, thresholds: ActiveThresholds | None = None) -> None:
        self._face, self._mesh = face, mesh
        self.thresholds = thresholds or ActiveThresholds()
        self.version = f"1:{face.version}+{mesh.version}"

    def judge(
        self,
        frames: Iterable[Frame],
        steps: Sequence[Step],
        *,
        asked_at: Sequence[float] | None = None,
        selfie: np.ndarray | None = None,
    ) -> Activity:
        """Whether the frames show one person doing `steps`.

        `asked_at`: when each step was shown and when the last one ended, in ms of the frames' clock. `selfie`: a template that the
        face must match. Frames are looked at as they come and are not kept.
        """
        seen: list[FrameSignals] = []
        for frame in frames:
            if len(seen) == MAX_FRAMES or frame.milliseconds > MAX_MILLISECONDS:
                return _stopped("too_long", seen)
            seen.append(self.signals(frame))
        if len(seen) < MIN_FRAMES:
            return _stopped("too_few_frames", seen)
        results, verdict = judge_steps(seen, steps, asked_at)
        own = _own_template(seen)
        likeness = _lowest(seen, own) if own is not None else None
        to_selfie = float(own @ selfie) if own is not None and selfie is not None else None
        reason = (
            _material(seen)
            or ("spliced" if jumped(seen) else "")
            or ("frozen" if _stands_still(seen) else "")
            or self._person(seen, own)
            or ("not_the_selfie" if to_selfie is not None and to_selfie < self.thresholds.other else "")
            or verdict
        )
        return Activity(
            passed=not reason,
            reason=reason,
            steps=tuple(results),
            frames=len(seen),
            milliseconds=seen[-1].milliseconds,
            likeness=likeness,
            selfie=to_selfie,
            template=own,
            clearest=_clearest(seen, own) if own is not None else None,
            digests=_faces_digests(seen),
            course=course_of(seen),
            paces=paces_of(seen),
            paces_like=paces_like(seen),
        )

    def signals(self, frame: Frame) -> FrameSignals:
        """What one frame shows."""
        bgr, _scale = within(frame.bgr, SIDE)
        faces = self._face.detect(bgr)
        head = self._head(bgr, faces[0]) if faces and not several(faces) else None
        counted = len(faces[:1]) + several(faces)
        patch = patch_of(bgr, faces[0]) if head else None
        return FrameSignals(frame.milliseconds, counted, head, digest_of(bgr), colours_of(bgr), patch)

    def _head(self, bgr: np.ndarray, face: Face) -> HeadSignals | None:
        mesh = self._mesh.locate(bgr, face)
        if mesh.presence < _PRESENCE:
            return None
        return head_signals(mesh, face, self._mesh.eye_openness(bgr, mesh), self._face.embed(bgr, face))

    def _person(self, seen: Sequence[FrameSignals], own: np.ndarray | None) -> Reason:
        """One face all the way, and the same one."""
        if sum(frame.faces > 1 for frame in seen) > _LOST_FRAMES:
            return "several_faces"
        if own is None or _longest_gap(seen) > _LOST_FRAMES:
            return "face_lost"
        rest = _rest_yaw([frame.head for frame in seen if frame.head])
        for head in (frame.head for frame in seen if frame.head):
            limit = self.thresholds.level if abs(head.yaw - rest) < _LEVEL else self.thresholds.turned
            if float(own @ head.template) < limit:
                return "face_changed"
        return ""


_LEVEL = 12.0  # degrees from the person's rest within which a head counts as level


def _material(seen: Sequence[FrameSignals]) -> Reason:
    """Taken in one go: neither a still picture nor frames put together.

    What shows no face is left out where frames are compared: many cameras begin with a black one, and that is the same for everybody.
    """
    digests = [frame.digest for frame in seen]
    if sum(one == other for one, other in pairwise(digests)) > _FROZEN_SHARE * (len(seen) - 1):
        return "frozen"
    faces = [frame for frame in seen if frame.head]
    shown = _faces_digests(seen)
    runs = [digest for index, digest in enumerate(shown) if index == 0 or shown[index - 1] != digest]
    cut = any(float(np.minimum(one.colours, other.colours).sum()) < _CUT for one, other in pairwise(faces))
    paused = any(other.milliseconds - one.milliseconds > _LONGEST_PAUSE for one, other in pairwise(seen))
    # a frame that comes back, or a clock that does, is no camera's
    backwards = any(other.milliseconds <= one.milliseconds for one, other in pairwise(seen))
    return "spliced" if cut or paused or backwards or len(set(runs)) < len(runs) else ""


def _stands_still(seen: Sequence[FrameSignals]) -> bool:
    return stands_still([frame.patch for frame in seen], [frame.milliseconds for frame in seen])


def _own_template(seen: Sequence[FrameSignals]) -> np.ndarray | None:
    """The person's face as the level frames have it, unit length."""
    heads = [frame.head for frame in seen if frame.head]
    if not heads:
        return None
    rest = _rest_yaw(heads)
    mean = np.mean([head.template for head in heads if abs(head.yaw - rest) < _LEVEL], axis=0)
    return mean / max(float(np.linalg.norm(mean)), 1e-9)


def _rest_yaw(heads: Sequence[HeadSignals]) -> float:
    """The person's rest, degrees: that of one of the first frames, so that there is always a level one."""
    return median_low(head.yaw for head in heads[:REST_FRAMES])


def _faces_digests(seen: Sequence[FrameSignals]) -> tuple[str, ...]:
    return tuple(frame.digest for frame in seen if frame.head)


def _lowest(seen: Sequence[FrameSignals], own: np.ndarray) -> float:
    return min(float(own @ frame.head.template) for frame in seen if frame.head)


def _clearest(seen: Sequence[FrameSignals], own: np.ndarray) -> int:
    return max((index for index, frame in enumerate(seen) if frame.head), key=lambda index: float(own @ seen[index].head.template))


def _longest_gap(seen: Sequence[FrameSignals]) -> int:
    """The most frames without one face, one after the other."""
    longest = gap = 0
    for frame in seen:
        gap = 0 if frame.head else gap + 1
        longest = max(longest, gap)
    return longest


def _stopped(reason: Reason, seen: Sequence[FrameSignals]) -> Activity:
    milliseconds = seen[-1].milliseconds if seen else 0.0
    return Activity(False, reason, (), len(seen), milliseconds, None, None, None, digests=_faces_digests(seen))
