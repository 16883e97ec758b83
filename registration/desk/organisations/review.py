"""A reviewer looks at an organisation's papers, and approves, rejects, suspends or reinstates it (R-03)."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django import forms
from django.conf import settings
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from unfold.widgets import SELECT_CLASSES

from realname import masking
from realname.access.actor import actor_from_request
from realname.access.guards import desk_page, visible
from realname.states import TransitionNotAllowed
from realname.vault.errors import FileMissing, KeyErased
from realname.watermark import watermark
from registration.access import may_judge_organisations
from registration.desk.organisations.corrections import history, waiting
from registration.desk.organisations.standing import tone
from registration.errors import MESSAGES, OrganisationRefused
from registration.models import Organisation, OrganisationImage
from registration.organisation_evidence import evidence_of
from registration.services.organisation.facts import line_limit_of
from registration.services.organisation.judge_organisation import (
    AGAINST,
    approve_organisation,
    reject_organisation,
    suspend_organisation,
)
from registration.services.organisation.papers import current_papers, look_at_paper, missing_papers, open_agent
from registration.states import CorrectionStatus, OrganisationReason, OrganisationStatus

# of the list
SHOWN = 200
_NOBODY = {"name": "–", "id_number": "–", "legal_representative": "–"}
_OPEN = (OrganisationStatus.PENDING, OrganisationStatus.APPROVED, OrganisationStatus.SUSPENDED)


class ReasonForm(forms.Form):
    """Why it is rejected or suspended."""

    reason = forms.ChoiceField(label=_("Reason"), widget=forms.Select({"class": " ".join(SELECT_CLASSES)}))

    def __init__(self, *args: Any, to: OrganisationStatus, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [("", "–"), *(one for one in OrganisationReason.choices if one[0] in AGAINST[to])]


@require_safe
@desk_page(may_judge_organisations)
def organisations_to_judge(request: HttpRequest) -> HttpResponse:
    """Those that wait, the oldest first, then those of which a correction does; below them those that were approved."""
    waiting = Organisation.objects.filter(status=OrganisationStatus.PENDING).select_related("entered_by").order_by("created_at")
    judged = Organisation.objects.filter(status__in=_OPEN[1:]).select_related("entered_by").order_by("-judged_at")
    corrected = Organisation.objects.filter(corrections__status=CorrectionStatus.PROPOSED).select_related("entered_by")
    lists = [
        (_("Waiting for review"), _rows(waiting)),
        (_("Corrections that wait for review"), _rows(corrected.order_by("corrections__created_at"))),
        (_("Judged"), _rows(judged)),
    ]
    return _page(request, "review", _("Organisations to judge"), {"lists": lists})


@require_safe
@desk_page(may_judge_organisations)
def case(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """One of them, masked and without its photographs."""
    return _case(request, _found(organisation_id))


@require_POST
@desk_page(may_judge_organisations)
def open_case(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """The same with the agent's data in full and the photographs; this stands in the trail before anything is shown."""
    found = _found(organisation_id)
    agent = open_agent(actor=actor_from_request(request), organisation=found)
    return _case(request, found, opened=agent)


@require_safe
@desk_page(may_judge_organisations)
def paper(request: HttpRequest, organisation_id: UUID, image_id: UUID) -> HttpResponse:
    """One photograph, watermarked; each look stands in the trail (R-04)."""
    images = OrganisationImage.objects.select_related("file", "organisation").filter(organisation__status__in=_OPEN)
    image = visible(images.filter(pk=image_id, organisation=organisation_id).first())
    try:
        content = look_at_paper(actor=actor_from_request(request), image=image)
    except (KeyErased, FileMissing):
        return visible(None)
    date = timezone.localtime().strftime("%Y-%m-%d %H:%M")
    text = f"{settings.OPERATOR_NAME} · {gettext('To judge this organisation')} · {date} · {request.user.get_username()}"
    headers = {"Cache-Control": "no-store, private", "Content-Disposition": "inline", "X-Robots-Tag": "noindex"}
    return HttpResponse(watermark(content, text=text), content_type="image/jpeg", headers=headers)


@require_POST
@desk_page(may_judge_organisations)
def approve(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Approve it; or reinstate it, where it is suspended."""
    return _judged(request, organisation_id, approve_organisation)


@require_POST
@desk_page(may_judge_organisations)
def reject(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """For a reason of the list."""
    return _against(request, organisation_id, OrganisationStatus.REJECTED, reject_organisation)


@require_POST
@desk_page(may_judge_organisations)
def suspend(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """For a reason of the list."""
    return _against(request, organisation_id, OrganisationStatus.SUSPENDED, suspend_organisation)


def _against(request: HttpRequest, organisation_id: UUID, to: OrganisationStatus, act: Callable[..., Organisation]) -> HttpResponse:
    form = ReasonForm(request.POST, to=to)
    if not form.is_valid():
        messages.error(request, MESSAGES["organisation_reason"])
        return redirect("admin:registration_organisation_case", _found(organisation_id).pk)
    return _judged(request, organisation_id, act, reason=OrganisationReason(form.cleaned_data["reason"]))


def _judged(request: HttpRequest, organisation_id: UUID, act: Callable[..., Organisation], **why: OrganisationReason) -> HttpResponse:
    found = _found(organisation_id)
    try:
        judged = act(actor=actor_from_request(request), organisation_id=found.pk, **why)
        said = _("The organisation stands as: %(status)s.")
        messages.success(request, said % {"status": OrganisationStatus(judged.status).label})
    except OrganisationRefused as refusal:
        messages.error(request, refusal.message)
    except TransitionNotAllowed:
        messages.error(request, _("Somebody else judged this organisation meanwhile. Look at how it stands now."))
    return redirect("admin:registration_organisation_case", found.pk)


def _found(organisation_id: UUID) -> Organisation:
    return visible(Organisation.objects.select_related("entered_by").filter(pk=organisation_id).first())


def _rows(organisations: Any) -> list[tuple[Organisation, str]]:
    return [(one, tone(one)) for one in organisations[:SHOWN]]


def _case(request: HttpRequest, found: Organisation, *, opened: dict[str, str] | None = None) -> HttpResponse:
    status = OrganisationStatus(found.status)
    erased = status == OrganisationStatus.ENDED
    against = next((to for to in AGAINST if found.can_move(to=to)), None)
    context = {
        "organisation": found,
        "tone": tone(found),
        "opened": opened is not None,
        "openable": status in _OPEN,
        "agent": opened or (_NOBODY if erased else _masked(found)),
        "limit": line_limit_of(found),
        "images": current_papers(found) if opened else [],
        "waiting": waiting(found, opened=opened is not None),
        "history": [] if erased else history(found, opened=opened is not None),
        "evidence": evidence_of(found),
        "missing": missing_papers(found),
        "mine": found.entered_by_id == request.user.pk,
        "approvable": found.can_move(to=OrganisationStatus.APPROVED),
        "against": against,
        "form": ReasonForm(to=against) if against else None,
    }
    return _page(request, "case", found.name, context)


def _masked(found: Organisation) -> dict[str, str]:
    return {
        "name": masking.mask_name(found.agent_name),
        "id_number": masking.mask_id_number(found.agent_id_number),
        "legal_representative": masking.mask_name(found.legal_representative),
    }


def _page(request: HttpRequest, name: str, title: object, context: dict[str, Any]) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": title, **context}
    return TemplateResponse(request, f"registration/desk/organisations/{name}.html", context)
