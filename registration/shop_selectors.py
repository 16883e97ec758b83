"""Questions about dealers, their shops and who works there."""

from datetime import timedelta
from typing import Any

from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from registration.models import Application, ClerkPosting, Shop
from registration.states import ApplicationStatus

# days that the figures look back over: a month of a shop
FIGURE_DAYS = 30

_S = ApplicationStatus


def figures(by: str, **of: Any) -> dict[Any, dict[str, int]]:
    """What became of the applications that clerks began or took up lately: {shop or clerk id: {begun, approved, returned, refused}}.

    `by` is "shop" or "clerk", `of` narrows the applications. Returned are those asked for anything again, once or oftener.
    """
    since = timezone.now() - timedelta(days=FIGURE_DAYS)
    rows = Application.objects.filter(assisted_at__gte=since, **of).order_by().values(by)
    counted = rows.annotate(
        begun=Count("pk"),
        approved=Count("pk", filter=Q(status__in=[_S.APPROVED, _S.ACTIVATED])),
        returned=Count("pk", filter=Q(status=_S.NEEDS_RESUBMISSION) | Q(round__gt=1)),
        refused=Count("pk", filter=Q(status=_S.REJECTED)),
    )
    return {row.pop(by): row for row in counted}


def postings_not_over(shop: Shop) -> QuerySet[ClerkPosting]:
    """Who works in the shop, or will."""
    unended = shop.postings.filter(Q(ends__isnull=True) | Q(ends__gte=timezone.localdate()), ended_at__isnull=True)
    return unended.select_related("clerk").order_by("clerk__username", "begins")
