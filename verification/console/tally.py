"""What a run over pairs with known truth adds up to: scores, error rates, and the pairs that could not be judged."""

from collections import Counter
from dataclasses import dataclass, field

from verification.console.lines import Line
from verification.engines.base import FaceMatch
from verification.engines.metrics import equal_error, false_matches, false_non_matches, rate

INTERVALS = "95 %: Wilson's for rates, for the EER the wider of bootstrap over pairs and Wilson's; in truth wider where pairs share people"


@dataclass(slots=True)
class Tally:
    """Scores by truth, turned so that higher is closer: `sign` is -1 for distances."""

    sign: int
    genuine: list[float] = field(default_factory=list)
    impostor: list[float] = field(default_factory=list)
    statuses: dict[bool, Counter] = field(default_factory=lambda: {True: Counter(), False: Counter()})

    def add(self, truth: bool, status: str, match: FaceMatch | None) -> None:
        """Count one pair; without a match it counts as not acquired."""
        self.statuses[truth][status] += 1
        if match is not None:
            (self.genuine if truth else self.impostor).append(self.sign * match.score)

    def counts(self) -> Line:
        """Pairs as given and as judged, and the failures to acquire (ISO/IEC 19795-1), which are in no error rate."""
        given = {"genuine": self.statuses[True].total(), "impostor": self.statuses[False].total()}
        judged = {"genuine": len(self.genuine), "impostor": len(self.impostor)}
        lost = {name: given[name] - judged[name] for name in given}
        why = {status: count for status, count in sorted((self.statuses[True] + self.statuses[False]).items()) if status != "ok"}
        failed = rate(sum(lost.values()), sum(given.values())).plain()
        return {"pairs": given, "judged": judged, "failure_to_acquire": failed | lost | {"by_status": why}}

    def equal_error(self) -> Line | None:
        """The EER with its interval, its threshold in the engine's own unit; None where one kind of pairs is missing."""
        found = equal_error(self.genuine, self.impostor)
        if found is None:
            return None
        plain = found.plain()
        return plain | {"threshold": self.sign * plain["threshold"]}

    def errors_at(self, threshold: float) -> Line:
        """FMR and FNMR at a threshold in the engine's own unit."""
        return {
            "threshold": threshold,
            "fmr": false_matches(self.impostor, self.sign * threshold).plain(),
            "fnmr": false_non_matches(self.genuine, self.sign * threshold).plain(),
        }
