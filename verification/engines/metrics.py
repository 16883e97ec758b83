"""Error rates with their intervals, as ISO/IEC 19795-1 (matching) and ISO/IEC 30107-3 (attack detection) report them.

Scores here are such that higher is closer; whoever compares by distance hands in its negative.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Z = 1.959964  # the normal distribution's 97.5 % quantile: intervals of 95 %
RESAMPLES = 1000
SEED = 20260101  # resampling is repeatable
# Rule of 30 (G. R. Doddington et al., 2000; ISO/IEC 19795-1): with 30 errors seen, the true rate lies within 30 % of the one
# observed, with 90 % confidence.
RULE_OF_30 = 30


@dataclass(frozen=True, slots=True)
class Rate:
    """`count` of `total`; `low` and `high` bound the true rate with 95 % confidence. `rate` is None where `total` is 0."""

    count: int
    total: int
    rate: float | None
    low: float
    high: float

    def plain(self) -> dict[str, float | int | None]:
        """As JSON, rates to five places."""
        rounded = None if self.rate is None else round(self.rate, 5)
        return {"count": self.count, "total": self.total, "rate": rounded, "low": round(self.low, 5), "high": round(self.high, 5)}


def rate(count: int, total: int) -> Rate:
    """The share with Wilson's score interval (E. B. Wilson, 1927), which holds for rare errors and small sets too."""
    if total == 0:
        return Rate(count=0, total=0, rate=None, low=0.0, high=1.0)
    share, spread = count / total, Z**2 / total
    middle = (share + spread / 2) / (1 + spread)
    half = Z * math.sqrt(share * (1 - share) / total + spread / (4 * total)) / (1 + spread)
    # at 0 and 1 the interval ends there exactly; rounding would leave a hair
    low = 0.0 if count == 0 else middle - half
    high = 1.0 if count == total else middle + half
    return Rate(count=count, total=total, rate=share, low=low, high=high)


@dataclass(frozen=True, slots=True)
class EqualError:
    """Where as many impostors pass as genuine pairs are refused: the rate, its 95 % interval, and the threshold it lies at."""

    rate: float
    low: float
    high: float
    threshold: float

    def plain(self) -> dict[str, float]:
        """As JSON, to five places."""
        return {"rate": round(self.rate, 5), "low": round(self.low, 5), "high": round(self.high, 5), "threshold": round(self.threshold, 5)}


def equal_error(genuine: Sequence[float], impostor: Sequence[float]) -> EqualError | None:
    """The equal error rate of scores where higher is closer. None where one kind is missing.

    The interval is by bootstrap over pairs, and at least Wilson's for the smaller of the two sets: where nothing overlaps, no
    resample does either, and a few pairs would seem to prove everything. Pairs that share a person are not independent: over few
    people the true interval is wider.
    """
    if not len(genuine) or not len(impostor):
        return None
    mated, other = np.asarray(genuine, float), np.asarray(impostor, float)
    thresholds = np.unique(np.concatenate([mated, other]))
    places = np.searchsorted(thresholds, mated), np.searchsorted(thresholds, other)
    found, at = _crossing(*places, len(thresholds))
    random = np.random.default_rng(SEED)
    # the thresholds stay; only how often each score is drawn changes, so nothing is sorted again
    drawn = ([each[random.integers(len(each), size=len(each))] for each in places] for _ in range(RESAMPLES))
    again = [_crossing(*pairs, len(thresholds))[0] for pairs in drawn]
    low, high = np.percentile(again, [2.5, 97.5])
    smaller = min(len(mated), len(other))
    least = rate(round(found * smaller), smaller)
    return EqualError(rate=found, low=min(float(low), least.low), high=max(float(high), least.high), threshold=float(thresholds[at]))


def _crossing(mated: np.ndarray, other: np.ndarray, count: int) -> tuple[float, int]:
    """Rate and index of the threshold where the two error curves are closest; the scores are given as indices of `count` thresholds."""
    below_mated = np.cumsum(np.bincount(mated, minlength=count)) - np.bincount(mated, minlength=count)
    below_other = np.cumsum(np.bincount(other, minlength=count)) - np.bincount(other, minlength=count)
    refused, passed = below_mated / len(mated), 1 - below_other / len(other)
    at = int(np.argmin(np.abs(refused - passed)))
    return float((refused[at] + passed[at]) / 2), at


def false_matches(impostor: Sequence[float], threshold: float) -> Rate:
    """FMR: the impostor pairs that reach the threshold."""
    return rate(int((np.asarray(impostor, float) >= threshold).sum()), len(impostor))


def false_non_matches(genuine: Sequence[float], threshold: float) -> Rate:
    """FNMR: the genuine pairs that stay below the threshold."""
    return rate(int((np.asarray(genuine, float) < threshold).sum()), len(genuine))


def pairs_needed(fmr: float) -> int:
    """The impostor pairs without which no set can support this false match rate, however well it goes: with no false match among
    them the interval's upper end just reaches it. 3.84 / FMR by Wilson's interval; the "rule of 3" is the same for 95 % one-sided.
    """
    return math.ceil(Z**2 * (1 - fmr) / fmr)


def threshold_for(impostor: Sequence[float], fmr: float) -> float:
    """The lowest score at which the false match rate is at most `fmr` with 95 % confidence: the interval's upper end, not the
    observed share. Raises ValueError where there are fewer than `pairs_needed(fmr)` scores.
    """
    if len(impostor) < pairs_needed(fmr):
        raise ValueError(f"{len(impostor)} impostor pairs can't support a false match rate of {fmr:g}: {pairs_needed(fmr)} are needed")
    descending = np.sort(np.asarray(impostor, float))[::-1]
    allowed = _most_errors(len(descending), fmr)
    # just above the first score that would be one error too many; scores equal to it are errors too
    return float(np.nextafter(descending[allowed], np.inf))


def _most_errors(total: int, fmr: float) -> int:
    """The largest count of `total` whose interval ends at or below `fmr`; below `total` for any rate under 1."""
    low, high = 0, total - 1
    while low < high:
        middle = (low + high + 1) // 2
        if rate(middle, total).high <= fmr:
            low = middle
        else:
            high = middle - 1
    return low
