"""Counting wrong sign-ins: of a name from an address, and of an address whatever the names."""

from typing import Any

from axes.attempts import get_cool_off_threshold
from axes.handlers.database import AxesDatabaseHandler
from axes.models import AccessAttempt
from django.conf import settings
from django.db.models import Sum
from django.http import HttpRequest


class AttemptHandler(AxesDatabaseHandler):
    """Axes has one limit for all it counts. An address gets one of its own against who tries few passwords on many names.

    It is larger, since an office shares one; a failure is forgotten after AXES_COOLOFF_TIME.
    """

    def get_failures(self, request: HttpRequest, credentials: dict[str, Any] | None = None) -> int:
        """Of this name from this address; where the address has used up its own limit, at least the limit of a name."""
        failures = super().get_failures(request, credentials)
        spent = _failures_from(request) >= settings.SIGN_IN_FAILURES_OF_ADDRESS
        return max(failures, settings.AXES_FAILURE_LIMIT) if spent else failures


def _failures_from(request: HttpRequest) -> int:
    recent = AccessAttempt.objects.filter(ip_address=request.axes_ip_address, attempt_time__gte=get_cool_off_threshold(request))
    return recent.aggregate(total=Sum("failures_since_start"))["total"] or 0
