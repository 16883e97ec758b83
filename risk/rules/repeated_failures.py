"""Was this identity or this number refused lately?"""

from datetime import timedelta

from django.db.models import Q

from registration.models import Application
from registration.states import ApplicationStatus
from risk import policy
from risk.rules.base import Context, Hit, hit_from


class RepeatedFailures:
    """Rejected applications of the identity or the number. One that a reviewer overturned is no longer rejected, and not counted."""

    code = "REPEATED_FAILURES"
    points = policy.REPEATED_FAILURES_POINTS
    fires_from = policy.REPEATED_FAILURES_COUNT

    def weigh(self, context: Context) -> Hit | None:
        """Count them within the days that policy remembers."""
        application = context.application
        same = Q()
        if application.id_number_index:
            same |= Q(id_number_index=application.id_number_index)
        if application.phone_index:
            same |= Q(phone_index=application.phone_index)
        if not same:
            return None
        since = context.now - timedelta(days=context.policy.value(policy.REPEATED_FAILURES_DAYS))
        rejected = Application.objects.filter(same, status=ApplicationStatus.REJECTED, decided_at__gte=since).exclude(pk=application.pk)
        return hit_from(rejected.count(), context.policy.value(policy.REPEATED_FAILURES_COUNT))
