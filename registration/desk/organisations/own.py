"""The clerk for organisations enters one with its agent, photographs the papers, and names it in applications (R-03, R-04)."""

from typing import Any
from uuid import UUID

from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from realname import masking
from realname.access.actor import actor_from_request
from realname.access.guards import desk_page, visible
from realname.images import ImageRefused
from realname.ui.uploads import takes_file
from registration.access import may_keep_organisations
from registration.desk.organisations.forms import NamingForm, OrganisationForm, PaperForm
from registration.desk.organisations.standing import tone
from registration.errors import CaptureRefused, DetailInvalid, DocumentUnknown, OrganisationRefused
from registration.models import Organisation
from registration.services.organisation.facts import line_limit_of
from registration.services.organisation.name_organisation import name_organisation
from registration.services.organisation.papers import papers_to_take
from registration.services.organisation.register_organisation import keep_paper, register_organisation
from registration.states import CorrectionStatus, OrganisationImageKind, OrganisationStatus
from registration.web.decoding import TooBusy, decoding_slot
from registration.web.findings import sentence

# of the clerk's own list
SHOWN = 100


@desk_page(may_keep_organisations)
def organisations(request: HttpRequest) -> HttpResponse:
    """The organisations this clerk entered, and the form for a new one."""
    form = OrganisationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            new = register_organisation(actor=actor_from_request(request), **form.cleaned_data)
            return redirect("admin:registration_organisation_entered", new.pk)
        except (OrganisationRefused, DetailInvalid, DocumentUnknown) as refusal:
            form.refuse(refusal)
    own = Organisation.objects.filter(entered_by=request.user)[:SHOWN]
    context = {"form": form, "organisations": [(one, tone(one)) for one in own]}
    return desk_answer(request, "own", _("Organisations"), context, status=422 if form.errors else 200)


@require_safe
@desk_page(may_keep_organisations)
def entered(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """One of their own: how it stands, and which papers are photographed."""
    return _entered(request, own_organisation(request, organisation_id))


@takes_file
@require_POST
@desk_page(may_keep_organisations)
def photograph(request: HttpRequest, organisation_id: UUID, kind: str) -> HttpResponse:
    """Take in one paper."""
    own = own_organisation(request, organisation_id)
    if kind not in OrganisationImageKind.values:
        raise Http404
    kind = OrganisationImageKind(kind)
    form = PaperForm(request.POST, request.FILES, kind=kind)
    if form.is_valid():
        try:
            with decoding_slot():
                keep_paper(actor=actor_from_request(request), organisation_id=own.pk, kind=kind, content=form.cleaned_data["photo"])
            messages.success(request, _("The photograph is kept."))
            return redirect("admin:registration_organisation_entered", own.pk)
        except ImageRefused as refusal:
            form.add_error("photo", sentence(refusal.code))
        except (CaptureRefused, OrganisationRefused, TooBusy) as refusal:
            form.add_error("photo", refusal.message)
    return _entered(request, own, {kind: form})


@require_POST
@desk_page(may_keep_organisations)
def name_it(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Name it as contracting party of a person's application, who reads so before they hand in."""
    own = own_organisation(request, organisation_id)
    form = NamingForm(request.POST)
    if form.is_valid():
        try:
            name_organisation(actor=actor_from_request(request), organisation_id=own.pk, **form.cleaned_data)
            messages.success(request, _("The organisation is the contracting party of this application."))
            return redirect("admin:registration_organisation_entered", own.pk)
        except OrganisationRefused as refusal:
            form.add_error("reference", refusal.message)
    return _entered(request, own, naming=form)


def own_organisation(request: HttpRequest, organisation_id: UUID) -> Organisation:
    """One that this clerk entered. Raises Http404."""
    return visible(Organisation.objects.filter(pk=organisation_id, entered_by=request.user).first())


def _entered(
    request: HttpRequest, own: Organisation, refused: dict[str, PaperForm] | None = None, naming: NamingForm | None = None
) -> HttpResponse:
    refused, ended = refused or {}, own.status == OrganisationStatus.ENDED
    correction = own.corrections.filter(status=CorrectionStatus.PROPOSED).first()
    changeable = correction is not None or own.status == OrganisationStatus.PENDING
    kinds = papers_to_take(own, correction) if changeable else []
    kept = {image.kind: image for image in own.images.filter(correction=correction)}
    context = {
        "organisation": own,
        "tone": tone(own),
        "limit": line_limit_of(own),
        "agent_name": "–" if ended else masking.mask_name(own.agent_name),
        "agent_id_number": "–" if ended else masking.mask_id_number(own.agent_id_number),
        "legal_representative": "–" if ended else masking.mask_name(own.legal_representative),
        "over": own.status in OrganisationStatus.over(),
        "correction": correction,
        "papers": [(kind, refused.get(kind) or PaperForm(kind=kind), kept.get(kind)) for kind in kinds],
        "errors": [error for form in refused.values() for error in form.errors.get("photo", [])] if not changeable else [],
        "naming": (naming or NamingForm()) if own.status == OrganisationStatus.APPROVED else None,
    }
    return desk_answer(request, "entered", own.name, context, status=422 if refused or naming else 200)


def desk_answer(request: HttpRequest, name: str, title: object, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    """A page of organisations."""
    context = {**admin.site.each_context(request), "title": title, **context}
    return TemplateResponse(request, f"registration/desk/organisations/{name}.html", context, status=status)
