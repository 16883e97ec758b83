"""The page of one draft: what it would change, what stands against it, what a dry run shows, and what may be done now."""

from typing import Any
from uuid import UUID

from django.contrib import admin
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from realname.access.guards import desk_page
from realname.policy import access, rehearsal
from realname.policy.desk.finding import find_draft
from realname.policy.desk.forms import DryRunForm, NoteForm, ReasonForm
from realname.policy.desk.words import label_of, rows
from realname.policy.models import DryRun, PolicyDraft
from realname.policy.parameters import section_title, sections
from realname.policy.selectors import barriers, changed_underneath, differences, drafted, needs_dry_run, newest, snapshot
from realname.policy.states import DraftStatus, DryRunStatus
from realname.trail.models import Event
from realname.trail.registry import label_of as event_label

TONES = {DraftStatus.DRAFTING: "info", DraftStatus.PROPOSED: "warn", DraftStatus.PUBLISHED: "good", DraftStatus.WITHDRAWN: "neutral"}


@desk_page(access.may_see)
def draft(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Show it."""
    return show(request, find_draft(draft_id))


@desk_page(access.may_see)
def dry_run(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """The part that renews itself while a worker is at it."""
    return TemplateResponse(request, "policy/desk/dry_run.html", dry_run_context(find_draft(draft_id)))


def show(request: HttpRequest, one: PolicyDraft, **forms: Any) -> HttpResponse:
    """The page; `forms` brings back a form with its errors."""
    mine = one.drafter_id == str(request.user.pk)
    is_open, drafting = one.status in DraftStatus.open(), one.status == DraftStatus.DRAFTING
    moved = is_open and one.base != newest().number
    context = {
        **admin.site.each_context(request),
        "title": _("Draft of a policy"),
        "draft": one,
        "tone": TONES[DraftStatus(one.status)],
        "rows": rows(change.plain() for change in differences(snapshot(one.base), drafted(one))),
        "moved": moved,
        "underneath": rows(change.plain() for change in changed_underneath(one)) if moved else [],
        "clashes": [label_of(change.key) for change in changed_underneath(one) if change.key in one.changes] if moved else [],
        "barriers": [barrier.message for barrier in barriers(one)] if is_open else [],
        "mine": mine,
        "is_open": is_open,
        "may_edit": mine and drafting,
        "may_return": one.status == DraftStatus.PROPOSED,
        "may_publish": one.status == DraftStatus.PROPOSED and not mine,
        "sections": [{"name": name, "title": section_title(name)} for name in sections()],
        "reason_form": ReasonForm(initial={"reason": one.reason, "acts_from": one.acts_from, "revision": one.revision}),
        "note_form": NoteForm(),
        "dry_run_form": DryRunForm(),
        "history": _history(one),
        **dry_run_context(one),
        **forms,
    }
    return TemplateResponse(request, "policy/desk/draft.html", context, status=422 if any(form.errors for form in forms.values()) else 200)


def dry_run_context(one: PolicyDraft) -> dict[str, Any]:
    """The newest dry run in words."""
    run = one.dry_runs.select_related("draft").first()
    return {
        "draft": one,
        "needs_dry_run": needs_dry_run(one),
        "run": run,
        "running": run is not None and run.status == DryRunStatus.WAITING,
        "result": rehearsal.registered().describe(run.result) if run and run.status == DryRunStatus.DONE else None,
        "share": _share(run),
        "uncovered": [label_of(key) for key in sorted(set(one.changes) - rehearsal.covered())],
    }


def _share(run: DryRun | None) -> int:
    return round(100 * run.looked_at / run.total) if run and run.total else 0


def _history(one: PolicyDraft) -> list[dict[str, Any]]:
    """What the trail says about it, oldest first."""
    about = Q(subject_kind="policy_draft", subject_id=str(one.pk)) | Q(related_kind="policy_draft", related_id=str(one.pk))
    return [
        {"event": event, "label": event_label(event.name)} for event in Event.objects.filter(about).order_by("id").defer("before", "after")
    ]
