"""Do many applications come from one device?"""

from registration.models import Application
from risk import policy
from risk.rules.base import DAY, Context, Hit, hit_from

# channels in which a device is somebody's own: its browser, or the operator's app on it
PERSONAL = ("web", "app")


class DeviceBurst:
    """Applications begun on one device within 24 hours. A shop's devices serve many people: they are not counted."""

    code = "DEVICE_BURST"
    points = policy.DEVICE_BURST_POINTS
    fires_from = policy.DEVICE_BURST_COUNT

    def weigh(self, context: Context) -> Hit | None:
        """Count them, this one too. Without a device id nothing can be said."""
        application = context.application
        if not application.device or application.channel not in PERSONAL:
            return None
        same = Application.objects.filter(device=application.device, channel__in=PERSONAL, created_at__gte=context.now - DAY)
        return hit_from(same.count(), context.policy.value(policy.DEVICE_BURST_COUNT))
