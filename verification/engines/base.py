"""What engines promise: the protocols and the results they hand out. No Django here or anywhere in this folder.

Pictures are numpy arrays, uint8, shape (height, width, 3), channel order BGR as OpenCV has it, upright by EXIF
(`realname.images.decode(...).bgr`). Results are frozen; lengths are in pixels of the picture that was handed in unless a
docstring says otherwise; scores lie in 0..1 unless it says otherwise.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal, Protocol

import numpy as np

Side = Literal["front", "back", "other"]
Level = Literal["warn", "reject"]

FRONT_FIELDS = ("name", "sex", "ethnicity", "birth", "address", "id_number")
BACK_FIELDS = ("authority", "valid_from", "valid_to")


@dataclass(frozen=True, slots=True, eq=False)
class TextLine:
    """One line of text.

    `quad` is (4, 2) px, clockwise from the text's own top left. `confidence` is that of its least sure character: a mean hides the
    one that is wrong; `confidences` has those of all. `places` has the middle of each, from the line's left, in heights of the line.
    Both may be empty.
    Of a line read with care, `quickly` is what the quick model had read, and `unshared` are the characters it does not know.
    """

    text: str
    confidence: float
    quad: np.ndarray
    places: tuple[float, ...] = ()
    confidences: tuple[float, ...] = ()
    quickly: "TextLine | None" = None
    unshared: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class LocatedCard:
    """Where the card lies.

    `card` is it warped to 1024 x 646 px; where none was found, the whole picture brought to that size. `upright` is the whole
    picture turned the same way. `quad` is (4, 2) px in the picture handed in, clockwise from the card's own top left. `turned`
    is the clockwise turn in degrees that brings the card upright, `turn_confidence` 0..1 how sure that is. `long_side` is the
    card's longer side in px. `cut_off` says that a side of it lies beyond the frame, `several` that a second card lies beside it.
    """

    card: np.ndarray
    upright: np.ndarray
    quad: np.ndarray
    found: bool
    turned: Literal[0, 90, 180, 270]
    turn_confidence: float
    long_side: float
    cut_off: bool
    several: bool


@dataclass(frozen=True, slots=True)
class FieldRead:
    """One field of a card as read.

    `text` is normalised: dates as YYYY-MM-DD, sex as male or female, an end of validity may be long_term. `confidence` is that of
    the least sure character of the `lines` it came from. `review` asks for a person's eye: low confidence, or a check that the
    text fails.
    """

    text: str
    confidence: float
    review: bool
    lines: tuple[TextLine, ...] = field(default=(), compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class DocumentReading:
    """What a photograph of a card says: its side, and the fields that were found, by the names of FRONT_FIELDS or BACK_FIELDS.

    `milliseconds` went into each stage: locate (0 where that was done before), detect, recognise, parse, and the total.
    """

    side: Side
    fields: Mapping[str, FieldRead]
    located: LocatedCard
    lines: tuple[TextLine, ...] = ()
    milliseconds: Mapping[str, float] = field(default_factory=dict)

    @property
    def missing(self) -> tuple[str, ...]:
        """The fields of this side that were not found."""
        wanted = {"front": FRONT_FIELDS, "back": BACK_FIELDS, "other": ()}[self.side]
        return tuple(name for name in wanted if name not in self.fields)

    @property
    def for_review(self) -> tuple[str, ...]:
        """The fields a person should look at: missing or doubtful."""
        return self.missing + tuple(name for name, found in self.fields.items() if found.review)

    def text(self, name: str) -> str:
        """The text of a field, or "" when it was not found."""
        return self.fields[name].text if name in self.fields else ""


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing seen in a photograph. It holds (`found`) when `score` lies on the wrong side of `threshold`.

    `unit` names what score and threshold are measured in; `level` is what the finding is worth if it holds.
    """

    code: str
    score: float
    threshold: float
    unit: str
    level: Level
    found: bool


@dataclass(frozen=True, slots=True)
class Face:
    """A detected face. `box` is x, y, width, height; `points` is (5, 2): right eye, left eye, nose, right and left mouth corner
    (the person's right); `score` is the detector's."""

    box: tuple[float, float, float, float]
    points: np.ndarray
    score: float


@dataclass(frozen=True, slots=True)
class FaceQuality:
    """How fit a face is to be compared, as measured; `face_quality.face_findings` says what that is worth.

    `size` is the shorter side of its box in px. `asymmetry` is how far the nose lies off the middle of the eyes as a share of their
    distance (0 frontal; 0.30 is a head turned by about 15 degrees), `roll` how far it is slanted in degrees, `nose_height` how
    far the nose lies on the way from the eyes to the mouth (small: head raised, large: lowered). The others are taken from the face
    brought to 112 px: `sharpness` the variance of its Laplacian, `luma` its mean of 0..255, `clipped` the share of pixels at the
    upper end, `mouth_detail` the detail about the mouth as a multiple of that about the eyes, `chin_colour` the distance of the
    chin's colour from the nose bridge's in Lab's a and b, `eye_light` the eyes' lightness as a multiple of the cheeks', `evenness` that
    of the darkest tenth of cheeks and nose as a share of the lightest tenth's.
    """

    size: float
    asymmetry: float
    roll: float
    nose_height: float
    sharpness: float
    luma: float
    clipped: float
    mouth_detail: float
    chin_colour: float
    eye_light: float
    evenness: float


MatchVerdict = Literal["match", "review", "no_match"]


@dataclass(frozen=True, slots=True)
class FaceMatch:
    """How alike two faces are. `score` is in the engine's own `unit`, where `higher_is_closer` says what is alike.

    It is no probability, and thresholds don't transfer between engines or groups of people.
    """

    score: float
    unit: str
    higher_is_closer: bool
    match_threshold: float
    review_threshold: float
    verdict: MatchVerdict


@dataclass(frozen=True, slots=True)
class Liveness:
    """The passive judgement of one face.

    `model` is the mean probability of a live face over `crops` (scale: probability); `score` is it after the `cues` were weighed,
    and below `threshold` wherever one of them was found.
    """

    score: float
    threshold: float
    live: bool
    model: float
    crops: Mapping[float, float] = field(default_factory=dict)
    cues: tuple[Finding, ...] = ()

    @property
    def found(self) -> tuple[Finding, ...]:
        """The cues that hold."""
        return tuple(cue for cue in self.cues if cue.found)


class Engine(Protocol):
    """Every engine names itself: `version` carries the first characters of its model files' SHA-256 (P-VER-7)."""

    name: str
    version: str


class OcrEngine(Engine, Protocol):
    """Finds the lines of text of a picture, and reads them: quickly, or with care where that was not enough."""

    def find(self, bgr: np.ndarray, *, careful: bool = False) -> np.ndarray:
        """Where the lines are: (n, 4, 2) px, each clockwise from its own top left, from top to bottom."""

    def read(self, bgr: np.ndarray, quad: np.ndarray, *, careful: bool = False) -> TextLine:
        """What the line in `quad` says; `careful` asks the slower and better model."""


class FaceEngine(Engine, Protocol):
    """Finds faces, turns one into a template, and compares two templates."""

    def detect(self, bgr: np.ndarray) -> tuple[Face, ...]:
        """The faces, largest first."""

    def embed(self, bgr: np.ndarray, face: Face) -> np.ndarray:
        """The face's template: float32 of unit length (dlib: as it comes)."""

    def compare(self, one: np.ndarray, other: np.ndarray) -> FaceMatch:
        """How alike two templates of this same engine are."""


class LivenessEngine(Engine, Protocol):
    """Judges from one picture whether a face is live or a reproduction. A screening signal, one cue among several."""

    def judge(self, bgr: np.ndarray, face: Face) -> Liveness:
        """The judgement on one face."""
