"""Nothing waits for ever: a check whose deadline has passed without anybody at work on it ends as "not checked" (P-VER-6)."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from verification.checks.base import Result
from verification.locks import lock_check
from verification.models import Check
from verification.services.run_check import write_result
from verification.states import CheckStatus


def end_overdue_checks(*, limit: int = 200) -> int:
    """End checks past their deadline, for instance where no worker serves their queue; answers how many. A reviewer takes over."""
    # a check that is being asked again ends itself at its next attempt: it is given the time of one
    late = timezone.now() - timedelta(seconds=settings.CHECK_LEASE)
    overdue = list(Check.objects.filter(status=CheckStatus.PENDING, deadline_at__lt=late).values_list("pk", flat=True)[:limit])
    return sum(_end(check_id) for check_id in overdue)


@transaction.atomic
def _end(check_id: UUID) -> int:
    check = lock_check(check_id)
    if check is None or check.status != CheckStatus.PENDING:
        return 0
    write_result(check, Result(status=CheckStatus.ERROR, reason="NOT_CHECKED", findings=["deadline_passed"]), milliseconds=None)
    return 1
