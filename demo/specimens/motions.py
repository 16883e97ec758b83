"""Portraits that move: what somebody answering a challenge would film, made from one photograph.

The picture is cut into triangles along the points of the face mesh; the points are turned, the lids or the jaw are moved, and the
triangles follow. It serves the demo and the tests, which have no living person before the camera. It also shows what a challenge
can't stop by itself: pictures made up as fast as they are asked for.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import cv2
import numpy as np

from verification.engines import engines
from verification.engines.base import Face

SIDE = 480  # px of a frame
FRAMES_PER_SECOND = 7.0

# Points of MediaPipe's face mesh. Lids as pairs of the same place on the upper and the lower lid, the person's right eye first.
_UPPER_LIDS = (246, 161, 160, 159, 158, 157, 173, 466, 388, 387, 386, 385, 384, 398)
_LOWER_LIDS = (7, 163, 144, 145, 153, 154, 155, 249, 390, 373, 374, 380, 381, 382)
_INNER_LIPS = (78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308, 324, 318, 402, 317, 14, 87, 178, 88, 95)
_UPPER_LIP = (61, 185, 40, 39, 37, 0, 267, 269, 270, 409, 291, 76, 184, 74, 73, 72, 11, 302, 303, 304, 408, 306,
              62, 183, 42, 41, 38, 12, 268, 271, 272, 407, 292, 78, 191, 80, 81, 82, 13, 312, 311, 310, 415, 308)  # fmt: skip
_MOUTH_CORNERS, _CHIN, _FOREHEAD = (61, 291), 152, 10
_JAW = 0.16  # how far the jaw drops, as a share of the face's length
_MOUTH_DARK = (30, 22, 52)  # BGR: the inside of a mouth


@dataclass(frozen=True, slots=True)
class Pose:
    """How the head is held: `turn` in degrees to the person's left, `nod` in degrees down, `mouth` and `lids` 0 (as photographed)
    to 1 (wide open; shut), `shift` in px for the hand that holds the phone."""

    turn: float = 0.0
    nod: float = 0.0
    mouth: float = 0.0
    lids: float = 0.0
    shift: tuple[float, float] = (0.0, 0.0)


# ms: from a step being asked for to its beginning, and for how long it is held
_REACTION, _HELD = (250, 500), (400, 700)
# degrees, px of the hand, and radians a second: nobody's head or hand is still
_SWAY, _DRIFT, _SWAYS = 1.2, (4.0, 8.0), (1.0, 4.0)

# what each step of a challenge looks like at its height
POSES = {
    "turn_left": Pose(turn=30),
    "turn_right": Pose(turn=-30),
    "nod": Pose(nod=22),
    "open_mouth": Pose(mouth=1),
    "blink": Pose(lids=0.85),
}


class Portrait:
    """A portrait that can be posed. `bgr` is (height, width, 3) uint8."""

    def __init__(self, bgr: np.ndarray, face: Face | None = None) -> None:
        face = face or engines().face.detect(bgr)[0]
        self._picture, self._points = _framed(bgr, face)
        self._widen_eyes()
        self._ends = _around(self._points)
        self._corners = np.concatenate([self._points, self._ends])
        self._triangles = _triangulate(self._corners[:, :2])

    def frame(self, pose: Pose) -> np.ndarray:
        """The portrait in this pose: BGR, uint8, (SIDE, SIDE, 3)."""
        moved = self._moved(pose)
        to_source = self._coordinates(moved)
        picture = cv2.remap(self._picture, to_source, None, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
        if pose.mouth > 0:
            inside = np.zeros(picture.shape[:2], np.uint8)
            lips = moved[list(_INNER_LIPS), :2]
            # what the upper teeth leave
            lips[1:10] += 0.3 * (lips[-1:-10:-1] - lips[1:10])
            cv2.fillPoly(inside, [lips.round().astype(np.int32)], 255)
            share = (cv2.GaussianBlur(inside, (0, 0), 1.2)[..., None] / 255) * min(1, pose.mouth * 1.5)
            picture = (picture * (1 - share) + np.array(_MOUTH_DARK) * share).astype(np.uint8)
        return picture

    def _moved(self, pose: Pose) -> np.ndarray:
        """Where every corner lies in this pose, (n, 3) px."""
        points = self._points.copy()
        self._shut_lids(points, pose.lids)
        self._drop_jaw(points, pose.mouth)
        ends = self._ends.copy()
        moved = np.concatenate([points, ends])
        turned = _turned(moved, self._points, pose)
        # the frame's edge stays, the hair follows half way
        follows = np.concatenate([np.ones(len(points)), np.full(_RING, 0.75), np.zeros(len(ends) - _RING)])[:, None]
        moved = moved + (turned - moved) * follows
        moved[:, :2] += np.array(pose.shift) * follows
        return moved

    def _widen_eyes(self) -> None:
        """Move the lids' points off the eyeball: the mesh lays them on its edge, and what is left over would stay to be seen."""
        upper, lower = list(_UPPER_LIDS), list(_LOWER_LIDS)
        gap = self._points[upper] - self._points[lower]
        self._points[upper] += 0.15 * gap
        self._points[lower] -= 0.1 * gap

    def _shut_lids(self, points: np.ndarray, lids: float) -> None:
        upper, lower = list(_UPPER_LIDS), list(_LOWER_LIDS)
        points[upper] += (self._points[lower] - self._points[upper]) * lids * 0.97

    def _drop_jaw(self, points: np.ndarray, mouth: float) -> None:
        corners = self._points[list(_MOUTH_CORNERS), :2]
        middle, width = corners.mean(axis=0), float(np.linalg.norm(corners[1] - corners[0]))
        length = self._points[_CHIN, :2] - self._points[_FOREHEAD, :2]
        drop = _JAW * float(np.linalg.norm(length)) * mouth
        down = length / np.linalg.norm(length)
        across = np.array([down[1], -down[0]])
        below, beside = (self._points[:, :2] - middle) @ down, (self._points[:, :2] - middle) @ across
        share = np.exp(-((beside / width) ** 2)) * np.clip(below / (0.1 * width) + 1, 0, 1)
        # at the corners the lips stay together
        share *= np.where(below < 0.5 * width, np.clip(1.25 - (beside / (0.5 * width)) ** 2, 0, 1), 1)
        share[list(_UPPER_LIP)] = 0
        points[:, :2] += down * (share * drop)[:, None]
        # an open mouth is narrower
        near = np.exp(-(((beside / width) ** 2 + (below / width) ** 2) * 2))
        points[:, :2] -= across * (beside * near * 0.25 * mouth)[:, None]

    def _coordinates(self, moved: np.ndarray) -> np.ndarray:
        """For each px of the frame, where in the photograph it comes from: float32 (SIDE, SIDE, 2)."""
        order = np.argsort(-moved[self._triangles, 2].mean(axis=1))
        covered = np.full((SIDE, SIDE), -1, np.int32)
        for index in order:
            cv2.fillConvexPoly(covered, moved[self._triangles[index], :2].round().astype(np.int32), int(index))
        target = np.concatenate([moved[self._triangles, :2], np.ones((len(self._triangles), 3, 1))], axis=2)
        source = self._corners[self._triangles, :2]
        # a triangle that was pressed flat covers nothing; a small ridge keeps its map finite
        maps = np.linalg.solve(target + np.eye(3) * 1e-6, source)
        y, x = np.mgrid[0:SIDE, 0:SIDE]
        place = np.stack([x, y, np.ones_like(x)], axis=-1).astype(np.float64)
        return np.einsum("hwi,hwij->hwj", place, maps[covered]).astype(np.float32)


def schedule(steps: Sequence[str], *, first: float = 1000, each: float = 2000) -> list[float]:
    """When each step is asked for and when the last one ends, in ms: somebody who films themselves takes their time."""
    return [first + each * index for index in range(len(steps) + 1)]


def perform(bgr: np.ndarray, steps: Sequence[str], asked_at: Sequence[float] | None = None, *, seed: int = 0) -> Iterator[np.ndarray]:
    """The frames of somebody doing each of `steps` when it is asked for, until the end of the last, at FRAMES_PER_SECOND.

    The hand drifts and shakes, the head sways, the sensor is noisy and nobody is as quick twice: no two frames are equal, and no two
    films. Repeatable by `seed`.
    """
    asked_at = asked_at or schedule(steps)
    portrait, random = Portrait(bgr), np.random.default_rng(seed)
    begins = [asked + random.uniform(*_REACTION) for asked in asked_at[:-1]]
    holds = random.uniform(*_HELD, len(begins))
    # of the head to the side and down, then of the hand
    speeds, starts = random.uniform(*_SWAYS, 4), random.uniform(0, 2 * np.pi, 4)
    reach = np.concatenate([[_SWAY, _SWAY], random.uniform(*_DRIFT, 2)])
    for index in range(int(asked_at[-1] / 1000 * FRAMES_PER_SECOND) + 1):
        pose = _pose_at(index / FRAMES_PER_SECOND * 1000, steps, begins, holds)
        sway = reach * np.sin(speeds * index / FRAMES_PER_SECOND + starts) + random.normal(0, (0.3, 0.3, 1.2, 1.2))
        shaken = replace(pose, turn=pose.turn + sway[0], nod=pose.nod + sway[1], shift=(sway[2], sway[3]))
        noisy = portrait.frame(shaken) + random.normal(0, 2.0, (SIDE, SIDE, 3))
        yield noisy.clip(0, 255).astype(np.uint8)


def write_video(frames: Iterable[np.ndarray], path: Path) -> Path:
    """The frames as an MP4 at `path`, which is handed back."""
    writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"mp4v"), FRAMES_PER_SECOND, (SIDE, SIDE))
    for frame in frames:
        writer.write(frame)
    writer.release()
    return path


def _pose_at(milliseconds: float, steps: Sequence[str], begins: Sequence[float], holds: Sequence[float]) -> Pose:
    """Out, held, and back: within a second and a half at most."""
    index = int(np.searchsorted(begins, milliseconds, side="right")) - 1
    if not 0 <= index < len(steps):
        return Pose()
    share = float(np.interp(milliseconds - begins[index], [0, 350, 350 + holds[index], 700 + holds[index]], [0, 1, 1, 0]))
    full = POSES[steps[index]]
    return Pose(turn=full.turn * share, nod=full.nod * share, mouth=full.mouth * share, lids=full.lids * share)


_RING = 32  # points around the head


def _framed(bgr: np.ndarray, face: Face) -> tuple[np.ndarray, np.ndarray]:
    """The picture brought to SIDE with the face a good third of it, and the face's mesh in it, (468, 3) px."""
    mesh = engines().mesh.locate(bgr, face)
    low, high = mesh.points[:, :2].min(axis=0), mesh.points[:, :2].max(axis=0)
    scale = SIDE / (float(max(high - low)) * 2.3)
    to_frame = np.column_stack([np.eye(2) * scale, SIDE / 2 - scale * (low + high) / 2])
    framed = cv2.warpAffine(bgr, to_frame, (SIDE, SIDE), flags=cv2.INTER_AREA, borderMode=cv2.BORDER_REPLICATE)
    points = np.column_stack([mesh.points[:, :2] * scale + to_frame[:, 2], mesh.points[:, 2] * scale])
    return framed, points.astype(np.float64)


def _around(points: np.ndarray) -> np.ndarray:
    """What surrounds the face: a ring about the head, then points on the frame's edge. z is that of the head's back."""
    centre = points[:, :2].mean(axis=0)
    half = (points[:, :2].max(axis=0) - points[:, :2].min(axis=0)) / 2
    angle = np.linspace(0, 2 * np.pi, _RING, endpoint=False)
    ring = np.clip(centre + np.column_stack([np.cos(angle), np.sin(angle)]) * half * 1.45, 2, SIDE - 3)
    steps = np.linspace(0, SIDE - 1, 9)
    edge = np.array([(x, y) for x in steps for y in steps if x in (0, SIDE - 1) or y in (0, SIDE - 1)])
    flat = np.concatenate([ring, edge])
    return np.column_stack([flat, np.full(len(flat), points[:, 2].max())])


def _triangulate(corners: np.ndarray) -> np.ndarray:
    """Delaunay's triangles over (n, 2) points: indices, (m, 3)."""
    division = cv2.Subdiv2D((-1, -1, SIDE + 2, SIDE + 2))
    for x, y in corners:
        division.insert((float(x), float(y)))
    found = division.getTriangleList().reshape(-1, 3, 2)
    inside = ((found > -0.5) & (found < SIDE)).all(axis=(1, 2))
    distance = np.linalg.norm(found[inside][:, :, None] - corners[None, None], axis=-1)
    return distance.argmin(axis=-1)


def _turned(points: np.ndarray, face: np.ndarray, pose: Pose) -> np.ndarray:
    """The points turned about the neck: an axis half a face's width behind the face."""
    width = float(np.ptp(face[:, 0]))
    pivot = np.array([*face[:, :2].mean(axis=0), float(np.median(face[:, 2])) + 0.35 * width])
    yaw, pitch = np.radians(pose.turn), np.radians(pose.nod)
    about_y = np.array([[np.cos(yaw), 0, -np.sin(yaw)], [0, 1, 0], [np.sin(yaw), 0, np.cos(yaw)]])
    about_x = np.array([[1, 0, 0], [0, np.cos(pitch), -np.sin(pitch)], [0, np.sin(pitch), np.cos(pitch)]])
    return (points - pivot) @ (about_x @ about_y).T + pivot
