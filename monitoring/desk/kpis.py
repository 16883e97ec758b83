"""The page of live KPIs."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from monitoring import access, health, selectors
from realname.access.guards import desk_page

SPANS = ((1, _("Today")), (7, _("7 days")), (30, _("30 days")))
SECONDS = 15
# Each renewal counts as use of the session: after a quarter of an hour the page rests, so that an empty desk signs out.
TURNS = 60


@desk_page(access.may_see_kpis)
def kpis(request: HttpRequest) -> HttpResponse:
    """The whole page."""
    return TemplateResponse(request, "monitoring/desk/kpis.html", {**admin.site.each_context(request), **_context(request, turn=0)})


@desk_page(access.may_see_kpis)
def live(request: HttpRequest) -> HttpResponse:
    """The part that renews itself."""
    return TemplateResponse(request, "monitoring/desk/kpis_live.html", _context(request, turn=_number(request, "turn", 0) + 1))


def _context(request: HttpRequest, *, turn: int) -> dict[str, Any]:
    days = _number(request, "days", 7)
    days = days if days in dict(SPANS) else 7
    return {
        "title": _("Live KPIs"),
        "days": days,
        "spans": SPANS,
        "figures": selectors.figures(days),
        "trend": selectors.trend(days),
        "signs": health.signs(),
        "now": timezone.now(),
        "seconds": SECONDS,
        "resting": turn >= TURNS,
        "live_url": f"{reverse('admin:monitoring_kpis_live')}?days={days}&turn={turn}",
    }


def _number(request: HttpRequest, name: str, default: int) -> int:
    text = request.GET.get(name, "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 5 else default
