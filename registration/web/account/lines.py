"""My lines: all under one's identity, masked until a number is asked for (R-10, R-15)."""

from uuid import UUID

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from registration.line_acts import acts_of
from registration.models import Line
from registration.services.account.show_number import show_number
from registration.states import LineStatus
from registration.web.account.session import account_page

TONES = {LineStatus.ACTIVE: "good", LineStatus.RESTRICTED: "warn", LineStatus.SUSPENDED: "bad"}


@require_safe
@account_page
def lines(request: HttpRequest) -> HttpResponse:
    """Newest first."""
    return _page(request)


@require_POST
@account_page
def line_show(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """One number in full; that it was shown is written down."""
    try:
        number = show_number(actor=request.person, line_id=line_id)
    except Line.DoesNotExist:
        raise Http404 from None
    return _page(request, shown={line_id: number})


def _page(request: HttpRequest, shown: dict[UUID, str] | None = None) -> HttpResponse:
    found = Line.objects.filter(person=request.sign_in.person).select_related("application").order_by("-activated_at")
    rows = [
        {"line": line, "number": (shown or {}).get(line.pk), "tone": TONES.get(line.status, "neutral"), "acts": acts_of(line)}
        for line in found
    ]
    return render(request, "registration/web/account/lines.html", {"rows": rows})
