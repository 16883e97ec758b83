"""The clerk for organisations asks for lines of things, activates them, states why a stopped one should be lifted, and ends them."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from realname.access.actor import actor_from_request
from realname.access.guards import desk_page, visible
from realname.ids.errors import InvalidInput
from realname.ids.phone import InvalidPhone
from registration.access import may_keep_iot_uses
from registration.desk.iot import show
from registration.desk.iot.forms import FIELD_OF, CardsForm, EndForm, RecheckForm, UseForm
from registration.errors import IotRefused
from registration.models import IotLine, IotUse, Organisation
from registration.services.iot.activate_lines import activate_iot_lines
from registration.services.iot.ask_use import ask_iot_use
from registration.services.iot.end_line import end_iot_line
from registration.services.iot.recheck_line import ask_recheck
from registration.states import EndReason, IotUseStatus, LineStatus, OrganisationStatus, RecheckStatus

# of the clerk's own lists
SHOWN = 100
LINES_A_PAGE = 50


@require_safe
@desk_page(may_keep_iot_uses)
def uses(request: HttpRequest) -> HttpResponse:
    """The uses this clerk asked for; the organisations they can ask for; and lines that are stopped."""
    mine = IotUse.objects.filter(entered_by=request.user).select_related("organisation")[:SHOWN]
    stopped = IotLine.objects.stopped().filter(use__entered_by=request.user).select_related("use__organisation").order_by("stopped_at")
    context = {
        "uses": [(use, show.use_tone(use), show.level_tone(use)) for use in mine],
        "organisations": Organisation.objects.filter(entered_by=request.user, status=OrganisationStatus.APPROVED)[:SHOWN],
        "stopped": [(line, show.line_tone(line), show.masked(line)) for line in stopped[:SHOWN]],
    }
    return _page(request, "own", _("Lines of things"), context)


@desk_page(may_keep_iot_uses)
def ask(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Ask for lines for an organisation."""
    own = Organisation.objects.filter(pk=organisation_id, entered_by=request.user, status=OrganisationStatus.APPROVED)
    organisation = visible(own.first())
    form = UseForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            use = ask_iot_use(actor=actor_from_request(request), organisation_id=organisation.pk, asked=form.asked())
            messages.success(request, _("The use is assessed, and waits for a reviewer."))
            return redirect("admin:registration_iotuse_kept", use.pk)
        except (IotRefused, InvalidInput) as refusal:
            form.add_error(_field_of(refusal), refusal.message)
    context = {"form": form, "organisation": organisation}
    return _page(request, "ask", _("Ask for lines of things"), context, status=422 if form.errors else 200)


@require_safe
@desk_page(may_keep_iot_uses)
def kept(request: HttpRequest, use_id: UUID) -> HttpResponse:
    """One of their own uses, its assessment and its lines."""
    return _kept(request, _own_use(request, use_id))


@require_POST
@desk_page(may_keep_iot_uses)
def activate(request: HttpRequest, use_id: UUID) -> HttpResponse:
    """Activate lines of it, all that are listed or none."""
    use = _own_use(request, use_id)
    form = CardsForm(request.POST, use=use)
    if form.is_valid():
        try:
            lines = activate_iot_lines(actor=actor_from_request(request), use_id=use.pk, cards=form.listed())
            messages.success(request, _("%(count)d lines are active.") % {"count": len(lines)})
            return redirect("admin:registration_iotuse_kept", use.pk)
        except (IotRefused, InvalidInput) as refusal:
            row = getattr(refusal, "row", None)
            said = gettext("Line %(row)d of the list: %(why)s") % {"row": row, "why": refusal.message} if row else refusal.message
            form.add_error(None, said)
    return _kept(request, use, form)


@require_safe
@desk_page(may_keep_iot_uses)
def line_kept(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """One line of their own uses."""
    return _line(request, _own_line(request, line_id))


@require_POST
@desk_page(may_keep_iot_uses)
def recheck(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """State why a stopped line should be lifted."""
    line = _own_line(request, line_id)

    def _ask(given: dict[str, Any]) -> None:
        ask_recheck(actor=actor_from_request(request), line_id=line.pk, **given)

    return _acted(request, line, RecheckForm(request.POST), _ask, _("A reviewer judges it now."), recheck_form=True)


@require_POST
@desk_page(may_keep_iot_uses)
def end(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """End it."""
    line = _own_line(request, line_id)

    def _end(given: dict[str, Any]) -> None:
        end_iot_line(actor=actor_from_request(request), line_id=line.pk, reason=EndReason(given["reason"]))

    return _acted(request, line, EndForm(request.POST), _end, _("The line has ended."), recheck_form=False)


def _acted(
    request: HttpRequest, line: IotLine, form: forms.Form, act: Callable[[dict[str, Any]], None], said: object, *, recheck_form: bool
) -> HttpResponse:
    if form.is_valid():
        try:
            act(form.cleaned_data)
            messages.success(request, said)
            return redirect("admin:registration_iotline_kept", line.pk)
        except (IotRefused, InvalidInput) as refusal:
            form.add_error(None, refusal.message)
    return _line(request, line, **{"recheck_form" if recheck_form else "end_form": form})


def _field_of(refusal: IotRefused | InvalidInput) -> str | None:
    """The field a refusal is about; of numbers of people only the contact is left to be refused so."""
    if isinstance(refusal, InvalidPhone):
        return "contact_phone"
    return getattr(refusal, "field", "") or FIELD_OF.get(refusal.code)


def _own_use(request: HttpRequest, use_id: UUID) -> IotUse:
    return visible(IotUse.objects.select_related("organisation", "entered_by").filter(pk=use_id, entered_by=request.user).first())


def _own_line(request: HttpRequest, line_id: UUID) -> IotLine:
    lines = IotLine.objects.select_related("use__organisation", "end_person", "end_organisation")
    return visible(lines.filter(pk=line_id, use__entered_by=request.user).first())


def _kept(request: HttpRequest, use: IotUse, form: CardsForm | None = None) -> HttpResponse:
    lines = use.lines.order_by("-activated_at", "pk")
    page = Paginator(lines, LINES_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "use": use,
        "use_tone": show.use_tone(use),
        "level_tone": show.level_tone(use),
        "reasons": show.reasons(use),
        "rows": [*show.use_rows(use), *show.limit_rows(use)],
        "form": (form or CardsForm(use=use)) if use.status == IotUseStatus.APPROVED else None,
        "held": lines.held().count(),
        "page": page,
        "lines": [(line, show.line_tone(line), show.masked(line)) for line in page],
    }
    return _page(request, "kept", str(use), context, status=422 if form else 200)


def _line(request: HttpRequest, line: IotLine, *, recheck_form: RecheckForm | None = None, end_form: EndForm | None = None) -> HttpResponse:
    stopped = line.status in (LineStatus.RESTRICTED, LineStatus.SUSPENDED)
    waiting = line.rechecks.filter(status=RecheckStatus.OPEN).first()
    context = {
        "line": line,
        "number": show.masked(line),
        "tone": show.line_tone(line),
        "rows": show.line_rows(line),
        "waiting": waiting,
        "recheck_form": (recheck_form or RecheckForm()) if stopped and not waiting else None,
        "end_form": (end_form or EndForm()) if line.status in LineStatus.held() else None,
    }
    return _page(request, "line", _("Line of a thing"), context, status=422 if recheck_form or end_form else 200)


def _page(request: HttpRequest, name: str, title: object, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": title, **context}
    return TemplateResponse(request, f"registration/desk/iot/{name}.html", context, status=status)
