"""Durations in buckets, so that quantiles of any span of days can be told without keeping each value."""

from bisect import bisect_left
from collections.abc import Mapping

# Upper edges in seconds, each about twice the one before: a quantile is right to within its bucket. Changing them needs a rebuild.
EDGES = (1, 2, 5, 10, 20, 30, 60, 120, 300, 600, 1200, 1800, 3600, 7200, 14400, 28800, 86400, 172800, 345600, 691200)


def bucket_of(seconds: float) -> str:
    """The index of the bucket, as JSON keeps keys; the last one has no upper edge."""
    return str(bisect_left(EDGES, seconds))


def quantile(buckets: Mapping[str, int], share: float) -> float | None:
    """The value below which `share` (0..1) of the values lie, in seconds, evenly spread within a bucket; None without values."""
    total = sum(buckets.values())
    if not total:
        return None
    wanted, seen = share * total, 0
    for index in sorted(int(key) for key in buckets):
        count = buckets[str(index)]
        if seen + count >= wanted:
            lower = EDGES[index - 1] if index else 0
            upper = EDGES[index] if index < len(EDGES) else lower
            return lower + (upper - lower) * (wanted - seen) / count
        seen += count
    return float(EDGES[-1])
