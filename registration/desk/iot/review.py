"""A reviewer judges uses of lines of things by their assessment, and whether a stopped line is lifted (R-19, R-29)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from realname.access.actor import actor_from_request
from realname.access.guards import desk_page, visible
from realname.ids import imei
from realname.states import TransitionNotAllowed
from realname.trail.models import Event
from registration.access import may_judge_iot_uses
from registration.desk.iot import show
from registration.desk.iot.forms import ReasonForm
from registration.errors import MESSAGES, IotRefused
from registration.models import IotLine, IotRecheck, IotUse
from registration.services.iot.judge_use import approve_iot_use, close_iot_use, reject_iot_use
from registration.services.iot.recheck_line import lift_iot_line, refuse_recheck
from registration.states import IotBreak, IotLevel, IotReason, IotUseStatus, RecheckStatus

# of a list
SHOWN = 200
BREAKS_SHOWN = 20


@require_safe
@desk_page(may_judge_iot_uses)
def uses_to_judge(request: HttpRequest) -> HttpResponse:
    """Uses that wait, the oldest first; re-checks that wait; lines that are stopped; approved uses."""
    uses = IotUse.objects.select_related("organisation", "entered_by")
    waiting = uses.filter(status__in=[IotUseStatus.PENDING, IotUseStatus.SECOND]).order_by("created_at")
    judged = uses.filter(status__in=[IotUseStatus.APPROVED, IotUseStatus.CLOSED]).order_by("-judged_at")
    stopped = IotLine.objects.stopped().select_related("use__organisation").order_by("stopped_at")
    asked = Q(rechecks__status=RecheckStatus.OPEN)
    context = {
        "uses": [(_("Waiting for review"), _rows(waiting)), (_("Approved or closed"), _rows(judged))],
        "lines": [(_("Re-checks that wait"), _lines(stopped.filter(asked))), (_("Other stopped lines"), _lines(stopped.exclude(asked)))],
    }
    return _page(request, "review", _("Lines of things to judge"), context)


@require_safe
@desk_page(may_judge_iot_uses)
def case(request: HttpRequest, use_id: UUID) -> HttpResponse:
    """One use with its assessment, and what can be done with it."""
    use, actor = _found(use_id), actor_from_request(request)
    judged = use.status in (IotUseStatus.PENDING, IotUseStatus.SECOND)
    against = IotUseStatus.REJECTED if judged else IotUseStatus.CLOSED if use.status == IotUseStatus.APPROVED else None
    context = {
        "use": use,
        "use_tone": show.use_tone(use),
        "level_tone": show.level_tone(use),
        "reasons": show.reasons(use),
        "rows": [*show.use_rows(use), *show.limit_rows(use)],
        "mine": str(use.entered_by_id) == actor.id,
        "first": str(use.first_approved_by_id) == actor.id,
        "approvable": judged and use.level != IotLevel.CRITICAL,
        "two": use.level == IotLevel.HIGH,
        "critical": judged and use.level == IotLevel.CRITICAL,
        "against": against,
        "form": ReasonForm(to=against) if against else None,
        "held": use.lines.held().count(),
    }
    return _page(request, "case", str(use), context)


@require_POST
@desk_page(may_judge_iot_uses)
def approve(request: HttpRequest, use_id: UUID) -> HttpResponse:
    """Approve it, as the first or the second."""
    return _judged(request, use_id, approve_iot_use)


@require_POST
@desk_page(may_judge_iot_uses)
def reject(request: HttpRequest, use_id: UUID) -> HttpResponse:
    """For a reason of the list."""
    return _against(request, use_id, IotUseStatus.REJECTED, reject_iot_use)


@require_POST
@desk_page(may_judge_iot_uses)
def close(request: HttpRequest, use_id: UUID) -> HttpResponse:
    """For a reason of the list."""
    return _against(request, use_id, IotUseStatus.CLOSED, close_iot_use)


@require_safe
@desk_page(may_judge_iot_uses)
def line_case(request: HttpRequest, line_id: UUID) -> HttpResponse:
    """A line: its limits, how it broke them, and what was stated for it."""
    lines = IotLine.objects.select_related("use__organisation", "end_person", "end_organisation")
    line = visible(lines.filter(pk=line_id).first())
    waiting = line.rechecks.filter(status=RecheckStatus.OPEN).select_related("asked_by").first()
    events = Event.objects.filter(name="iot_line.limit_broken", subject_kind="iot_line", subject_id=str(line.pk)).order_by("-at")
    context = {
        "line": line,
        "number": show.masked(line),
        "tone": show.line_tone(line),
        "rows": show.line_rows(line),
        "waiting": waiting,
        "new_device": imei.mask(waiting.new_imei) if waiting and waiting.new_imei else "",
        "breaks": [(event.at, IotBreak(event.reason).label, show.seen(event.data)) for event in events[:BREAKS_SHOWN]],
    }
    return _page(request, "line_case", _("Line of a thing"), context)


@require_POST
@desk_page(may_judge_iot_uses)
def lift(request: HttpRequest, recheck_id: UUID) -> HttpResponse:
    """Serve the line again."""
    return _rechecked(request, recheck_id, lift_iot_line, _("The line is served again."))


@require_POST
@desk_page(may_judge_iot_uses)
def refuse(request: HttpRequest, recheck_id: UUID) -> HttpResponse:
    """Leave it as it is."""
    return _rechecked(request, recheck_id, refuse_recheck, _("The line stays as it is."))


def _rechecked(request: HttpRequest, recheck_id: UUID, act: Callable[..., IotLine], said: object) -> HttpResponse:
    recheck = visible(IotRecheck.objects.filter(pk=recheck_id).first())
    try:
        act(actor=actor_from_request(request), recheck_id=recheck.pk)
        messages.success(request, said)
    except IotRefused as refusal:
        messages.error(request, refusal.message)
    return redirect("admin:registration_iotline_case", recheck.line_id)


def _against(request: HttpRequest, use_id: UUID, to: IotUseStatus, act: Callable[..., IotUse]) -> HttpResponse:
    form = ReasonForm(request.POST, to=to)
    if not form.is_valid():
        messages.error(request, MESSAGES["iot_reason"])
        return redirect("admin:registration_iotuse_case", _found(use_id).pk)
    return _judged(request, use_id, act, reason=IotReason(form.cleaned_data["reason"]))


def _judged(request: HttpRequest, use_id: UUID, act: Callable[..., IotUse], **why: IotReason) -> HttpResponse:
    found = _found(use_id)
    try:
        judged = act(actor=actor_from_request(request), use_id=found.pk, **why)
        messages.success(request, _("The use stands as: %(status)s.") % {"status": IotUseStatus(judged.status).label})
    except IotRefused as refusal:
        messages.error(request, refusal.message)
    except TransitionNotAllowed:
        messages.error(request, _("Somebody else judged this use meanwhile. Look at how it stands now."))
    return redirect("admin:registration_iotuse_case", found.pk)


def _found(use_id: UUID) -> IotUse:
    return visible(IotUse.objects.select_related("organisation", "entered_by", "responsible_person").filter(pk=use_id).first())


def _rows(uses: Any) -> list[tuple[IotUse, str, str]]:
    return [(use, show.use_tone(use), show.level_tone(use)) for use in uses[:SHOWN]]


def _lines(lines: Any) -> list[tuple[IotLine, str, str]]:
    return [(line, show.line_tone(line), show.masked(line)) for line in lines[:SHOWN]]


def _page(request: HttpRequest, name: str, title: object, context: dict[str, Any]) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": title, **context}
    return TemplateResponse(request, f"registration/desk/iot/{name}.html", context)
