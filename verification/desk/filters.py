"""The filters of the queue."""

from collections.abc import Iterable
from typing import Any

from django.contrib.admin import SimpleListFilter
from django.db.models import Q, QuerySet
from django.http import HttpRequest
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from risk.states import RiskLevel
from verification.reasons import REASONS
from verification.states import ReviewStatus

Choices = Iterable[tuple[str, str | Promise]]
CLAIMED = Q(status=ReviewStatus.CLAIMED, claimed_until__isnull=False)


class LevelFilter(SimpleListFilter):
    """By level."""

    title, parameter_name = _("risk level"), "level"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Gravest first."""
        return reversed(RiskLevel.choices)

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Of that level."""
        return queryset.filter(level=self.value()) if self.value() else queryset


class ReasonFilter(SimpleListFilter):
    """By any of the reasons."""

    title, parameter_name = _("reason"), "reason"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Those that stand in the queue now."""
        lists = model_admin.get_queryset(request).order_by().values_list("reasons", flat=True)
        codes = dict.fromkeys(code for reasons in lists for code in reasons)
        return [(code, REASONS[code].staff) for code in REASONS if code in codes]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """With that reason among theirs."""
        return queryset.filter(reasons__contains=[self.value()]) if self.value() else queryset


class ClaimFilter(SimpleListFilter):
    """By who holds it."""

    title, parameter_name = _("claim"), "claim"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Nobody, I, somebody else."""
        return [("free", _("Free")), ("mine", _("Mine")), ("others", _("Others'"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """A claim that ran out is none."""
        held = CLAIMED & Q(claimed_until__gt=timezone.now())
        wanted = {"free": ~held, "mine": held & Q(reviewer=request.user), "others": held & ~Q(reviewer=request.user)}
        return queryset.filter(wanted[self.value()]) if self.value() in wanted else queryset


class OverdueFilter(SimpleListFilter):
    """By deadline."""

    title, parameter_name = _("deadline"), "overdue"

    def lookups(self, request: HttpRequest, model_admin: Any) -> Choices:
        """Past it, or not."""
        return [("yes", _("Overdue")), ("no", _("In time"))]

    def queryset(self, request: HttpRequest, queryset: QuerySet) -> QuerySet:
        """Against the clock of now."""
        now = timezone.now()
        wanted = {"yes": Q(deadline_at__lt=now), "no": Q(deadline_at__gte=now)}
        return queryset.filter(wanted[self.value()]) if self.value() in wanted else queryset
