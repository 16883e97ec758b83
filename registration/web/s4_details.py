"""Step 4: the person checks what was read from their card, and corrects it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from realname.access.actor import actor_from_request
from realname.ids.addresses import InvalidAddress
from realname.ids.authorities import InvalidAuthority
from realname.ids.citizen_id import InvalidCitizenID
from realname.ids.errors import InvalidInput
from realname.ids.names import InvalidName
from registration.errors import ApplicationClosed, ApplicationIncomplete, DetailsContradict
from registration.models import Application
from registration.services.correct_details import correct_details
from registration.web import steps
from registration.web.captures import uncertain_fields
from registration.web.forms import DetailsForm, initial_details
from registration.web.session import needs_editable, next_page
from registration.web.way import needs_parts_before

FIELD_OF = {InvalidName: "name", InvalidCitizenID: "id_number", InvalidAddress: "address", InvalidAuthority: "authority"}


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs_editable
@needs_parts_before("details")
def details(request: HttpRequest, application: Application) -> HttpResponse:
    """The form, filled with what was read; kept, it leads on."""
    sent = request.POST if request.method == "POST" else None
    form = DetailsForm(sent, initial=initial_details(application), uncertain=uncertain_fields(application))
    if sent is not None and form.is_valid() and (kept := _keep(request, application, form)):
        return redirect(next_page(kept))
    context = {"form": form, "progress": steps.at("details")}
    return render(request, "registration/web/details.html", context, status=422 if form.errors else 200)


def _keep(request: HttpRequest, application: Application, form: DetailsForm) -> Application | None:
    """Hand the details over; where they are refused, say why beside the field."""
    as_printed = form.cleaned_data["number_as_printed"]
    try:
        actor, entered = actor_from_request(request), form.details()
        return correct_details(actor=actor, application_id=application.pk, details=entered, number_as_printed=as_printed)
    except InvalidInput as invalid:
        form.add_error(FIELD_OF[type(invalid)], invalid.message)
    except DetailsContradict as refusal:
        for field in refusal.fields:
            form.add_error(field, refusal.message)
    except ApplicationIncomplete as refusal:
        form.add_error("birth", refusal.message)
    except ApplicationClosed:
        # it was handed in from another tab meanwhile: the way leads to its status
        application.refresh_from_db()
        return application
    return None
