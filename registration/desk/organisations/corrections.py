"""A reviewer accepts or refuses a correction of an organisation; its history is told here too."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST
from unfold.widgets import SELECT_CLASSES

from realname import masking
from realname.access.actor import actor_from_request
from realname.access.guards import desk_page, visible
from realname.states import TransitionNotAllowed
from registration import documents
from registration.access import may_judge_organisations
from registration.errors import MESSAGES, OrganisationRefused
from registration.models import Organisation, OrganisationCorrection
from registration.services.organisation.facts import FACTS, facts_of, read
from registration.services.organisation.judge_correction import AGAINST_CORRECTION, accept_correction, refuse_correction
from registration.services.organisation.papers import missing_proof
from registration.states import CorrectionStatus, OrganisationReason

LABELS = {
    "name": _("Organisation"),
    "address": _("Registered address"),
    "legal_representative": _("Legal representative"),
    "line_limit": _("Lines it may hold"),
    "agent_document_type": _("Agent's document"),
    "agent_name": _("Agent"),
    "agent_id_number": _("Number of the agent's document"),
}
# facts about people, and how they are shown to who did not open them
_MASKS = {
    "legal_representative": masking.mask_name,
    "agent_name": masking.mask_name,
    "agent_id_number": masking.mask_id_number,
}


class RefusalForm(forms.Form):
    """Why a correction is refused."""

    reason = forms.ChoiceField(label=_("Reason"), widget=forms.Select({"class": " ".join(SELECT_CLASSES)}))

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [("", "–"), *((reason.value, reason.label) for reason in AGAINST_CORRECTION)]


@require_POST
@desk_page(may_judge_organisations)
def accept(request: HttpRequest, organisation_id: UUID, correction_id: UUID) -> HttpResponse:
    """It is true from now on."""
    found = _found(organisation_id, correction_id)
    try:
        accept_correction(actor=actor_from_request(request), correction_id=found.pk)
        messages.success(request, _("The correction is accepted, and in force."))
    except OrganisationRefused as refusal:
        messages.error(request, refusal.message)
    except TransitionNotAllowed:
        messages.error(request, _("This correction was judged or withdrawn meanwhile."))
    return redirect("admin:registration_organisation_case", organisation_id)


@require_POST
@desk_page(may_judge_organisations)
def refuse(request: HttpRequest, organisation_id: UUID, correction_id: UUID) -> HttpResponse:
    """For a reason of the list."""
    found, form = _found(organisation_id, correction_id), RefusalForm(request.POST)
    if not form.is_valid():
        messages.error(request, MESSAGES["organisation_reason"])
        return redirect("admin:registration_organisation_case", organisation_id)
    try:
        refuse_correction(actor=actor_from_request(request), correction_id=found.pk, reason=OrganisationReason(form.cleaned_data["reason"]))
        messages.success(request, _("The correction is refused: what stood stands."))
    except OrganisationRefused as refusal:
        messages.error(request, refusal.message)
    except TransitionNotAllowed:
        messages.error(request, _("This correction was judged or withdrawn meanwhile."))
    return redirect("admin:registration_organisation_case", organisation_id)


def waiting(organisation: Organisation, *, opened: bool) -> dict[str, Any] | None:
    """The correction that waits: what shall be beside what is, people masked unless opened."""
    correction = organisation.corrections.filter(status=CorrectionStatus.PROPOSED).select_related("proposed_by").first()
    if correction is None:
        return None
    now, then = facts_of(organisation), read(correction.proposed)
    return {
        "correction": correction,
        "rows": [(LABELS[name], shown(name, now, opened), shown(name, then, opened)) for name in FACTS if name in then],
        "images": correction.images.select_related("file").order_by("created_at") if opened else [],
        "missing": missing_proof(correction),
        "form": RefusalForm(),
    }


def history(organisation: Organisation, *, opened: bool) -> list[dict[str, Any]]:
    """Accepted corrections, the newest first: what each replaced, by what."""
    told = []
    after = facts_of(organisation)
    accepted = organisation.corrections.filter(status=CorrectionStatus.ACCEPTED).select_related("proposed_by", "judged_by")
    for correction in accepted.order_by("-judged_at"):
        before = read(correction.before)
        changed = [name for name in FACTS if before.get(name) != after.get(name)]
        rows = [(LABELS[name], shown(name, before, opened), shown(name, after, opened)) for name in changed]
        told.append({"correction": correction, "rows": rows})
        after = before
    return told


def shown(name: str, facts: dict[str, Any], opened: bool) -> object:
    """One fact in words."""
    value = facts[name]
    if name == "line_limit" and value is None:
        return _("As many as any organisation")
    if value in (None, ""):
        return "–"
    if name == "agent_document_type":
        return documents.document_type(value).label
    return value if opened or name not in _MASKS else _MASKS[name](value)


def _found(organisation_id: UUID, correction_id: UUID) -> OrganisationCorrection:
    return visible(OrganisationCorrection.objects.filter(pk=correction_id, organisation=organisation_id).first())
