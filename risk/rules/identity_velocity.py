"""Are many applications made for one identity?"""

from registration.models import Application
from risk import policy
from risk.rules.base import DAY, Context, Hit, hit_from


class IdentityVelocity:
    """Submitted applications for one identity number within 24 hours."""

    code = "IDENTITY_VELOCITY"
    points = policy.IDENTITY_VELOCITY_POINTS
    fires_from = policy.IDENTITY_VELOCITY_COUNT

    def weigh(self, context: Context) -> Hit | None:
        """Count them, this one too."""
        index = context.application.id_number_index
        if not index:
            return None
        same = Application.objects.filter(id_number_index=index, submitted_at__gte=context.now - DAY)
        return hit_from(same.count(), context.policy.value(policy.IDENTITY_VELOCITY_COUNT))
