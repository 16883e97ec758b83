"""A reviewer has the register of enterprises asked about an organisation, once more."""

from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from realname.access.actor import actor_from_request
from realname.access.guards import desk_page
from registration.access import may_judge_organisations
from registration.models import Organisation
from verification.services.ask_register import open_inquiries


@require_POST
@desk_page(may_judge_organisations)
def ask_organisation(request: HttpRequest, organisation_id: UUID) -> HttpResponse:
    """Asked by a worker; the page of the organisation shows what came of it."""
    try:
        asked = open_inquiries(actor=actor_from_request(request), organisation_id=organisation_id, again=True)
    except Organisation.DoesNotExist:
        raise Http404 from None
    if asked:
        messages.success(request, _("The register is being asked. Open this page again in a moment."))
    else:
        messages.warning(request, _("There is nothing to ask: the organisation is over, or no register has an address here."))
    return redirect("admin:registration_organisation_case", organisation_id)
