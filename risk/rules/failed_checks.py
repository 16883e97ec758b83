"""Did several checks fail?"""

from risk import policy
from risk.rules.base import Context, Hit, hit_from

# Spelled here since checks live a floor above. `error` (not checked) and `inconclusive` are never held against the person.
FAILED = "failed"


class FailedChecks:
    """Checks of this round that were looked at and found bad."""

    code = "FAILED_CHECKS"
    points = policy.FAILED_CHECKS_POINTS
    fires_from = policy.FAILED_CHECKS_COUNT

    def weigh(self, context: Context) -> Hit | None:
        """Count them."""
        failed = sum(status == FAILED for status, _reason in context.checks.values())
        return hit_from(failed, context.policy.value(policy.FAILED_CHECKS_COUNT))
