"""The page of one change: what was, what shall be, on what evidence, who agreed; masked."""

from typing import Any
from uuid import UUID

from django.conf import settings
from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from changes import access
from changes.desk.finding import find_change, masked_values
from changes.desk.forms import CodeForm, ReasonForm
from changes.models import ChangeRequest
from changes.selectors import approvals_missing
from changes.states import ChangeStatus
from realname.access.guards import desk_page
from realname.outside.errors import SourceRefused, SourceUnavailable
from realname.trail.models import Event
from realname.trail.registry import label_of
from registration.gateways.http import sandbox_inbox

TONES = {
    ChangeStatus.APPLIED: "good",
    ChangeStatus.APPROVED: "good",
    ChangeStatus.REJECTED: "bad",
    ChangeStatus.STOPPED: "bad",
    ChangeStatus.AWAITING_APPROVAL: "warn",
}


@desk_page(access.may_see)
def case(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """Show it, with the acts that this staff member may do now."""
    return show(request, find_change(change_id))


def show(request: HttpRequest, change: ChangeRequest, **forms: Any) -> HttpResponse:
    """The page; `forms` brings back a form with its errors."""
    user, (before, after) = request.user, masked_values(change)
    context = {
        **admin.site.each_context(request),
        "title": _("Change %(reference)s") % {"reference": change.reference},
        "change": change,
        "tone": TONES.get(ChangeStatus(change.status), "neutral"),
        "before": before,
        "after": after,
        "approvals": change.approvals.select_related("approver"),
        "missing": approvals_missing(change),
        "history": _history(change),
        "may_prove": access.may_request(user) and change.status == ChangeStatus.REQUESTED,
        "may_approve": access.may_approve(user, change),
        "may_reject": access.may_reject(user, change),
        "may_withdraw": access.may_withdraw(user, change),
        "may_stop": access.may_stop(user, change),
        "code_form": CodeForm(),
        "reason_form": ReasonForm(),
        **_inbox(change),
        **forms,
    }
    status = 422 if any(form.errors for form in forms.values()) else 200
    return TemplateResponse(request, "changes/desk/case.html", context, status=status)


def _history(change: ChangeRequest) -> list[dict[str, Any]]:
    """What the trail says about it, oldest first."""
    events = Event.objects.filter(Q(subject_kind="change_request", subject_id=str(change.pk))).defer("before", "after")
    return [{"event": event, "label": label_of(event.name)} for event in events]


def _inbox(change: ChangeRequest) -> dict[str, Any]:
    """The sandbox's messages to the new number; nothing like it exists outside a sandbox."""
    if not settings.SANDBOX or change.status != ChangeStatus.REQUESTED:
        return {}
    try:
        received = sandbox_inbox(change.code.phone)
    except (SourceUnavailable, SourceRefused):
        received = []
    return {"inbox": True, "messages_received": [{"at": message.received_at, "text": message.text} for message in received[:1]]}
