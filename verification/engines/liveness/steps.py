"""Which movements a series of frames shows, and whether they are those that were asked for, in their order and at their time.

Only numbers here: no pictures, no models. Each movement starts above one limit and ends below a lower one, so that a signal that
trembles about a limit is one movement, and it is measured against the person's own rest.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from verification.engines.liveness.signals import FrameSignals, HeadSignals

Step = Literal["turn_left", "turn_right", "nod", "open_mouth", "blink"]
STEPS: tuple[Step, ...] = get_args(Step)
StepReason = Literal["", "not_seen", "too_early", "too_late"]
Verdict = Literal["", "step_missed", "wrong_order", "other_movement"]

# (start, end) of each movement, as a change from rest. Degrees for the head: of still frames 0.4 % exceed 15 (MODELS.md).
_TURN = (15.0, 9.0)
_NOD = (14.0, 8.0)
# The detector's nose must agree with the mesh on the side: a second model, so that one that trembles makes no turn.
_ASYMMETRY = 0.06
# inner-lip ratio: 0.24 % of still frames exceed 0.30; and as far above the person's own, for who smiles with open lips
_MOUTH = (0.35, 0.27)
_MOUTH_RISE = 0.15
# share of the person's own openness (MODELS.md)
_EYES = (0.65, 0.85)
# while the head is turned or bowed this far, lids and lips are seen askew and say nothing
_ASKEW = 11.0

# strength from which a movement nobody asked for is held against the answer (a turn by 20 degrees)
_STRAY = 1.8

# Lids and lips are quicker than six frames a second; a head is seen between rest and its furthest, at these shares of the way
_SEEN_ON_THEIR_WAY: tuple[Step, ...] = ("turn_left", "turn_right", "nod")
_WAY = (0.2, 0.8)
_WAY_FRAMES = 3  # before it starts and after it ends

REST_FRAMES = 3  # the first frames show the rest
# ms: nobody reads a word and begins to move sooner (a simple reaction to light takes 200)
REACTION = 150
# ms of grace behind a step's time: the movement may end while the next one is shown
GRACE = 700


@dataclass(frozen=True, slots=True)
class Movement:
    """One movement: `step`, the frames at which it starts, is strongest and ends (indices; `end` is the first calm one, or the
    number of frames), and how strong it is: 1 at the limit where it starts, 0 at the one where it ends."""

    step: Step
    start: int
    peak: int
    end: int
    strength: float


@dataclass(frozen=True, slots=True)
class StepResult:
    """Whether a step was done: at which frame it is clearest, `milliseconds` from the first frame, or why not."""

    step: Step
    met: bool
    frame: int | None
    milliseconds: float | None
    reason: StepReason


def movements(frames: Sequence[FrameSignals]) -> tuple[Movement, ...]:
    """The movements, by their start. Frames without one face end a movement and begin none."""
    heads = [frame.head for frame in frames]
    seen = [head for head in heads if head is not None]
    if not seen:
        return ()
    rest = _rest(seen)
    series = [_strengths(head, rest) if head else None for head in heads]
    found = [movement for step in STEPS for movement in _rises(step, [each[step] if each else 0.0 for each in series])]
    return tuple(sorted(found, key=lambda movement: (movement.start, movement.step)))


def jumped(frames: Sequence[FrameSignals]) -> bool:
    """Whether the head turned or bowed without being seen on its way, out or back: a slide show of photographs, and no movement."""
    heads = [frame.head for frame in frames]
    seen = [head for head in heads if head is not None]
    if not seen:
        return False
    rest = _rest(seen)
    for movement in movements(frames):
        if movement.step not in _SEEN_ON_THEIR_WAY:
            continue
        around = heads[max(0, movement.start - _WAY_FRAMES) : movement.end + _WAY_FRAMES]
        peak = _angle(movement.step, heads[movement.peak], rest)
        low, high = (share * peak for share in _WAY)
        if not any(low < _angle(movement.step, head, rest) < high for head in around if head):
            return True
    return False


def _angle(step: Step, head: HeadSignals, rest: HeadSignals) -> float:
    """How far the head is moved the way of this step, degrees."""
    return {"turn_left": head.yaw - rest.yaw, "turn_right": rest.yaw - head.yaw, "nod": head.pitch - rest.pitch}[step]


def judge_steps(
    frames: Sequence[FrameSignals], steps: Sequence[Step], asked_at: Sequence[float] | None = None
) -> tuple[list[StepResult], Verdict]:
    """The result of each step, and whether the movements were these, in this order, and no others.

    `asked_at` is when each step was shown, in ms of the frames' clock, with the end of the last one behind them: a step counts
    while it is asked for. Without it (a film) only the order counts. Blinks come by themselves, so more of them are no fault;
    any other clear movement that was not asked for is one: a film of all movements answers no challenge.
    """
    found = movements(frames)
    results: list[StepResult] = []
    after = 0
    for index, step in enumerate(steps):
        window = (asked_at[index], asked_at[index + 1]) if asked_at else None
        result, after = _find(step, found, frames, after, window)
        results.append(result)
    if not {movement.step for movement in found} >= set(steps):
        return results, "step_missed"
    if any(movement.strength >= _STRAY for movement in found if movement.step not in (*steps, "blink")):
        return results, "other_movement"
    if _names([movement.step for movement in found], steps) != _names(steps, steps):
        return results, "wrong_order"
    if all(result.met for result in results):
        return results, ""
    # in their order, but for a blink, or at another time than they were asked for
    return results, "step_missed" if any(result.reason in ("too_early", "too_late") for result in results) else "wrong_order"


def _find(
    step: Step, found: Sequence[Movement], frames: Sequence[FrameSignals], after: int, window: tuple[float, float] | None
) -> tuple[StepResult, int]:
    """The result of one step, and the frame from which the next may begin."""
    reason: StepReason = "not_seen"
    for movement in found:
        if movement.step != step or movement.start < after:
            continue
        at = frames[movement.start].milliseconds
        if window and at < window[0] + REACTION:
            reason = "too_early"
        elif window and frames[movement.peak].milliseconds > window[1] + GRACE:
            reason = "too_late"
        else:
            return StepResult(step, True, movement.peak, frames[movement.peak].milliseconds, ""), movement.end
    return StepResult(step, False, None, None, reason), after


def _names(done: Sequence[Step], steps: Sequence[Step]) -> list[Step]:
    """What was done of `steps`, but for blinks; one twice in a row is taken once: somebody may do it again to be sure."""
    names = [step for step in done if step in steps and step != "blink"]
    return [name for index, name in enumerate(names) if index == 0 or names[index - 1] != name]


def _rest(seen: Sequence[HeadSignals]) -> HeadSignals:
    """The person at rest: head and lips as in the first frames, eyes as they mostly are in frames with a level head."""
    first = seen[:REST_FRAMES]
    yaw, pitch = float(np.median([head.yaw for head in first])), float(np.median([head.pitch for head in first]))
    level = [head for head in seen if abs(head.yaw - yaw) < _ASKEW and abs(head.pitch - pitch) < _ASKEW]
    return HeadSignals(
        yaw=yaw,
        pitch=pitch,
        asymmetry=float(np.median([head.asymmetry for head in first])),
        mouth=min(float(np.median([head.mouth for head in first])), float(np.percentile([head.mouth for head in level or first], 30))),
        eyes=float(np.percentile([head.eyes for head in level or first], 65)),
        size=first[0].size,
        template=first[0].template,
    )


def _strengths(head: HeadSignals, rest: HeadSignals) -> dict[Step, float]:
    """How strong each movement is in one frame: 1 at the limit where it starts, 0 at the one where it ends."""
    yaw, pitch, side = head.yaw - rest.yaw, head.pitch - rest.pitch, head.asymmetry - rest.asymmetry
    askew = abs(yaw) > _ASKEW or abs(pitch) > _ASKEW
    mouth_start = max(_MOUTH[0], rest.mouth + _MOUTH_RISE)
    mouth_end = mouth_start - (_MOUTH[0] - _MOUTH[1])
    return {
        "turn_left": _strength(yaw, *_TURN) if side > _ASYMMETRY else 0.0,
        "turn_right": _strength(-yaw, *_TURN) if side < -_ASYMMETRY else 0.0,
        "nod": _strength(pitch, *_NOD) if abs(yaw) < _TURN[1] else 0.0,
        "open_mouth": 0.0 if askew else _strength(head.mouth, mouth_start, mouth_end),
        "blink": 0.0 if askew else _strength(-head.eyes / max(rest.eyes, 1e-6), -_EYES[0], -_EYES[1]),
    }


def _strength(value: float, start: float, end: float) -> float:
    return (value - end) / (start - end)


def _rises(step: Step, strengths: Sequence[float]) -> list[Movement]:
    """Where a strength passes 1, until it is down at 0 again."""
    found: list[Movement] = []
    start: int | None = None
    for index, strength in enumerate([*strengths, 0.0]):
        if start is None and strength >= 1 and index < len(strengths):
            start = index
        elif start is not None and strength <= 0:
            peak = start + int(np.argmax(strengths[start:index]))
            found.append(Movement(step, start, peak, index, strengths[peak]))
            start = None
    return found
