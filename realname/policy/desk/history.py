"""Every version: who changed what, when, why, who published, and from when it acts."""

from typing import Any

from django.contrib import admin
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from realname.access.guards import desk_page
from realname.policy import access
from realname.policy.desk.forms import NoteForm
from realname.policy.desk.words import rows
from realname.policy.models import PolicyVersion
from realname.policy.selectors import newest
from realname.policy.values import current

PER_PAGE = 20


@desk_page(access.may_see)
def history(request: HttpRequest) -> HttpResponse:
    """Newest first."""
    versions = PolicyVersion.objects.select_related("cancellation").order_by("-number").defer("values")
    page = Paginator(versions, PER_PAGE).get_page(request.GET.get("page"))
    context = {
        **admin.site.each_context(request),
        "title": _("Versions of the policy"),
        "page": page,
        "versions": [_described(version) for version in page],
        "note_form": NoteForm(auto_id="cancel_%s"),
    }
    return TemplateResponse(request, "policy/desk/history.html", context)


def _described(version: PolicyVersion) -> dict[str, Any]:
    waits, cancelled = version.acts_from > timezone.now(), getattr(version, "cancellation", None)
    if cancelled:
        state, tone = _("Cancelled"), "bad"
    elif waits:
        state, tone = _("Scheduled"), "warn"
    elif version.number == current().number:
        state, tone = _("Acts now"), "good"
    else:
        state, tone = _("Acted before"), "neutral"
    return {
        "version": version,
        "state": state,
        "tone": tone,
        "cancelled": cancelled,
        "rows": rows(version.changes),
        "may_cancel": waits and not cancelled and newest().number == version.number,
    }
