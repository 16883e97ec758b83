"""What staff do with a change: each a form on its page, sent by POST, answered by the page."""

from collections.abc import Callable
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from changes import access
from changes.desk.case import show
from changes.desk.finding import find_change
from changes.desk.forms import CodeForm, ReasonForm
from changes.models import ChangeRequest
from changes.services.approve_step import approve_step
from changes.services.prove_number import prove_number
from changes.services.reject_change import reject_change
from changes.services.stop_change import stop_change
from changes.services.withdraw_change import withdraw_change
from realname.access.actor import actor_from_request
from realname.access.guards import desk_page
from realname.ui.telling import telling


@require_POST
@desk_page(access.may_request)
def prove(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """Enter the code that went to the new number."""
    form = CodeForm(request.POST)
    if not form.is_valid():
        return show(request, find_change(change_id), code_form=form)
    return _do(
        request,
        change_id,
        lambda: prove_number(actor=actor_from_request(request), change_id=change_id, entered=form.cleaned_data["code"]),
        _("The new number is proven."),
    )


@require_POST
@desk_page(access.may_see)
def approve(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """Agree, once."""
    actor = actor_from_request(request)
    return _do(
        request,
        change_id,
        lambda: approve_step(actor=actor, change_id=change_id, approver=request.user),
        _("Your approval is noted."),
    )


@require_POST
@desk_page(access.may_see)
def reject(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """Refuse, for a reason."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return show(request, find_change(change_id), reason_form=form)
    actor, reason = actor_from_request(request), form.cleaned_data["reason"]
    return _do(
        request,
        change_id,
        lambda: reject_change(actor=actor, change_id=change_id, approver=request.user, reason=reason),
        _("The change is rejected."),
    )


@require_POST
@desk_page(access.may_request)
def withdraw(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """Take back what one asked for."""
    actor = actor_from_request(request)
    return _do(request, change_id, lambda: withdraw_change(actor=actor, change_id=change_id), _("The change is withdrawn."))


@require_POST
@desk_page(access.may_request)
def stop(request: HttpRequest, change_id: UUID) -> HttpResponse:
    """Stop it, for an old contact who called."""
    actor = actor_from_request(request)
    return _do(request, change_id, lambda: stop_change(actor=actor, change_id=change_id, reason="called"), _("The change is stopped."))


def _do(request: HttpRequest, change_id: UUID, act: Callable[[], ChangeRequest], done: Promise) -> HttpResponse:
    """Do it and go back to the page; a refusal or a conflict is said there."""
    find_change(change_id)
    with telling(request):
        act()
        messages.success(request, done)
    return redirect("admin:changes_changerequest_case", change_id)
