"""My lines: all under one's identity, masked until a number is asked for (R-10, R-15)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from realname import policy
from realname.access.guards import visible
from realname.masking import mask_name
from registration.account_selectors import guarded, things_of
from registration.errors import AccountRefused
from registration.models import Line
from registration.parties_selectors import guarded_by
from registration.policy import KEPT_AFTER_SERVICE, QUARANTINE_DAYS
from registration.services.account.show_number import show_number
from registration.services.terminate_line import terminate_line
from registration.states import EndReason, LineStatus
from registration.web.account.session import account_page, needs_fresh

TONES = {LineStatus.ACTIVE: "good", LineStatus.RESTRICTED: "warn", LineStatus.SUSPENDED: "bad"}

# who answers for an organisation's lines of things may answer for thousands
THINGS_SHOWN = 50


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


@require_http_methods(["GET", "HEAD", "POST"])
@needs_fresh
def line_end(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """What ending a line means, and then the end of it. For who signed in a moment ago only, and not while the account is guarded."""
    held = Line.objects.held().filter(person=request.sign_in.person)
    line = held.filter(pk=line_id).first()
    if line is None:
        visible(Line.objects.filter(pk=line_id, person=request.sign_in.person).first())
        messages.info(request, _("This line has ended already."))
        return redirect("account:lines")
    if guarded(request.sign_in.person):
        messages.warning(request, AccountRefused("account_guarded").message)
        return redirect("account:lines")
    if request.method == "POST":
        terminate_line(actor=request.person, line_id=line.pk, reason=EndReason.HOLDER)
        messages.success(request, _("Your line has ended."))
        return redirect("account:lines")
    context = {"line": line, "last": held.count() == 1, "rests": policy.value(QUARANTINE_DAYS), "kept": policy.value(KEPT_AFTER_SERVICE)}
    return render(request, "registration/web/account/line_end.html", context)


def _page(request: HttpRequest, shown: dict[UUID, str] | None = None) -> HttpResponse:
    found = Line.objects.filter(person=request.sign_in.person).select_related("application", "organisation").order_by("-activated_at")
    rows = [
        {
            "line": line,
            "number": (shown or {}).get(line.pk),
            "tone": TONES.get(line.status, "neutral"),
            "may_end": line.status in LineStatus.held(),
        }
        for line in found
    ]
    things = things_of(request.sign_in.person).held().select_related("organisation", "use").order_by("-activated_at")
    of_things = [(line, TONES.get(line.status, "neutral")) for line in things[:THINGS_SHOWN]]
    children = (
        Line.objects.filter(application__in=guarded_by(request.sign_in.person)).select_related("application").order_by("-activated_at")
    )
    of_children = [
        {"line": line, "name": mask_name(line.application.name or ""), "tone": TONES.get(line.status, "neutral")} for line in children
    ]
    context = {"rows": rows, "of_things": of_things, "children": of_children}
    return render(request, "registration/web/account/lines.html", context)
