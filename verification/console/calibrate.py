"""`engine calibrate --pairs CSV --fmr RATE`: the thresholds at which no more impostors pass than wanted, on the operator's own pairs."""

import math
import sys
from collections.abc import Iterator

from django.core.management.base import CommandParser

from verification.console.face_match import SIGNS, THRESHOLDS, compare, warn
from verification.console.lines import Line
from verification.console.pairs import Pair, Pairs, read_pairs
from verification.console.sides import Sides
from verification.console.tally import INTERVALS, Tally
from verification.engines import engines
from verification.engines.base import FaceEngine
from verification.engines.face.dlib_resnet import LOOSEST
from verification.engines.metrics import RULE_OF_30, pairs_needed, threshold_for
from verification.policy import FACE_MATCH_AT, FACE_REVIEW_AT

HELP = "The thresholds for a wanted false match rate, on labelled pairs, with their error rates and intervals."
REVIEW_TIMES = 5  # the built-in SFace thresholds: FMR 0.062 % for a match, 0.30 % for a review
PLACES = 4  # digits of a threshold

STATEMENT = (
    "This threshold holds for this engine and for people and cameras like those of these pairs. It does not transfer to other groups "
    "of people: calibrate on pairs of the people who will use it, and report each group by itself."
)


def add_arguments(parser: CommandParser) -> None:
    """The pairs, the engine, and the rates that are wanted."""
    columns = "columns a,b,label and, to count people, person_a,person_b"
    parser.add_argument("--pairs", required=True, metavar="CSV", help=columns)
    parser.add_argument("--engine", choices=list(THRESHOLDS), default="sface", help="default: %(default)s")
    parser.add_argument("--fmr", type=float, default=0.001, help="share of impostor pairs that may match; default: %(default)s")
    parser.add_argument("--review-fmr", type=float, help=f"share that may reach a reviewer or match; default: {REVIEW_TIMES} times --fmr")


def run(*, pairs: str, engine: str, fmr: float, review_fmr: float | None, **options) -> Iterator[Line]:
    """One line, `{"calibration": …}`. Raises ValueError where the pairs have no labels or are too few for the rate."""
    review = min(REVIEW_TIMES * fmr, 0.5) if review_fmr is None else review_fmr
    if not 0 < fmr <= review < 1:
        raise ValueError(f"Rates must satisfy 0 < fmr <= review-fmr < 1, not {fmr:g} and {review:g}.")
    table = read_pairs(pairs)
    if not table.labelled:
        raise ValueError(f"{pairs} needs the column label: 1 for pairs of one person, 0 for two.")
    distinct = _distinct(table)
    _enough(sum(row.genuine is False for row in distinct), fmr)
    warn(engine)
    return _calibrated(table, distinct, engine, engines(face=engine).face, fmr, review)


def _distinct(table: Pairs) -> list[Pair]:
    """The pairs that are evidence: a pair given again, either way round, says nothing new, nor does a picture against itself."""
    found = {}
    for row in table.rows:
        places = frozenset((table.place(row.a), table.place(row.b)))
        if len(places) == 2:
            found.setdefault(places, row)
    return list(found.values())


def _enough(impostors: int, fmr: float) -> None:
    needed = pairs_needed(fmr)
    if impostors < needed:
        raise ValueError(
            f"{impostors} different impostor pairs that can be judged are too few to support a false match rate of {fmr:g}: even if none "
            f"matched, its 95 % interval would end above (rule of 3). At least {needed} are needed, and for a rate known "
            f"within 30 % about {math.ceil(RULE_OF_30 / fmr)} (rule of 30; ISO/IEC 19795-1)."
        )


def _calibrated(table: Pairs, distinct: list[Pair], name: str, engine: FaceEngine, fmr: float, review_fmr: float) -> Iterator[Line]:
    tally, sides, limits = Tally(sign=SIGNS[name]), Sides(engine), THRESHOLDS[name]()
    for pair in distinct:
        line, match = compare(pair, table, sides, engine, limits)
        tally.add(bool(pair.genuine), line["status"], match)
    # those that can't be judged are known only now
    _enough(len(tally.impostor), fmr)
    match_at, review_at = _threshold(tally, name, fmr), _threshold(tally, name, review_fmr)
    at_match = tally.errors_at(match_at)
    if at_match["fmr"]["count"] < RULE_OF_30:
        sys.stderr.write(f"{at_match['fmr']['count']} false matches at the threshold are fewer than 30: its rate is known coarsely.\n")
    yield {
        "calibration": {
            "engine": engine.name,
            "engine_version": engine.version,
            "pairs_sha256": table.sha256,
            "people": table.people,
            "left_out": len(table.rows) - len(distinct),
            **tally.counts(),
            "wanted_fmr": fmr,
            "wanted_review_fmr": review_fmr,
            "unit": engine.unit,
            "eer": tally.equal_error(),
            "match": at_match,
            "review": tally.errors_at(review_at),
            "rule_of_30": at_match["fmr"]["count"] >= RULE_OF_30,
            "policy": _policy(match_at, review_at) if name == "sface" else None,
            "intervals": INTERVALS,
            "statement": STATEMENT,
        }
    }


def _threshold(tally: Tally, name: str, fmr: float) -> float:
    """In the engine's unit, rounded to the strict side. Raises ValueError where no score separates that well."""
    turned = math.ceil(threshold_for(tally.impostor, fmr) * 10**PLACES) / 10**PLACES
    found = round(tally.sign * turned, PLACES)
    if name == "dlib":
        # looser than the engine accepts: a set that says so is too easy
        found = min(found, LOOSEST)
    if (name == "dlib" and found <= 0) or found > 1:
        raise ValueError(
            f"No threshold has a false match rate of {fmr:g}: impostor pairs are as close as faces can be. Look at the labels."
        )
    return found


def _policy(match_at: float, review_at: float) -> Line:
    """What compliance may set, and whether the parameters' bounds allow it."""
    wanted = ((FACE_MATCH_AT, match_at), (FACE_REVIEW_AT, review_at))
    return {
        "values": {parameter.key: value for parameter, value in wanted},
        "out_of_bounds": [parameter.key for parameter, value in wanted if not parameter.minimum <= value <= parameter.maximum],
    }
