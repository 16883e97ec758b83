"""`engine face-match --pairs CSV`: whether two photographs show one person."""

import sys
import time
from collections.abc import Iterator

from django.core.management.base import CommandParser

from verification.console.lines import Line
from verification.console.pairs import Pair, Pairs, read_pairs
from verification.console.sides import Side, Sides
from verification.console.tally import INTERVALS, Tally
from verification.engines import engines
from verification.engines.base import FaceEngine, FaceMatch
from verification.engines.face.dlib_resnet import UNSAFE, DistanceThresholds
from verification.engines.face.sface import FaceThresholds

HELP = "Compares pairs of faces; with labels it ends with EER, FMR and FNMR."

Limits = FaceThresholds | DistanceThresholds
THRESHOLDS: dict[str, type[Limits]] = {"sface": FaceThresholds, "dlib": DistanceThresholds}
SIGNS = {"sface": 1, "dlib": -1}  # of a score, so that higher is closer


def add_arguments(parser: CommandParser) -> None:
    """The pairs, the engine, and its thresholds."""
    parser.add_argument("--pairs", required=True, metavar="CSV", help="columns a,b and, for error rates, label (1 one person, 0 two)")
    parser.add_argument("--engine", choices=list(THRESHOLDS), default="sface", help="default: %(default)s")
    parser.add_argument("--threshold", type=float, help="a match from here on, in the engine's unit; default: the calibrated one")
    parser.add_argument("--review-threshold", type=float, help="a person's to decide from here on; default: the calibrated one")


def run(*, pairs: str, engine: str, threshold: float | None, review_threshold: float | None, **options) -> Iterator[Line]:
    """One line a pair and, with labels, a summary. Raises ValueError where the table or a threshold can't be used."""
    table = read_pairs(pairs)
    limits = THRESHOLDS[engine].at(match=threshold, review=review_threshold)
    warn(engine)
    return _lines(table, engines(face=engine).face, limits, Tally(sign=SIGNS[engine]))


def warn(engine: str) -> None:
    """Say to whoever runs it when an engine is unsafe; not among the lines, which are for programs."""
    if engine == "dlib":
        sys.stderr.write(f"{UNSAFE}\n")


def _lines(table: Pairs, engine: FaceEngine, limits: Limits, tally: Tally) -> Iterator[Line]:
    sides = Sides(engine)
    for pair in table.rows:
        line, match = compare(pair, table, sides, engine, limits)
        if pair.genuine is not None:
            tally.add(pair.genuine, line["status"], match)
        yield line
    if table.labelled:
        yield {
            "summary": {
                "engine": engine.name,
                "engine_version": engine.version,
                **tally.counts(),
                "eer": tally.equal_error(),
                "at_threshold": tally.errors_at(limits.match),
                "at_review_threshold": tally.errors_at(limits.review),
                "intervals": INTERVALS,
            }
        }


def compare(pair: Pair, table: Pairs, sides: Sides, engine: FaceEngine, limits: Limits) -> tuple[Line, FaceMatch | None]:
    """The line of one pair, and its match where both sides gave a template."""
    started = time.perf_counter()
    looks = {"a": sides.look(table.place(pair.a)), "b": sides.look(table.place(pair.b))}
    line: Line = {"a": pair.a, "b": pair.b} | ({} if pair.genuine is None else {"label": int(pair.genuine)})
    bad = {name: side for name, (side, _known) in looks.items() if side.status != "ok"}
    match, comparing = None, 0.0
    if bad:
        line |= _unjudged(bad)
    else:
        before = time.perf_counter()
        match = engine.compare(looks["a"][0].template, looks["b"][0].template, thresholds=limits)
        comparing = time.perf_counter() - before
        line |= _judged(match, engine)
    spent = {stage: sum(side.seconds.get(stage, 0.0) for side, known in looks.values() if not known) for stage in ("detect", "embed")}
    spent |= {"compare": comparing, "total": time.perf_counter() - started}
    return line | {
        "quality": {name: side.quality for name, (side, _known) in looks.items()},
        "milliseconds": {stage: round(1000 * seconds, 3) for stage, seconds in spent.items()},
        "reused": [name for name, (_side, known) in looks.items() if known],
    }, match


def _judged(match: FaceMatch, engine: FaceEngine) -> Line:
    return {
        "status": "ok",
        "score": round(match.score, 5),
        "decision": match.verdict,
        "threshold": match.match_threshold,
        "review_threshold": match.review_threshold,
        "unit": match.unit,
        "engine": engine.name,
        "engine_version": engine.version,
    }


def _unjudged(bad: dict[str, Side]) -> Line:
    """Why a pair can't be judged: the status of its first bad side, the reasons of all."""
    return {
        "status": next(iter(bad.values())).status,
        "side": list(bad),
        "reason": "; ".join(f"{name}: {side.reason}" for name, side in bad.items()),
    }
