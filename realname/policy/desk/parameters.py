"""All parameters by subject: what they are now, what they may be, and since when."""

from typing import Any

from django.contrib import admin
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from realname.access.guards import desk_page
from realname.policy import access
from realname.policy.desk.words import bounds, shown
from realname.policy.models import PolicyDraft, PolicyVersion
from realname.policy.parameters import Parameter, section_title, sections
from realname.policy.selectors import stored
from realname.policy.values import Snapshot, current


@desk_page(access.may_see)
def parameters(request: HttpRequest) -> HttpResponse:
    """The policy as it acts now, the drafts on their way, and what is scheduled."""
    acting, since = current(), _since()
    context = {
        **admin.site.each_context(request),
        "title": _("Policy"),
        "version": acting.number,
        "sections": [_section(name, [_row(one, acting, since) for one in ones]) for name, ones in sections().items()],
        "drafts": PolicyDraft.objects.open(),
        "scheduled": PolicyVersion.objects.scheduled(timezone.now()).order_by("number"),
    }
    return TemplateResponse(request, "policy/desk/parameters.html", context)


def _section(name: str, rows: list[dict[str, Any]]) -> dict[str, Any]:
    return {"name": name, "title": section_title(name), "rows": rows, "changed": sum(row["differs"] for row in rows)}


def _row(one: Parameter, acting: Snapshot, since: dict[str, PolicyVersion]) -> dict[str, Any]:
    now, default = stored(one, acting.values), one.stored(one.default)
    return {
        "key": one.key,
        "label": one.label,
        "value": shown(one, now),
        "default": shown(one, default),
        "differs": now != default,
        "bounds": bounds(one),
        "source": one.source,
        "since": since.get(one.key),
    }


def _since() -> dict[str, PolicyVersion]:
    """The acting version that last changed each parameter."""
    acting = PolicyVersion.objects.live().filter(acts_from__lte=timezone.now()).order_by("number").defer("values")
    return {change["key"]: version for version in acting for change in version.changes}
