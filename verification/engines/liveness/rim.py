"""Is the face shown on something flat: a sheet, a telephone, a monitor?

Such a thing has four straight sides that meet at right angles around the face, and its lower side runs *in front of* the person's
shoulders. A door, a window or a picture on the wall has straight sides too, but the person hides its lower one. So all four sides
must be seen, each with the same step of colour along nearly its whole length. And they end where they meet: the lines of a lattice,
of tiles, of bars of light and shade, the jambs of a door go on beyond the corners.
"""

from itertools import product

import cv2
import numpy as np

from verification.engines.base import Face

_SIDE = 320  # px, the longer side at which lines are sought
_SHORTEST = 0.35  # of the face's width
_STEEPEST = 0.3  # a side's slant against the frame: a thing held 17 degrees off
_MOST = 4  # lines tried for each side
_STEP = 8.0  # grey levels from one side of a line to the other
_NEAR = 2.0  # px from the line on which the step is measured
_SAMPLES = 40  # along a side
_CLOSER = 12  # rectangles looked at with all samples, the likeliest of a look with a quarter of them
_CORNER = 0.06  # of a side at either end, where things are rounded
_BEYOND = 0.25  # of a side, at either end, within which a line that goes on is seen to
_BEYOND_SAMPLES, _FEWEST = 10, 4  # along that; those within the frame that tell
_GOES_ON = 0.5  # share of them that make the side's step
_MARGIN = 0.02  # of the frame: what lies closer to its edge may be padding
_RIGHT, _LEFT = 1, 3  # sides clockwise from the upper: the right one runs down, the left one up
_BLACK, _WHITE = 14, 252  # grey level of padding; black with a JPEG's noise on it

Lines = np.ndarray  # (n, 4): x1, y1, x2, y2


def rim_support(bgr: np.ndarray, face: Face) -> float:
    """The share, 0..1, of its weakest side that the best rectangle around the face can show; 0 without one."""
    scale = min(1.0, _SIDE / max(bgr.shape[:2]))
    small = cv2.resize(bgr, None, fx=scale, fy=scale, interpolation=cv2.INTER_AREA) if scale < 1 else bgr
    quads = _quads(small, tuple(value * scale for value in face.box))
    if not len(quads):
        return 0.0
    smooth = cv2.GaussianBlur(small, (0, 0), 0.8).astype(np.float32)
    padding = _padding(small)
    roughly = _support(smooth, quads, padding, samples=_SAMPLES // 4)[0]
    best = quads[np.argsort(-roughly)[:_CLOSER]]
    support, usual = _support(smooth, best, padding, samples=_SAMPLES)
    return float(np.where(_goes_on(smooth, best, usual), 0.0, support).max())


def _quads(small: np.ndarray, box: tuple[float, ...]) -> np.ndarray:
    """Every upright rectangle around the box that lines of the picture could form: (n, 4, 2), clockwise from the top left."""
    x, y, width, height = box
    lines = cv2.createLineSegmentDetector(cv2.LSD_REFINE_STD).detect(cv2.cvtColor(small, cv2.COLOR_BGR2GRAY))[0]
    lines = np.zeros((0, 4), np.float32) if lines is None else lines.reshape(-1, 4)
    along, down = np.abs(lines[:, 2] - lines[:, 0]), np.abs(lines[:, 3] - lines[:, 1])
    long = np.hypot(along, down) >= max(_SHORTEST * width, 12)
    flat, upright = lines[long & (down < _STEEPEST * along)], lines[long & (along < _STEEPEST * down)][:, [1, 0, 3, 2]]
    at_middle, at_centre = _value(flat, x + width / 2), _value(upright, y + height / 2)
    frame_height, frame_width = small.shape[:2]
    in_height = (at_middle > _MARGIN * frame_height) & (at_middle < (1 - _MARGIN) * frame_height)
    in_width = (at_centre > _MARGIN * frame_width) & (at_centre < (1 - _MARGIN) * frame_width)
    above = _longest(flat, at_middle, in_height & (at_middle < y + 0.15 * height))
    below = _longest(flat, at_middle, in_height & (at_middle > y + 0.98 * height))
    left = _longest(upright, at_centre, in_width & (at_centre < x + 0.02 * width))
    right = _longest(upright, at_centre, in_width & (at_centre > x + 0.98 * width))
    sides = [np.array(each, np.float32) for each in zip(*product(above, right, below, left), strict=True)]
    if not sides:
        return np.zeros((0, 4, 2), np.float32)
    top, east, bottom, west = sides
    quads = np.stack([_meeting(top, west), _meeting(top, east), _meeting(bottom, east), _meeting(bottom, west)], axis=1)
    return quads[_rectangular(quads)]


def _value(lines: Lines, at: float) -> np.ndarray:
    """Where each line is at one coordinate: y at an x (for upright lines, whose axes are swapped, x at a y)."""
    return lines[:, 1] + (lines[:, 3] - lines[:, 1]) * (at - lines[:, 0]) / (lines[:, 2] - lines[:, 0])


def _longest(lines: Lines, position: np.ndarray, which: np.ndarray) -> list[np.ndarray]:
    """The longest few, of those within two pixels of each other only one."""
    lines, position = lines[which], position[which]
    kept: list[int] = []
    for index in np.argsort(-np.abs(lines[:, 2] - lines[:, 0])):
        if all(abs(position[index] - position[other]) > _NEAR for other in kept):
            kept.append(index)
        if len(kept) == _MOST:
            break
    return [lines[index] for index in kept]


def _meeting(flat: Lines, upright: Lines) -> np.ndarray:
    """Where y = a + bx meets x = c + dy."""
    b = (flat[:, 3] - flat[:, 1]) / (flat[:, 2] - flat[:, 0])
    a = flat[:, 1] - b * flat[:, 0]
    d = (upright[:, 3] - upright[:, 1]) / (upright[:, 2] - upright[:, 0])
    c = upright[:, 1] - d * upright[:, 0]
    y = (a + b * c) / (1 - b * d)
    return np.stack([c + d * y, y], axis=1)


def _rectangular(quads: np.ndarray) -> np.ndarray:
    """Right angles within 18 degrees, opposite sides alike within a fifth."""
    sides = np.roll(quads, -1, axis=1) - quads
    lengths = np.linalg.norm(sides, axis=2)
    along = sides / np.maximum(lengths, 1e-6)[..., None]
    following = np.roll(along, -1, axis=1)
    sines = along[..., 0] * following[..., 1] - along[..., 1] * following[..., 0]
    opposite = np.minimum(lengths[:, :2], lengths[:, 2:]) / np.maximum(np.maximum(lengths[:, :2], lengths[:, 2:]), 1e-6)
    return (lengths.min(axis=1) > 10) & (sines.min(axis=1) > 0.95) & (opposite.min(axis=1) > 0.8)


def _support(smooth: np.ndarray, quads: np.ndarray, padding: np.ndarray, *, samples: int) -> tuple[np.ndarray, np.ndarray]:
    """For each rectangle the share of its weakest side along which the colour makes that side's usual step: (n,).

    And those usual steps' directions in colour, of each side: (n, 4, 1, 3).
    """
    step, beside = _steps(smooth, quads, np.linspace(_CORNER, 1 - _CORNER, samples))
    usual = np.median(step, axis=2, keepdims=True)
    usual = usual / np.maximum(np.linalg.norm(usual, axis=-1, keepdims=True), 1e-6)
    holds = ((step * usual).sum(axis=-1) > _STEP) & (_sampled(padding, beside)[..., 0] < 0.5)
    return holds.mean(axis=2).min(axis=1), usual


def _goes_on(smooth: np.ndarray, quads: np.ndarray, usual: np.ndarray) -> np.ndarray:
    """Of which rectangles the sides make their usual step beyond the corners too: at half of the ends and two at least, or down both
    uprights, as the jambs of a door. One end may meet something by chance. (n,) bool."""
    last = np.array([smooth.shape[1] - 2, smooth.shape[0] - 2])
    seen, on = [], []
    for places in (np.linspace(-_BEYOND, -_CORNER, _BEYOND_SAMPLES), np.linspace(1 + _CORNER, 1 + _BEYOND, _BEYOND_SAMPLES)):
        step, beside = _steps(smooth, quads, places)
        within = ((beside > 1) & (beside < last)).all(axis=-1)
        count = within.sum(axis=2)
        holds = ((step * usual).sum(axis=-1) > _STEP) & within
        seen.append(count >= _FEWEST)
        on.append(seen[-1] & (holds.sum(axis=2) >= _GOES_ON * count))
    before_first, after_last = on
    ends, all_ends = np.sum(on, axis=(0, 2)), np.sum(seen, axis=(0, 2))
    jambs = after_last[:, _RIGHT] & before_first[:, _LEFT]
    return ((ends >= 2) & (2 * ends >= all_ends)) | jambs


def _steps(smooth: np.ndarray, quads: np.ndarray, places: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The step of colour from inside to outside at shares `places` of each side, (n, 4, samples, 3), and points just outside."""
    start, end = quads, np.roll(quads, -1, axis=1)
    along = end - start
    across = np.stack([along[..., 1], -along[..., 0]], axis=-1) / np.linalg.norm(along, axis=2, keepdims=True)
    points = start[:, :, None] + along[:, :, None] * places[:, None]
    outward = across[:, :, None]
    # a pixel to either side: the line's place is that exact
    outer = [_sampled(smooth, points + outward * (by + _NEAR)) for by in (-1, 0, 1)]
    inner = [_sampled(smooth, points + outward * (by - _NEAR)) for by in (-1, 0, 1)]
    steps = np.stack(outer) - np.stack(inner)
    best = np.abs(steps).max(axis=-1).argmax(axis=0)
    return np.take_along_axis(steps, best[None, ..., None], axis=0)[0], points + outward * (_NEAR + 1)


def _sampled(picture: np.ndarray, points: np.ndarray) -> np.ndarray:
    """The picture's values at points (..., 2); beyond the frame its edge goes on."""
    flat = points.reshape(1, -1, 2).astype(np.float32)
    width = 16384  # cv2.remap takes fewer than 32767 columns
    pad = -flat.shape[1] % width if flat.shape[1] > width else 0
    grid = np.pad(flat, ((0, 0), (0, pad), (0, 0))).reshape(-1, min(width, flat.shape[1] + pad), 2)
    values = cv2.remap(picture, grid[..., 0], grid[..., 1], cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)
    return values.reshape(-1, picture.shape[2] if picture.ndim == 3 else 1)[: flat.shape[1]].reshape(*points.shape[:-1], -1)


def _padding(small: np.ndarray) -> np.ndarray:
    """1.0 where pure black or white that reaches the frame's edge was added to the picture (letterboxes, aligned crops)."""
    pure = ((cv2.cvtColor(small, cv2.COLOR_BGR2GRAY) <= _BLACK) | (small.min(axis=2) >= _WHITE)).astype(np.uint8)
    _count, labels = cv2.connectedComponents(cv2.morphologyEx(pure, cv2.MORPH_OPEN, np.ones((3, 3), np.uint8)), connectivity=4)
    edge = np.unique(np.concatenate([labels[0], labels[-1], labels[:, 0], labels[:, -1]]))
    return np.isin(labels, edge[edge > 0]).astype(np.float32)
