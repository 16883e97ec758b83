"""Do many applications come from one network?"""

from registration.models import Application
from risk import policy
from risk.rules.base import HOUR, Context, Hit, hit_from


class AddressBurst:
    """Applications begun from one network (an IPv4 address, an IPv6 /64) within an hour, on the web channel."""

    code = "ADDRESS_BURST"
    points = policy.ADDRESS_BURST_POINTS
    fires_from = policy.ADDRESS_BURST_COUNT

    def weigh(self, context: Context) -> Hit | None:
        """Count them, this one too."""
        application = context.application
        if not application.network or application.channel != "web":
            return None
        same = Application.objects.filter(network=application.network, channel="web", created_at__gte=context.now - HOUR)
        return hit_from(same.count(), context.policy.value(policy.ADDRESS_BURST_COUNT))
