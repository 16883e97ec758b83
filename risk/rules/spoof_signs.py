"""Does a photograph seem to show something else than a person or a card?"""

from risk import policy
from risk.rules.base import Context, Hit, hit_from
from risk.rules.failed_checks import FAILED

# Spelled here since checks live a floor above (verification/reasons.py).
SIGNS = frozenset({"LIVENESS_FAILED", "PHOTO_RECAPTURED", "SAME_PICTURE", "CHALLENGE_REPLAYED", "CHALLENGE_OTHER_FACE"})


class SpoofSigns:
    """Checks of this round that saw a picture of a picture, a screen or a copy, one picture used twice, or movements that came
    before or were somebody else's.

    One weighs more than other failures: nobody comes to it by mistyping.
    """

    code = "SPOOF_SIGNS"
    points = policy.SPOOF_SIGNS_POINTS
    fires_from = policy.SPOOF_SIGNS_COUNT

    def weigh(self, context: Context) -> Hit | None:
        """Count them."""
        seen = sum(status == FAILED and reason in SIGNS for status, reason in context.checks.values())
        return hit_from(seen, context.policy.value(policy.SPOOF_SIGNS_COUNT))
