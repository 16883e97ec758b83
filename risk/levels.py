"""How many points make which level."""

from realname.policy import Snapshot
from risk import policy
from risk.states import RiskLevel


def level_of(points: int, snapshot: Snapshot) -> RiskLevel:
    """The gravest level whose threshold is reached."""
    for level, threshold in (
        (RiskLevel.CRITICAL, policy.CRITICAL_AT),
        (RiskLevel.HIGH, policy.HIGH_AT),
        (RiskLevel.MEDIUM, policy.MEDIUM_AT),
    ):
        if points >= snapshot.value(threshold):
            return level
    return RiskLevel.LOW
