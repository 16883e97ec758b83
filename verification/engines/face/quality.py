"""How fit a face is to be compared, and what its owner can do better: nearer, straight, still, uncovered, in even light.

Pose comes from YuNet's five points; light and cover from the face turned and scaled to the 112 px that SFace sees. The limits of
cover were measured on the six portraits of the tests in 54 variants (blurred, dark, tinted, side-lit, off a screen, printed) and
on masks and glasses painted over them: they tell plain ones apart wholly, real ones (with pleats, patterns, mirrors) less well.

Closed eyes are not judged: in one picture they can't be told from narrow ones (an absolute limit flagged 52 % of the frames of
one narrow-eyed person). The active challenge compares a person's eyes with themselves.
"""

from dataclasses import dataclass

import cv2
import numpy as np

from verification.engines.base import Face, FaceQuality, Finding, Level

# Where SFace has the five points in its 112 x 112 px (OpenCV, face_recognize.cpp).
_PLACES = np.array([[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]])
SIDE = 112
# Parts of that face, in its px: (left, right, top, bottom).
_Part = tuple[int, int, int, int]
_BRIDGE: tuple[_Part, ...] = ((51, 61, 44, 58),)
_EYES: tuple[_Part, ...] = ((29, 47, 47, 57), (64, 82, 47, 57))
_AROUND_EYES: tuple[_Part, ...] = ((28, 48, 44, 60), (63, 83, 44, 60))
_CHEEKS: tuple[_Part, ...] = ((26, 40, 72, 82), (72, 86, 72, 82))
_PLAIN: tuple[_Part, ...] = ((26, 42, 68, 84), (70, 86, 68, 84), (50, 62, 50, 76))  # cheeks and nose: neither hair nor beard
_MOUTH: tuple[_Part, ...] = ((40, 72, 84, 102),)
_CHIN: tuple[_Part, ...] = ((30, 40, 84, 104), (72, 82, 84, 104), (46, 66, 100, 110))
_INNER: tuple[_Part, ...] = ((20, 92, 25, 105),)
_LEAST_SCALE = 0.005  # a face over 22,000 px wide is in no picture: points that fall together give such scales
_CLIPPED = 250  # of 0..255: at the upper end nothing is left to tell skin by

_COLOUR = "distance of chin and nose bridge in Lab's a and b"
_ASYMMETRY = "share of the eyes' distance"
_NOSE = "share of the way from eyes to mouth"
_EVENNESS = "lightness of the darkest tenth of cheeks and nose over the lightest tenth's"
_DETAIL = "detail at the mouth over detail at the eyes"


@dataclass(frozen=True, slots=True)
class FaceLimits:
    """Thresholds with their units; the defaults say where they come from."""

    side: float = 80.0  # px, the shorter side of the face's box
    asymmetry: float = 0.30  # a head turned by about 15 degrees; 0.4 % of still frames exceed it
    roll: float = 15.0  # degrees; the portraits have up to 5. YuNet understates it: of five heads slanted by 30, three exceed it
    nose_low: float = 0.36  # the portraits have 0.50 to 0.61; 0.15 more or less is a head raised or lowered by some 15 degrees
    nose_high: float = 0.76
    sharpness: float = 40.0  # Laplacian at 112 px; a coarse limit, not calibrated
    dark: float = 50.0  # mean luma; the portraits have 110 to 162
    bright: float = 0.20  # share of clipped pixels; the portraits have none
    evenness: float = 0.45  # simulated: in rooms 0.51 and more (48), in the light of blinds, fences and lattices 25 of 34 below
    mouth_detail: float = 0.35  # uncovered 0.52 to 1.21, under a plain mask 0 to 0.14
    chin_colour: float = 20.0  # Lab units; uncovered up to 12.7, blue masks 32 and more
    eye_detail: float = 1.8  # the mouth's detail over the eyes': uncovered up to 1.21, behind dark glasses 2.4 and more
    eye_light: float = 0.35  # uncovered 0.60 and more (lit from one side 0.35), behind black glasses 0.14 and less


def face_quality(bgr: np.ndarray, face: Face) -> FaceQuality:
    """Measure a face of the picture; about 1 ms."""
    right_eye, left_eye, nose = face.points[:3].astype(float)
    eyes, mouth = face.points[:2].mean(axis=0).astype(float), face.points[3:].mean(axis=0).astype(float)
    between = left_eye - right_eye
    length = max(float(np.linalg.norm(between)), 1e-6)
    downward = np.array([-between[1], between[0]]) / length
    # where the nose lies along the line between the eyes: 0.5 when the head is frontal
    along = float((nose - right_eye) @ between) / length**2
    fallen = float((mouth - eyes) @ downward)
    # of all five points: those of the eyes alone follow a slanted head less
    turn = _similarity(face.points.astype(float))
    small = _aligned(bgr, face.points.astype(float), turn)
    lab = cv2.cvtColor(small.astype(np.float32) / 255, cv2.COLOR_BGR2LAB)
    grey = cv2.cvtColor(small, cv2.COLOR_BGR2GRAY)
    chin, bridge = _colour(lab, _CHIN), _colour(lab, _BRIDGE)
    darkest, lightest = np.percentile(_pixels(lab, _PLAIN)[:, 0], (10, 90))
    return FaceQuality(
        size=min(face.box[2:]),
        asymmetry=abs(along - 0.5),
        roll=float(np.degrees(np.arctan2(-turn[1, 0], turn[0, 0]))),
        nose_height=float((nose - eyes) @ downward) / fallen if fallen > 0 else 0.0,
        sharpness=float(cv2.Laplacian(grey, cv2.CV_64F).var()),
        luma=float(_pixels(grey, _INNER).mean()),
        clipped=float((_pixels(grey, _INNER) >= _CLIPPED).mean()),
        mouth_detail=_detail(lab, _MOUTH) / max(_detail(lab, _AROUND_EYES), 1e-3),
        chin_colour=float(np.hypot(*(chin - bridge)[1:])),
        # the lighter of the two eyes: one may lie in shadow
        eye_light=max(float(_colour(lab, (eye,))[0]) for eye in _EYES) / max(float(_colour(lab, _CHEEKS)[0]), 1.0),
        evenness=float(darkest) / max(float(lightest), 1.0),
    )


def aligned(bgr: np.ndarray, face: Face) -> np.ndarray:
    """The face turned and scaled to the (SIDE, SIDE, 3) that SFace sees."""
    points = face.points.astype(float)
    return _aligned(bgr, points, _similarity(points))


def face_findings(quality: FaceQuality, limits: FaceLimits | None = None) -> tuple[Finding, ...]:
    """All findings on a face, those that hold and those that don't."""
    limits = limits or FaceLimits()
    mouth = _mouth_covered(quality, limits)
    tipped = limits.nose_low if quality.nose_height < limits.nose_low else limits.nose_high
    return (
        _finding("small_face", quality.size, limits.side, "px", "reject", quality.size < limits.side),
        _finding("turned_head", quality.asymmetry, limits.asymmetry, _ASYMMETRY, "warn", quality.asymmetry > limits.asymmetry),
        _finding("slanted_head", abs(quality.roll), limits.roll, "degrees", "warn", abs(quality.roll) > limits.roll),
        _finding("tipped_head", quality.nose_height, tipped, _NOSE, "warn", not limits.nose_low <= quality.nose_height <= limits.nose_high),
        _finding("blur", quality.sharpness, limits.sharpness, "Laplacian variance", "warn", quality.sharpness < limits.sharpness),
        _finding("dark_face", quality.luma, limits.dark, "mean luma 0..255", "warn", quality.luma < limits.dark),
        _finding("bright_face", quality.clipped, limits.bright, "share of clipped pixels", "warn", quality.clipped > limits.bright),
        _finding("uneven_light", quality.evenness, limits.evenness, _EVENNESS, "warn", quality.evenness < limits.evenness),
        mouth,
        _eyes_covered(quality, limits, judge_light=not mouth.found),
    )


def _mouth_covered(quality: FaceQuality, limits: FaceLimits) -> Finding:
    """Plain where lips should be, or a chin of another colour than the nose bridge; the finding names the cue that holds."""
    plain = quality.mouth_detail < limits.mouth_detail
    if plain or quality.chin_colour <= limits.chin_colour:
        return _finding("mouth_covered", quality.mouth_detail, limits.mouth_detail, _DETAIL, "warn", plain)
    return _finding("mouth_covered", quality.chin_colour, limits.chin_colour, _COLOUR, "warn", True)


def _eyes_covered(quality: FaceQuality, limits: FaceLimits, *, judge_light: bool) -> Finding:
    """Plain where eyes should be, or far darker than the cheeks, where these are skin; the finding names the cue that holds."""
    plain = quality.mouth_detail > limits.eye_detail
    if plain or not judge_light or quality.eye_light >= limits.eye_light:
        return _finding("eyes_covered", quality.mouth_detail, limits.eye_detail, _DETAIL, "warn", plain)
    return _finding("eyes_covered", quality.eye_light, limits.eye_light, "lightness of the eyes over the cheeks'", "warn", True)


def _finding(code: str, score: float, threshold: float, unit: str, level: Level, found: bool) -> Finding:
    return Finding(code=code, score=round(float(score), 3), threshold=threshold, unit=unit, level=level, found=bool(found))


def _aligned(bgr: np.ndarray, points: np.ndarray, turn: np.ndarray) -> np.ndarray:
    """The face as (112, 112, 3); `turn` is what brings its points to SFace's places."""
    scale = float(np.hypot(turn[0, 0], turn[1, 0]))
    if not _LEAST_SCALE < scale < 0.5:
        return cv2.warpAffine(bgr, turn, (SIDE, SIDE), borderMode=cv2.BORDER_REPLICATE)
    # A large face is brought near its size first: warping alone would skip pixels, and what it skips looks sharp.
    corners = cv2.transform(np.array([[[0, 0], [SIDE, 0], [SIDE, SIDE], [0, SIDE]]], float), cv2.invertAffineTransform(turn))[0]
    left, top = np.clip(np.floor(corners.min(axis=0)).astype(int), 0, (bgr.shape[1] - 1, bgr.shape[0] - 1))
    right, bottom = np.ceil(corners.max(axis=0)).astype(int)
    part = bgr[top : max(bottom, top + 1), left : max(right, left + 1)]
    size = max(round(part.shape[1] * scale), 1), max(round(part.shape[0] * scale), 1)
    small = cv2.resize(part, size, interpolation=cv2.INTER_AREA)
    return cv2.warpAffine(small, _similarity((points - (left, top)) * scale), (SIDE, SIDE), borderMode=cv2.BORDER_REPLICATE)


def _similarity(points: np.ndarray) -> np.ndarray:
    """The least-squares turn, scale and shift (2, 3) that brings five points to SFace's places (S. Umeyama, 1991, for the plane)."""
    centre, target = points.mean(axis=0), _PLACES.mean(axis=0)
    one, other = points - centre, _PLACES - target
    spread = max(float((one**2).sum()), 1e-6)
    cosine = float((one * other).sum()) / spread
    sine = float((one[:, 0] * other[:, 1] - one[:, 1] * other[:, 0]).sum()) / spread
    turn = np.array([[cosine, -sine], [sine, cosine]])
    return np.column_stack([turn, target - turn @ centre])


def _pixels(plane: np.ndarray, parts: tuple[_Part, ...]) -> np.ndarray:
    """The pixels of the parts in one row, (n,) or (n, channels)."""
    return np.concatenate([plane[top:bottom, left:right].reshape(-1, *plane.shape[2:]) for left, right, top, bottom in parts])


def _colour(lab: np.ndarray, parts: tuple[_Part, ...]) -> np.ndarray:
    """The median L, a and b of the parts."""
    return np.median(_pixels(lab, parts), axis=0)


def _detail(lab: np.ndarray, parts: tuple[_Part, ...]) -> float:
    """The mean slope of lightness in the parts."""
    lightness = np.ascontiguousarray(lab[:, :, 0])
    slope = cv2.magnitude(cv2.Sobel(lightness, cv2.CV_32F, 1, 0), cv2.Sobel(lightness, cv2.CV_32F, 0, 1))
    return float(_pixels(slope, parts).mean())
