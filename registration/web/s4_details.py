"""Step 4: the person checks what was read from their document, and corrects it."""

from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from realname.access.actor import actor_from_request
from registration.errors import ApplicationClosed, ApplicationIncomplete, DetailInvalid, DetailsContradict
from registration.models import Application
from registration.selectors import DETAILS_OF
from registration.services.correct_details import correct_details
from registration.states import Party
from registration.web import steps
from registration.web.captures import uncertain_fields
from registration.web.details_form import DetailsForm, initial_details
from registration.web.parties import needs_party, page_of
from registration.web.session import PAGES, needs_editable, next_page
from registration.web.way import missing_before


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs_editable
@needs_party
def details(request: HttpRequest, application: Application, party: str) -> HttpResponse:
    """The form, filled with what was read; kept, it leads on."""
    if earlier := missing_before(application, DETAILS_OF[party]):
        return redirect(PAGES[earlier[0]])
    sent, identity = request.POST if request.method == "POST" else None, application.party(party)
    known = {"initial": initial_details(identity), "uncertain": uncertain_fields(application, party)}
    form = DetailsForm(sent, document=identity.document, **known)
    if sent is not None and form.is_valid() and (kept := _keep(request, application, form, party)):
        return redirect(next_page(kept))
    context = {
        **page_of(application, party),
        "form": form,
        "too_young": form.has_error("birth", "under_age"),
        "progress": steps.at("details" if party == Party.PRINCIPAL else "person"),
    }
    return render(request, "registration/web/details.html", context, status=422 if form.errors else 200)


def _keep(request: HttpRequest, application: Application, form: DetailsForm, party: str) -> Application | None:
    """Hand the details over; where they are refused, say why beside the field."""
    as_printed = form.cleaned_data["number_as_printed"]
    try:
        return correct_details(
            actor=actor_from_request(request),
            application_id=application.pk,
            details=form.details(),
            number_as_printed=as_printed,
            party=Party(party),
        )
    except DetailInvalid as refusal:
        form.add_error(refusal.field, refusal.message)
    except DetailsContradict as refusal:
        for field in refusal.fields:
            form.add_error(field, refusal.message)
    except ApplicationIncomplete as refusal:
        field = "id_number" if refusal.code == "same_person" else "birth"
        form.add_error(field, ValidationError(refusal.message, code=refusal.code))
    except ApplicationClosed:
        # it was handed in from another tab meanwhile: the way leads to its status
        application.refresh_from_db()
        return application
    return None
