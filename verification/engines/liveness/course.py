"""The course of a film: how the head moved and swayed, and when, by which a film is known again however it was encoded.

Scaled, cropped, brightened or compressed anew, the pixels of a film change, and when and how far its head moved does not. Nobody moves
twice alike: how a hand trembles and a head sways is as little to be repeated as a signature in the air. A course tells of movements
and of no face: nothing of what a person looks like is in it, and two people can't be told apart by it.
"""

from collections.abc import Sequence
from itertools import combinations

import numpy as np

from verification.engines.liveness.signals import FrameSignals
from verification.engines.liveness.steps import Movement, movements

EVERY = 100.0  # ms between two samples
# What is sampled, and the step in which it is kept (int8): yaw, pitch (degrees), the head's place to the right and down (shares of
# its width), how near it is (the logarithm of its width), the gap of the lips (their ratio)
_UNITS = np.array([0.5, 0.5, 0.01, 0.01, 0.01, 0.01])
_MIRRORED = np.array([-1, 1, -1, 1, 1, 1], np.float32)
# in those steps: what moves less than this says nothing, for the models tremble by a third of it
_ACTIVE = np.array([3.0, 5.0, 1.5, 1.5, 3.0, 4.0], np.float32)
# of yaw, pitch and lips at least one must move, or there is nothing to know again
_MOVING = [0, 1, 5]

LONGEST = 200  # samples
_LEAST = 30  # samples in which two courses must overlap
_SHIFTS = 40  # samples by which one may begin before the other
_STRIDE = 200.0  # ms: the grain of a pace

# likeness from which two courses are of one film (docs/engines/active.md has both distributions)
SAME_FILM = 0.85


def course_of(frames: Sequence[FrameSignals]) -> bytes:
    """The course: int8, (n, 6), row by row; nothing where fewer than two frames show a face."""
    shown = [(frame.milliseconds, frame.head) for frame in frames if frame.head]
    times = np.array([milliseconds for milliseconds, _ in shown])
    if len(shown) < 2 or (np.diff(times) <= 0).any():
        return b""
    heads = [head for _, head in shown]
    width = float(np.median([head.width for head in heads]))
    seen = np.array([(head.yaw, head.pitch, *(np.array(head.place) / width), np.log(head.width / width), head.mouth) for head in heads])
    moments = np.arange(times[0], times[-1], EVERY)[:LONGEST]
    sampled = np.column_stack([np.interp(moments, times, signal) for signal in (seen - np.median(seen, axis=0)).T])
    return np.clip(np.round(sampled / _UNITS), -127, 127).astype(np.int8).tobytes()


def paces_of(frames: Sequence[FrameSignals]) -> tuple[str, ...]:
    """Each two movements of a film and how long lies between them, as words to be searched for: `turn_left>nod:14`."""
    return tuple(sorted({_pace(one.step, other.step, stride) for one, other, stride in _strides(frames)}))


def paces_like(frames: Sequence[FrameSignals]) -> tuple[str, ...]:
    """The paces that the same film may have been kept under: a grain more or less, and mirrored."""
    near = ((one, other, stride + off) for one, other, stride in _strides(frames) for off in (-1, 0, 1))
    found = {word for one, other, at in near for word in (_pace(one.step, other.step, at), _pace(_mirror(one), _mirror(other), at))}
    return tuple(sorted(found))


def likeness(course: bytes, others: Sequence[bytes]) -> float:
    """The highest likeness of a course to one of several: 1 of a film to itself, about 0 of films that have nothing in common.

    Of each signal it is the share of its variance that both have in common, and the lowest of the signals counts. The other film
    may begin earlier or later and be mirrored.
    """
    one = _signals(course)
    kept = [signals for other in others if len(signals := _signals(other)) >= _LEAST]
    if len(one) < _LEAST or not kept:
        return 0.0
    films = _Films(kept)
    return max(films.best_shift(mirrored) for mirrored in (one, one * _MIRRORED))


class _Films:
    """Courses to compare one with, (m, LONGEST, 6) and zero behind their ends; sums up to each sample, so that a shift is one product."""

    def __init__(self, kept: Sequence[np.ndarray]) -> None:
        self._lengths = np.array([len(signals) for signals in kept])
        self._signals = np.zeros((len(kept), LONGEST, len(_UNITS)), np.float32)
        for film, signals in zip(self._signals, kept, strict=True):
            film[: len(signals)] = signals
        self._sums, self._squares = _up_to(self._signals), _up_to(self._signals**2)

    def best_shift(self, one: np.ndarray) -> float:
        """The highest likeness of a course, (n, 6), to one of these, whichever begins first."""
        sums = _up_to(one[None])[0], _up_to(one[None] ** 2)[0]
        return max(self._in_common(one, sums, shift) for shift in range(-_SHIFTS, _SHIFTS + 1))

    def _in_common(self, one: np.ndarray, sums: tuple[np.ndarray, np.ndarray], shift: int) -> float:
        first, begin = max(0, -shift), max(0, shift)
        length = min(len(one) - first, LONGEST - begin)
        counts = np.clip(self._lengths - begin, 0, max(length, 0))
        if counts.max() < _LEAST:
            return 0.0
        n = np.maximum(counts, 1)[:, None]
        own, own_squares = (up_to[first + counts] - up_to[first] for up_to in sums)
        rows = np.arange(len(counts))
        theirs, their_squares = (up_to[rows, begin + counts] - up_to[:, begin] for up_to in (self._sums, self._squares))
        products = np.einsum("mtc,tc->mc", self._signals[:, begin : begin + length], one[first : first + length])
        variance, their_variance = own_squares / n - (own / n) ** 2, their_squares / n - (theirs / n) ** 2
        covariance = products / n - own * theirs / n**2
        active = np.maximum(variance, their_variance) >= _ACTIVE**2
        # what is apart is the variance of the difference; what is left of both together is in common
        shared = np.where(active, 2 * covariance / np.maximum(variance + their_variance, 1e-6), 1)
        told = active[:, _MOVING].any(axis=1) & (counts >= _LEAST)
        return max(0.0, float(np.where(told, shared.min(axis=1), 0).max()))


def _up_to(signals: np.ndarray) -> np.ndarray:
    """Sums of (m, n, 6) before each sample: (m, n + 1, 6)."""
    return np.pad(np.cumsum(signals, axis=1, dtype=np.float64), ((0, 0), (1, 0), (0, 0)))


def _signals(course: bytes) -> np.ndarray:
    return np.frombuffer(course, np.int8).reshape(-1, len(_UNITS))[:LONGEST].astype(np.float32)


def _strides(frames: Sequence[FrameSignals]) -> list[tuple[Movement, Movement, int]]:
    found = [movement for movement in movements(frames) if movement.step != "blink"] or list(movements(frames))
    pairs = combinations(found[:6], 2)
    return [(one, other, round((_at(frames, other) - _at(frames, one)) / _STRIDE)) for one, other in pairs]


def _at(frames: Sequence[FrameSignals], movement: Movement) -> float:
    return frames[movement.start].milliseconds


def _pace(one: str, other: str, stride: int) -> str:
    return f"{one}>{other}:{stride}"


def _mirror(movement: Movement) -> str:
    return {"turn_left": "turn_right", "turn_right": "turn_left"}.get(movement.step, movement.step)
