"""What compliance does with drafts and versions: each a form on a page, sent by POST, answered by the page."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from realname.access.actor import actor_from_request
from realname.access.guards import desk_page
from realname.policy import access
from realname.policy.desk.draft import show
from realname.policy.desk.finding import find_draft, find_version
from realname.policy.desk.forms import DryRunForm, NoteForm, ReasonForm
from realname.policy.services.cancel_version import cancel_version
from realname.policy.services.dry_run import start_dry_run
from realname.policy.services.edit_draft import explain_draft
from realname.policy.services.propose_draft import propose_draft, renew_draft, return_draft, withdraw_draft
from realname.policy.services.publish_draft import publish_draft
from realname.policy.services.start_draft import start_draft
from realname.ui.telling import telling


@require_POST
@desk_page(access.may_see)
def start(request: HttpRequest) -> HttpResponse:
    """An empty draft, or one of an older version's values."""
    like = request.POST.get("like", "")
    number = find_version(int(like)).number if like.isascii() and like.isdecimal() and len(like) < 10 and int(like) else None
    draft = start_draft(actor=actor_from_request(request), like=0 if like == "0" else number)
    return redirect("admin:policy_draft", draft.pk)


@require_POST
@desk_page(access.may_see)
def explain(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Reason and moment."""
    form = ReasonForm(request.POST)
    if not form.is_valid():
        return show(request, find_draft(draft_id), reason_form=form)
    return _do(request, draft_id, explain_draft, _("The draft is saved."), **form.cleaned_data)


@require_POST
@desk_page(access.may_see)
def rehearse(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Ask for a dry run."""
    form = DryRunForm(request.POST)
    if not form.is_valid():
        return show(request, find_draft(draft_id), dry_run_form=form)
    return _do(request, draft_id, start_dry_run, _("The dry run is on its way."), **form.cleaned_data)


@require_POST
@desk_page(access.may_see)
def propose(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Hand it to a second person."""
    return _do(request, draft_id, propose_draft, _("The draft waits for a second person."), revision=_revision(request))


@require_POST
@desk_page(access.may_see)
def give_back(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Return it to its author."""
    form = NoteForm(request.POST)
    if not form.is_valid():
        return show(request, find_draft(draft_id), note_form=form)
    return _do(request, draft_id, return_draft, _("The draft went back to its author."), **form.cleaned_data)


@require_POST
@desk_page(access.may_see)
def renew(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Lay it upon the newest version."""
    return _do(request, draft_id, renew_draft, _("The draft lies upon the newest version now."), revision=_revision(request))


@require_POST
@desk_page(access.may_see)
def withdraw(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Give it up."""
    return _do(request, draft_id, withdraw_draft, _("The draft is withdrawn."))


@require_POST
@desk_page(access.may_see)
def publish(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Make it the policy."""
    return _do(request, draft_id, publish_draft, _("The version is published."), revision=_revision(request))


@require_POST
@desk_page(access.may_see)
def cancel(request: HttpRequest, number: int) -> HttpResponse:
    """Stop a scheduled version."""
    version, form = find_version(number), NoteForm(request.POST)
    with telling(request):
        reason = form.cleaned_data["note"] if form.is_valid() else ""
        cancel_version(actor=actor_from_request(request), number=version.number, reason=reason)
        messages.success(request, _("The version is cancelled and will never act."))
    return redirect("admin:policy_history")


def _revision(request: HttpRequest) -> int:
    """The revision that was on the page; nothing that a draft has, where it is none."""
    text = request.POST.get("revision", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 10 else 0


def _do(request: HttpRequest, draft_id: UUID, act: Callable[..., Any], done: Promise, **given: Any) -> HttpResponse:
    """Do it and go back to the page; a refusal is said there."""
    find_draft(draft_id)
    with telling(request):
        act(actor=actor_from_request(request), draft_id=draft_id, **given)
        messages.success(request, done)
    return redirect("admin:policy_draft", draft_id)
