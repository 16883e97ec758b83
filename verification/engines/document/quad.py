"""Finds the four corners of a card in a photograph by its outline."""

import itertools
from dataclasses import dataclass

import cv2
import numpy as np

from verification.engines.sizes import within

# ISO/IEC 7810 ID-1: 85.60 x 53.98 mm
ASPECT = 85.60 / 53.98
CARD_SIZE = (1024, 646)

# where the line of the number begins, ends and lies, as shares of width and height, and the room left around the card
_NUMBER_LEFT, _NUMBER_RIGHT, _NUMBER_DOWN, _ROOM = 0.315, 0.92, 0.888, 0.03

_WORK_SIDE = 640  # px: the outline is found in a small copy
_SMALLEST_SHARE = 0.08  # of the frame; a smaller card could not be read
_BORDER = 6  # px in the small copy: what ends this close to the frame's edge may go on beyond it

# A second outline is a second card only if it has a card's shape more closely than the first needs (a telephone, a note and a
# portrait have not), and about the first one's size.
_BESIDE_RATIO_OFF = 0.12
_BESIDE_AREA = 0.6


@dataclass(frozen=True, slots=True)
class Quad:
    """`corners` is (4, 2) px, clockwise from the top left as it lies in the picture; `cut_off`: a side ends at the frame's edge.

    `several`: two cards lie side by side in the picture; which of them is meant is not for the finder to say.
    """

    corners: np.ndarray
    cut_off: bool
    several: bool = False

    @property
    def sides(self) -> tuple[float, float]:
        """The mean lengths of the upper and lower and of the left and right side, px."""
        top_left, top_right, bottom_right, bottom_left = self.corners
        across = np.linalg.norm(top_right - top_left) + np.linalg.norm(bottom_right - bottom_left)
        down = np.linalg.norm(bottom_left - top_left) + np.linalg.norm(bottom_right - top_right)
        return float(across / 2), float(down / 2)


def find_quad(bgr: np.ndarray) -> Quad | None:
    """The likeliest card outline, or None where none stands out (a scan that fills the frame, white on white)."""
    small, scale = within(bgr, _WORK_SIDE)
    candidates = [quad for outline in _outlines(small) if (quad := _as_quad(outline, small.shape)) is not None]
    if not candidates:
        return None
    _score, corners, cut_off = max(candidates, key=lambda candidate: candidate[0])
    return Quad(corners=(corners / scale).astype(np.float32), cut_off=cut_off, several=_side_by_side(candidates))


def warp(bgr: np.ndarray, corners: np.ndarray) -> np.ndarray:
    """The inside of the corners (clockwise from the card's top left) at CARD_SIZE."""
    width, height = CARD_SIZE
    target = np.array([[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]], np.float32)
    matrix = cv2.getPerspectiveTransform(corners.astype(np.float32), target)
    return cv2.warpPerspective(bgr, matrix, CARD_SIZE, flags=cv2.INTER_LINEAR, borderMode=cv2.BORDER_REPLICATE)


def corners_by_number(line: np.ndarray) -> np.ndarray:
    """Where the card's corners should be, given the quad of its ID number, with a little room around; perspective is not known.

    For a card whose outline could not be told from what it lies on. Shares of the card's sides: GA 448-2003.
    """
    left, right = (line[0] + line[3]) / 2, (line[1] + line[2]) / 2
    across = (right - left) / (_NUMBER_RIGHT - _NUMBER_LEFT)
    down = np.array([-across[1], across[0]]) / ASPECT
    origin = left - _NUMBER_LEFT * across - _NUMBER_DOWN * down
    out = _ROOM * (across + down), _ROOM * (across - down)
    corners = [origin - out[0], origin + across + out[1], origin + across + down + out[0], origin + down - out[1]]
    return np.array(corners, np.float32)


def _outlines(small: np.ndarray):
    """Contours of edges at several strengths and of bright regions: cards differ from desks in one or the other."""
    smooth = cv2.bilateralFilter(small, 5, 40, 7)
    lab = cv2.cvtColor(smooth, cv2.COLOR_BGR2LAB)
    light = lab[:, :, 0]
    stretched = cv2.normalize(light, None, 0, 255, cv2.NORM_MINMAX)
    masks = []
    for low, high in ((20, 60), (50, 150), (90, 220)):
        edges = cv2.Canny(stretched, low, high)
        masks.append(cv2.morphologyEx(edges, cv2.MORPH_CLOSE, np.ones((5, 5), np.uint8)))
    otsu, _ = cv2.threshold(light, 0, 255, cv2.THRESH_BINARY + cv2.THRESH_OTSU)
    for level in (otsu, otsu * 1.15, otsu * 0.85):
        bright = cv2.inRange(light, float(level), 255)
        masks.append(cv2.morphologyEx(bright, cv2.MORPH_OPEN, np.ones((9, 9), np.uint8)))
    smallest = _SMALLEST_SHARE * small.shape[0] * small.shape[1]
    for mask in masks:
        contours, _ = cv2.findContours(mask, cv2.RETR_LIST, cv2.CHAIN_APPROX_NONE)
        for contour in contours:
            _x, _y, width, height = cv2.boundingRect(contour)
            if width * height < smallest:
                continue
            hull = cv2.convexHull(contour)
            if cv2.contourArea(hull) >= smallest:
                yield hull


def _as_quad(hull: np.ndarray, shape: tuple[int, ...]) -> tuple[float, np.ndarray, bool] | None:
    """Score, corners and whether it is cut off; None for what no card in perspective looks like."""
    corners = _four_corners(hull)
    if corners is None or _ratio_off(corners) > 0.8:
        return None
    corners = _clockwise(_sharpened(hull, corners))
    area, hull_area = cv2.contourArea(corners), cv2.contourArea(hull)
    frame = shape[0] * shape[1]
    fit = min(area, hull_area) / max(area, hull_area, 1)
    edges = _frame_edges(corners, shape)
    if fit < 0.94 or area > 0.985 * frame or len(edges) > 1 or _spans_the_frame(corners, shape, edges):
        return None
    cut_off = bool(edges)
    off = _ratio_off(corners)
    # what is cut off may have any shape, and loses against anything whole
    if off > (0.75 if cut_off else 0.28) or not _square_enough(corners):
        return None
    score = fit * (area / frame) ** 0.25 * (0.6 if cut_off else 1.0) * (1.0 if cut_off else 1 - 1.2 * off)
    return score, corners, cut_off


def _side_by_side(candidates: list[tuple[float, np.ndarray, bool]]) -> bool:
    """Are two of the outlines whole cards, alike in size and apart? One outline around both of them may be likelier than either."""
    whole = [corners for _, corners, cut_off in candidates if not cut_off and _ratio_off(corners) <= _BESIDE_RATIO_OFF]
    return any(_alike(one, other) and not _overlap(one, other) for one, other in itertools.combinations(whole, 2))


def _alike(one: np.ndarray, other: np.ndarray) -> bool:
    areas = sorted((cv2.contourArea(one), cv2.contourArea(other)))
    return areas[0] >= _BESIDE_AREA * areas[1]


def _overlap(one: np.ndarray, other: np.ndarray) -> bool:
    """Does a corner or the middle of either lie within the other? Of cards that only touch none does."""
    return any(
        cv2.pointPolygonTest(outer, (float(x), float(y)), False) > 0
        for inner, outer in ((one, other), (other, one))
        for x, y in (*inner, inner.mean(axis=0))
    )


def _ratio_off(corners: np.ndarray) -> float:
    """How far the ratio of the sides is from a card's, as the logarithm of its multiple."""
    across, down = Quad(corners, False).sides
    return float(abs(np.log(max(across, down) / max(min(across, down), 1) / ASPECT)))


def _four_corners(hull: np.ndarray) -> np.ndarray | None:
    length = cv2.arcLength(hull, True)
    for tolerance in (0.01, 0.015, 0.02, 0.03, 0.045, 0.06):
        points = cv2.approxPolyDP(hull, tolerance * length, True)
        if len(points) == 4:
            return points.reshape(4, 2).astype(np.float32)
        if len(points) < 4:
            return None
    return None


def _sharpened(hull: np.ndarray, corners: np.ndarray) -> np.ndarray:
    """Corners where the lines through the sides' middle parts meet: cards are rounded, and outlines cut the corner."""
    points = _dense(hull.reshape(-1, 2).astype(np.float32))
    lines = []
    for start, end in itertools.pairwise([*corners, corners[0]]):
        along = end - start
        length = float(np.linalg.norm(along))
        place = (points - start) @ along / max(length**2, 1)
        away = np.abs((points[:, 0] - start[0]) * along[1] - (points[:, 1] - start[1]) * along[0]) / max(length, 1)
        near = points[(place > 0.15) & (place < 0.85) & (away < 0.03 * length + 2)]
        if len(near) < 2:
            return corners
        vx, vy, x, y = cv2.fitLine(near, cv2.DIST_HUBER, 0, 0.01, 0.01).ravel()
        lines.append((np.array([x, y]), np.array([vx, vy])))
    meeting = [_meet(lines[i - 1], lines[i]) for i in range(4)]
    if any(point is None for point in meeting):
        return corners
    sharp = np.array(meeting, np.float32)
    return sharp if np.abs(sharp - corners).max() < 0.08 * cv2.arcLength(corners, True) / 4 + 4 else corners


def _dense(points: np.ndarray, step: float = 2.0) -> np.ndarray:
    """Points every `step` px along a closed outline: a hull keeps only its corners."""
    along = np.roll(points, -1, axis=0) - points
    counts = np.maximum(1, (np.linalg.norm(along, axis=1) / step).astype(int))
    side = np.repeat(np.arange(len(points)), counts)
    share = (np.arange(counts.sum()) - np.repeat(np.cumsum(counts) - counts, counts)) / counts[side]
    return (points[side] + along[side] * share[:, None]).astype(np.float32)


def _meet(one, other) -> np.ndarray | None:
    (p, v), (q, w) = one, other
    cross = v[0] * w[1] - v[1] * w[0]
    if abs(cross) < 1e-3:
        return None
    return p + v * ((q - p)[0] * w[1] - (q - p)[1] * w[0]) / cross


def _clockwise(corners: np.ndarray) -> np.ndarray:
    """From the top left, clockwise as seen (y grows downwards)."""
    middle = corners.mean(axis=0)
    angles = np.arctan2(corners[:, 1] - middle[1], corners[:, 0] - middle[0])
    ordered = corners[np.argsort(angles)]
    return np.roll(ordered, -int(np.argmin(ordered.sum(axis=1))), axis=0)


def _square_enough(corners: np.ndarray) -> bool:
    """No angle further than 28 degrees from a right one: a steeper view can't be read anyway."""
    for i in range(4):
        one, other = corners[i - 1] - corners[i], corners[(i + 1) % 4] - corners[i]
        cosine = np.dot(one, other) / max(np.linalg.norm(one) * np.linalg.norm(other), 1e-6)
        if abs(cosine) > 0.47:
            return False
    return True


def _spans_the_frame(corners: np.ndarray, shape: tuple[int, ...], edges: set[str]) -> bool:
    """It reaches from one edge nearly to the opposite one: a printed sheet below the card, and no card that is cut off."""
    height, width = shape[:2]
    across, down = np.ptp(corners, axis=0)
    return bool(edges) and (across > 0.94 * width if edges & {"left", "right"} else down > 0.94 * height)


def _frame_edges(corners: np.ndarray, shape: tuple[int, ...]) -> set[str]:
    """The edges of the frame along which a whole side of the quad lies."""
    height, width = shape[:2]
    near = {
        "left": corners[:, 0] < _BORDER,
        "top": corners[:, 1] < _BORDER,
        "right": corners[:, 0] > width - 1 - _BORDER,
        "bottom": corners[:, 1] > height - 1 - _BORDER,
    }
    return {name for name, which in near.items() if which.sum() >= 2}
