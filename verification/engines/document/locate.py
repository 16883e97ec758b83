"""Brings a photographed card upright and flat: outline, turn, warp."""

from pathlib import Path

import cv2
import numpy as np

from verification.engines.base import LocatedCard
from verification.engines.document.orientation import Orientation, Turn
from verification.engines.document.quad import CARD_SIZE, Quad, find_quad, warp

_NO_CARD = 0.4  # cards that are merely blurred stayed above 0.45, pictures of other things at 0.02
_ROTATIONS = {90: cv2.ROTATE_90_CLOCKWISE, 180: cv2.ROTATE_180, 270: cv2.ROTATE_90_COUNTERCLOCKWISE}


def turn(bgr: np.ndarray, degrees: Turn) -> np.ndarray:
    """The picture turned clockwise."""
    return bgr if degrees == 0 else cv2.rotate(bgr, _ROTATIONS[degrees])


class Locator:
    """Finds the card of a photograph (its outline needs no model; its turn needs one)."""

    name = "outline+" + Orientation.name
    version = Orientation.version

    def __init__(self, folder: Path | None = None) -> None:
        self._orientation = Orientation(folder)

    def locate(self, bgr: np.ndarray) -> LocatedCard:
        """The card of the picture; always an answer, with `found` False where there is no outline."""
        quad = find_quad(bgr)
        if quad is None:
            return self._whole(bgr, several=False)
        outlined = self._outlined(bgr, quad)
        if outlined.turn_confidence >= _NO_CARD:
            return outlined
        # Neither way up looks like a document: the portrait of a card that fills the frame has an outline too.
        whole = self._whole(bgr, several=quad.several)
        return whole if whole.turn_confidence > outlined.turn_confidence else outlined

    def _outlined(self, bgr: np.ndarray, quad: Quad) -> LocatedCard:
        """With an outline only two turns are left: a card lies on its long side (unless a part of it is missing)."""
        across, down = quad.sides
        upright_by_shape: tuple[Turn, Turn] = (0, 180) if across >= down else (90, 270)
        if quad.cut_off:
            likely = self._orientation.probabilities(warp_as_it_lies(bgr, quad))
            upright_by_shape = (0, 180) if likely[0] + likely[180] > likely[90] + likely[270] else (90, 270)
        first, second = upright_by_shape
        flat = warp(bgr, turned_corners(quad.corners, first))
        likely = self._orientation.probabilities(flat)
        chosen, confidence = (first, likely[0]) if likely[0] >= likely[180] else (second, likely[180])
        return LocatedCard(
            card=flat if chosen == first else cv2.rotate(flat, cv2.ROTATE_180),
            upright=turn(bgr, chosen),
            quad=turned_corners(quad.corners, chosen),
            found=True,
            turned=chosen,
            turn_confidence=confidence,
            long_side=max(across, down),
            cut_off=quad.cut_off,
            several=quad.several,
        )

    def _whole(self, bgr: np.ndarray, *, several: bool) -> LocatedCard:
        likely = self._orientation.probabilities(bgr)
        chosen = max(likely, key=likely.get)
        upright = turn(bgr, chosen)
        height, width = bgr.shape[:2]
        frame = np.array([[0, 0], [width - 1, 0], [width - 1, height - 1], [0, height - 1]], np.float32)
        return LocatedCard(
            card=cv2.resize(upright, CARD_SIZE, interpolation=cv2.INTER_AREA),
            upright=upright,
            quad=turned_corners(frame, chosen),
            found=False,
            turned=chosen,
            turn_confidence=likely[chosen],
            long_side=float(max(height, width)),
            cut_off=False,
            several=several,
        )


def turned_corners(corners: np.ndarray, degrees: Turn) -> np.ndarray:
    """Corners clockwise from what is the top left after a clockwise turn by `degrees`."""
    return np.roll(corners, degrees // 90, axis=0)


def warp_as_it_lies(bgr: np.ndarray, quad: Quad) -> np.ndarray:
    """The inside of the outline, unturned, square: enough to judge which way up it is."""
    target = np.array([[0, 0], [255, 0], [255, 255], [0, 255]], np.float32)
    return cv2.warpPerspective(bgr, cv2.getPerspectiveTransform(quad.corners, target), (256, 256))
