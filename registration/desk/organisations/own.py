"""The clerk for organisations enters one with its agent, photographs the papers, and names it in applications (R-03, R-04)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from unfold.widgets import SELECT_CLASSES, UnfoldAdminFileFieldWidget, UnfoldAdminTextInputWidget

from realname import masking
from realname.access.actor import actor_from_request
from realname.access.guards import desk_page, visible
from realname.ids.credit_code import InvalidCreditCode
from realname.ids.errors import InvalidInput
from realname.ids.names import InvalidName
from realname.images import ImageRefused
from realname.ui.uploads import takes_file
from registration import documents
from registration.access import may_keep_organisations
from registration.desk.organisations.standing import tone
from registration.errors import CaptureRefused, OrganisationRefused
from registration.models import Organisation
from registration.services.organisation.name_organisation import name_organisation
from registration.services.organisation.papers import needed_papers
from registration.services.organisation.register_organisation import LONGEST_NAME, keep_paper, register_organisation
from registration.states import OrganisationImageKind, OrganisationStatus
from registration.web.decoding import TooBusy, decoding_slot
from registration.web.findings import sentence
from registration.web.forms import FORM_MESSAGES, UploadField

# of the clerk's own list
SHOWN = 100
_QUIET = {"autocomplete": "off", "spellcheck": "false"}


class OrganisationForm(forms.Form):
    """The organisation as on its licence, and who acts for it."""

    name = forms.CharField(label=_("Organisation, as on its licence"), max_length=LONGEST_NAME, widget=UnfoldAdminTextInputWidget(_QUIET))
    code = forms.CharField(label=_("Unified social credit code"), max_length=40, widget=UnfoldAdminTextInputWidget(_QUIET))
    agent_document_type = forms.ChoiceField(label=_("Agent's document"), widget=forms.Select({"class": " ".join(SELECT_CLASSES)}))
    agent_name = forms.CharField(label=_("Agent's name, as on their document"), max_length=100, widget=UnfoldAdminTextInputWidget(_QUIET))
    agent_id_number = forms.CharField(label=_("Number of the agent's document"), max_length=40, widget=UnfoldAdminTextInputWidget(_QUIET))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["agent_document_type"].choices = [(one.code, one.label) for one in documents.types()]


class NamingForm(forms.Form):
    """Whose application it is, as the person tells it."""

    reference = forms.CharField(label=_("Reference of the application"), max_length=16, widget=UnfoldAdminTextInputWidget(_QUIET))
    last_six = forms.CharField(label=_("Last six characters of the ID number"), max_length=6, widget=UnfoldAdminTextInputWidget(_QUIET))


class PaperForm(forms.Form):
    """One photograph."""

    photo = UploadField(widget=UnfoldAdminFileFieldWidget({"accept": "image/*"}))

    def __init__(self, *args: Any, kind: OrganisationImageKind, **kwargs: Any) -> None:
        super().__init__(*args, auto_id=f"{kind}_%s", **kwargs)
        photo = self.fields["photo"]
        photo.label = kind.label
        photo.error_messages["required"] = FORM_MESSAGES["required_photo"] % {"label": kind.label}


@desk_page(may_keep_organisations)
def organisations(request: HttpRequest) -> HttpResponse:
    """The organisations this clerk entered, and the form for a new one."""
    form = OrganisationForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            new = register_organisation(actor=actor_from_request(request), **form.cleaned_data)
            return redirect("admin:registration_organisation_entered", new.pk)
        except (OrganisationRefused, InvalidInput) as refusal:
            form.add_error(_field_of(refusal), refusal.message)
    own = Organisation.objects.filter(entered_by=request.user)[:SHOWN]
    context = {"form": form, "organisations": [(one, tone(one)) for one in own]}
    return _page(request, "own", _("Organisations"), context, status=422 if form.errors else 200)


@require_safe
@desk_page(may_keep_organisations)
def entered(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """One of their own: how it stands, and which papers are photographed."""
    return _entered(request, _own(request, organisation_id))


@takes_file
@require_POST
@desk_page(may_keep_organisations)
def photograph(request: HttpRequest, organisation_id: UUID, kind: str) -> HttpResponse:
    """Take in one paper."""
    own = _own(request, organisation_id)
    if kind not in needed_papers(own):
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
    own = _own(request, organisation_id)
    form = NamingForm(request.POST)
    if form.is_valid():
        try:
            name_organisation(actor=actor_from_request(request), organisation_id=own.pk, **form.cleaned_data)
            messages.success(request, _("The organisation is the contracting party of this application."))
            return redirect("admin:registration_organisation_entered", own.pk)
        except OrganisationRefused as refusal:
            form.add_error("reference", refusal.message)
    return _entered(request, own, naming=form)


def _field_of(refusal: OrganisationRefused | InvalidInput) -> str:
    if isinstance(refusal, InvalidCreditCode) or refusal.code == "organisation_known":
        return "code"
    if isinstance(refusal, OrganisationRefused):
        return "name"
    return "agent_name" if isinstance(refusal, InvalidName) else "agent_id_number"


def _own(request: HttpRequest, organisation_id: UUID) -> Organisation:
    return visible(Organisation.objects.filter(pk=organisation_id, entered_by=request.user).first())


def _entered(
    request: HttpRequest, own: Organisation, refused: dict[str, PaperForm] | None = None, naming: NamingForm | None = None
) -> HttpResponse:
    kept, refused = {image.kind: image for image in own.images.all()}, refused or {}
    ended = own.status == OrganisationStatus.ENDED
    context = {
        "organisation": own,
        "tone": tone(own),
        "agent_name": "–" if ended else masking.mask_name(own.agent_name),
        "agent_id_number": "–" if ended else masking.mask_id_number(own.agent_id_number),
        "changeable": own.status == OrganisationStatus.PENDING,
        "papers": [(kind, refused.get(kind) or PaperForm(kind=kind), kept.get(kind)) for kind in needed_papers(own)],
        "naming": (naming or NamingForm()) if own.status == OrganisationStatus.APPROVED else None,
    }
    return _page(request, "entered", own.name, context, status=422 if refused or naming else 200)


def _page(request: HttpRequest, name: str, title: object, context: dict[str, Any], *, status: int = 200) -> HttpResponse:
    context = {**admin.site.each_context(request), "title": title, **context}
    return TemplateResponse(request, f"registration/desk/organisations/{name}.html", context, status=status)
