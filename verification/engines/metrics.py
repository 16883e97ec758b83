"""Error rates with their intervals, as ISO/IEC 19795-1 (matching) and ISO/IEC 30107-3 (attack detection) report them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

Z = 1.959964  # the normal distribution's 97.5 % quantile: intervals of 95 %
RESAMPLES = 1000
SEED = 20260101  # resampling is repeatable


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
    half = Z * np.sqrt(share * (1 - share) / total + spread / (4 * total)) / (1 + spread)
    return Rate(count=count, total=total, rate=share, low=float(max(0.0, middle - half)), high=float(min(1.0, middle + half)))


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
    """The equal error rate of scores where higher is closer; the interval by bootstrap over pairs. None where one kind is missing.

    Pairs that share a person are not independent: over few people the true interval is wider.
    """
    if not len(genuine) or not len(impostor):
        return None
    mated, other = np.sort(np.asarray(genuine, float)), np.sort(np.asarray(impostor, float))
    found, threshold = _crossing(mated, other)
    random = np.random.default_rng(SEED)
    again = [_crossing(np.sort(random.choice(mated, len(mated))), np.sort(random.choice(other, len(other))))[0] for _ in range(RESAMPLES)]
    low, high = np.percentile(again, [2.5, 97.5])
    return EqualError(rate=found, low=float(low), high=float(high), threshold=threshold)


def _crossing(mated: np.ndarray, other: np.ndarray) -> tuple[float, float]:
    """Rate and threshold where the two error curves are closest; both arrays sorted."""
    thresholds = np.unique(np.concatenate([mated, other]))
    refused = np.searchsorted(mated, thresholds, side="left") / len(mated)
    passed = 1 - np.searchsorted(other, thresholds, side="left") / len(other)
    at = int(np.argmin(np.abs(refused - passed)))
    return float((refused[at] + passed[at]) / 2), float(thresholds[at])
