"""Nothing waits for ever: a check whose deadline has passed without anybody at work on it ends as "not checked" (P-VER-6)."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from verification.checks.base import Result
from verification.locks import lock_check
from verification.models import Check
from verification.services.run_check import unanswered, write_result
from verification.states import CheckStatus

NOT_AT_WORK = (CheckStatus.PENDING, CheckStatus.WAITING)


def end_overdue_checks(*, limit: int = 200) -> int:
    """End checks past their deadline, for instance where no worker serves their queue; answers how many. A reviewer takes over."""
    # a check that is being asked again ends itself at its next attempt: it is given the time of one
    late = timezone.now() - timedelta(seconds=settings.CHECK_LEASE)
    overdue = list(Check.objects.filter(status__in=NOT_AT_WORK, deadline_at__lt=late).values_list("pk", flat=True)[:limit])
    return sum(_end(check_id) for check_id in overdue)


@transaction.atomic
def _end(check_id: UUID) -> int:
    check = lock_check(check_id)
    if check is None or check.status not in NOT_AT_WORK:
        return 0
    never_begun = Result(status=CheckStatus.ERROR, reason="NOT_CHECKED", findings=["deadline_passed"])
    write_result(check, unanswered(check.waiting_reason) if check.status == CheckStatus.WAITING else never_begun, milliseconds=None)
    return 1
