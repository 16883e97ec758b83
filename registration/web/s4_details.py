"""Step 4: the person checks what was read from their document, and corrects it."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from realname.access.actor import actor_from_request
from registration.errors import ApplicationClosed, ApplicationIncomplete, DetailInvalid, DetailsContradict
from registration.models import Application
from registration.services.correct_details import correct_details
from registration.web import steps
from registration.web.captures import uncertain_fields
from registration.web.details_form import DetailsForm, initial_details
from registration.web.session import needs_editable, next_page
from registration.web.way import needs_parts_before


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs_editable
@needs_parts_before("details")
def details(request: HttpRequest, application: Application) -> HttpResponse:
    """The form, filled with what was read; kept, it leads on."""
    sent = request.POST if request.method == "POST" else None
    known = {"initial": initial_details(application), "uncertain": uncertain_fields(application)}
    form = DetailsForm(sent, document=application.document, **known)
    if sent is not None and form.is_valid() and (kept := _keep(request, application, form)):
        return redirect(next_page(kept))
    context = {"form": form, "document": application.document, "progress": steps.at("details")}
    return render(request, "registration/web/details.html", context, status=422 if form.errors else 200)


def _keep(request: HttpRequest, application: Application, form: DetailsForm) -> Application | None:
    """Hand the details over; where they are refused, say why beside the field."""
    as_printed = form.cleaned_data["number_as_printed"]
    try:
        actor, entered = actor_from_request(request), form.details()
        return correct_details(actor=actor, application_id=application.pk, details=entered, number_as_printed=as_printed)
    except DetailInvalid as refusal:
        form.add_error(refusal.field, refusal.message)
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
