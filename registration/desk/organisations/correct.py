"""The clerk for organisations proposes what is to be true of one instead, or takes it back."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from realname.access.actor import actor_from_request
from realname.access.guards import desk_page, visible
from registration.access import may_keep_organisations
from registration.desk.organisations.forms import CorrectionForm
from registration.desk.organisations.own import desk_answer, own_organisation
from registration.errors import DetailInvalid, DocumentUnknown, OrganisationRefused
from registration.services.organisation.propose_correction import propose_correction
from registration.services.organisation.withdraw_correction import withdraw_correction
from registration.states import OrganisationImageKind, OrganisationStatus


@desk_page(may_keep_organisations)
def correct(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """What stands, to be written over; the papers that prove it are photographed next."""
    own = own_organisation(request, organisation_id)
    visible(own if own.status not in OrganisationStatus.over() else None)
    form = CorrectionForm(request.POST if request.method == "POST" else None, organisation=own)
    if form.is_valid():
        try:
            propose_correction(
                actor=actor_from_request(request),
                organisation_id=own.pk,
                changes=form.changes(),
                agent_replaced=form.cleaned_data["agent_replaced"],
                anew=[OrganisationImageKind(kind) for kind in form.cleaned_data["anew"]],
            )
            messages.success(request, _("The correction waits for a reviewer. Photograph what proves it."))
            return redirect("admin:registration_organisation_entered", own.pk)
        except (OrganisationRefused, DetailInvalid, DocumentUnknown) as refusal:
            form.refuse(refusal)
    context = {"organisation": own, "form": form}
    return desk_answer(request, "correct", _("Correct an organisation"), context, status=422 if form.errors else 200)


@require_POST
@desk_page(may_keep_organisations)
def take_back(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """What waits is taken back; done twice it is the same."""
    own = own_organisation(request, organisation_id)
    if withdraw_correction(actor=actor_from_request(request), organisation_id=own.pk):
        messages.success(request, _("The correction is withdrawn."))
    return redirect("admin:registration_organisation_entered", own.pk)
