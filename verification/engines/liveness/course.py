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
_ACTIVE = np.array([3.0, 4.0, 1.2, 1.2, 2.0, 4.0], np.float32)
# of yaw, pitch and lips at least one must move, or there is nothing to know again
_MOVING = [0, 1, 5]

LONGEST = 200  # samples
_LEAST = 30  # samples in which two courses must overlap
_SHIFTS = 40  # samples by which one may begin before the other
_STRIDE = 200.0  # ms: the grain of a pace

# likeness from which two courses are of one film (docs/engines/active.md has both distributions)
SAME_FILM = 0.8


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
    films, filled = np.zeros((len(kept), LONGEST, len(_UNITS)), np.float32), np.zeros((len(kept), LONGEST, 1), np.float32)
    for film, fill, signals in zip(films, filled, kept, strict=True):
        film[: len(signals)], fill[: len(signals)] = signals, 1
    return max(_best_shift(mirrored, films, filled) for mirrored in (one, one * _MIRRORED))


def _best_shift(one: np.ndarray, films: np.ndarray, filled: np.ndarray) -> float:
    best = 0.0
    for shift in range(-_SHIFTS, _SHIFTS + 1):
        first, begin = max(0, -shift), max(0, shift)
        length = min(len(one) - first, LONGEST - begin)
        if length >= _LEAST:
            part = slice(begin, begin + length)
            best = max(best, float(_in_common(one[first : first + length], films[:, part], filled[:, part]).max()))
    return best


def _in_common(one: np.ndarray, films: np.ndarray, filled: np.ndarray) -> np.ndarray:
    """The likeness of a course (n, 6) to each of several (m, n, 6), where they are `filled`: (m,)."""
    count = np.maximum(filled.sum(axis=1), 1)

    def variance(signals: np.ndarray) -> np.ndarray:
        mean = (signals * filled).sum(axis=1) / count
        return (((signals - mean[:, None]) ** 2) * filled).sum(axis=1) / count

    own, theirs, apart = variance(np.broadcast_to(one, films.shape)), variance(films), variance(films - one)
    active = np.maximum(own, theirs) >= _ACTIVE**2
    shared = np.where(active, 1 - apart / np.maximum(own + theirs, 1e-6), 1)
    told = active[:, _MOVING].any(axis=1) & (count[:, 0] >= _LEAST)
    return np.where(told, shared.min(axis=1), 0)


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
