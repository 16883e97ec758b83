"""My rights: correct, delete, freeze, object, have explained; with the day by which we answer (R-31)."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from realname.access.guards import visible
from realname.ui.telling import telling
from registration.account_selectors import keeping_of
from registration.errors import RegistrationError
from registration.models import Application, RightsRequest
from registration.rights import REASONS, RIGHTS
from registration.services.account.freeze_person import unfreeze_person
from registration.services.account.request_right import request_right, withdraw_right
from registration.states import RightsKind, RightsStatus
from registration.web.account.forms import RightForm
from registration.web.account.session import account_page, needs_fresh

# these two need no words: what is meant is plain
_PLAIN = {RightsKind.DELETION, RightsKind.RESTRICTION}
TONES = {RightsStatus.RECEIVED: "info", RightsStatus.GRANTED: "good", RightsStatus.REFUSED: "bad"}


@require_safe
@account_page
def rights(request: HttpRequest) -> HttpResponse:
    """What can be asked for, and what was."""
    person = request.sign_in.person
    asked = [{"request": row, "tone": TONES.get(row.status, "neutral")} for row in person.rights_requests.all()]
    return render(
        request,
        "registration/web/account/rights.html",
        {"rights": RIGHTS.values(), "asked": asked, "person": person, "keeping": keeping_of(person)},
    )


@require_http_methods(["GET", "HEAD", "POST"])
@needs_fresh
def right(request: HttpRequest, kind: str) -> HttpResponse:
    """Ask for one, in one's own words; what the law says to it stands there before it is sent."""
    if kind not in RightsKind.values:
        raise Http404
    application = _application(request)
    form = RightForm(request.POST or None, needed=kind not in _PLAIN)
    if request.method == "POST" and form.is_valid():
        try:
            asked = request_right(
                actor=request.person,
                kind=RightsKind(kind),
                words=form.cleaned_data["words"],
                application_id=application.pk if application else None,
            )
            return redirect("account:right_answer", asked.pk)
        except RegistrationError as refusal:
            form.add_error(None, refusal.message)
    keeping = keeping_of(request.sign_in.person) if kind == RightsKind.DELETION else None
    context = {
        "right": RIGHTS[RightsKind(kind)],
        "form": form,
        "application": application,
        "plain": kind in _PLAIN,
        "keeping": keeping,
        "kept_because": REASONS[keeping.reason] if keeping else "",
    }
    return render(request, "registration/web/account/right.html", context, status=422 if form.errors else 200)


@require_safe
@account_page
def right_answer(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """One request: when it is due, or how it was answered and why."""
    asked = visible(RightsRequest.objects.filter(pk=request_id, person=request.sign_in.person).first())
    context = {"asked": asked, "tone": TONES.get(asked.status, "neutral"), "reason": REASONS.get(asked.reason, "")}
    return render(request, "registration/web/account/right_answer.html", context)


@require_POST
@account_page
def right_withdraw(request: HttpRequest, request_id: UUID) -> HttpResponse:
    """Take a request back."""
    try:
        with telling(request):
            withdraw_right(actor=request.person, request_id=request_id)
            messages.success(request, _("Your request is withdrawn."))
    except RightsRequest.DoesNotExist:
        raise Http404 from None
    return redirect("account:rights")


@require_POST
@needs_fresh
def unfreeze(request: HttpRequest) -> HttpResponse:
    """Lift the freezing of one's data."""
    with telling(request):
        unfreeze_person(actor=request.person)
        messages.success(request, _("Your data are no longer frozen."))
    return redirect("account:rights")


def _application(request: HttpRequest) -> Application | None:
    """The application that the request is about, where it names one. Raises Http404 for one that is not theirs."""
    named = request.POST.get("application") or request.GET.get("application")
    if not named:
        return None
    try:
        application_id = UUID(named)
    except ValueError:
        raise Http404 from None
    return visible(Application.objects.filter(pk=application_id, person=request.sign_in.person).first())
