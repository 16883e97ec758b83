"""After a visit was recorded: the clerk photographs the document that the person shows, for the reviewer."""

from uuid import UUID

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe
from unfold.widgets import UnfoldAdminFileFieldWidget

from realname.access.guards import visible
from realname.images import ImageRefused
from realname.ui.uploads import takes_file
from registration.desk.shop.counter import at_station, page, staff_actor
from registration.documents.base import Image
from registration.errors import CaptureRefused
from registration.models import Application
from registration.selectors import assisted_today, current_captures
from registration.services.shop.photograph_visit import KINDS, photograph_visit
from registration.services.shop.station import Station
from registration.web.decoding import TooBusy, decoding_slot
from registration.web.findings import sentence
from registration.web.forms import FORM_MESSAGES, UploadField


class PhotographForm(forms.Form):
    """One side or page of the document."""

    photo = UploadField(widget=UnfoldAdminFileFieldWidget({"accept": "image/*", "capture": "environment"}))

    def __init__(self, *args, image: Image, **kwargs) -> None:
        super().__init__(*args, auto_id=f"{image.side}_%s", **kwargs)
        photo = self.fields["photo"]
        photo.label = image.label
        photo.error_messages["required"] = FORM_MESSAGES["required_photo"] % {"label": image.label}


@require_safe
@at_station
def visit(request: HttpRequest, station: Station, application_id: UUID) -> HttpResponse:
    """What is photographed already, and the forms for it."""
    return _visit(request, _of_today(station, application_id))


@takes_file
@require_POST
@at_station
def photograph(request: HttpRequest, station: Station, application_id: UUID, side: str) -> HttpResponse:
    """Take one photograph."""
    application = _of_today(station, application_id)
    image = next((image for image in application.document.images if image.side == side), None)
    if image is None:
        raise Http404
    form = PhotographForm(request.POST, request.FILES, image=image)
    if form.is_valid():
        try:
            with decoding_slot():
                photograph_visit(
                    actor=staff_actor(request, station), application_id=application.pk, side=side, content=form.cleaned_data["photo"]
                )
            return redirect("admin:registration_shop_visit", application.pk)
        except (ImageRefused, CaptureRefused, TooBusy) as refusal:
            form.add_error("photo", sentence(refusal.code))
    return _visit(request, application, {side: form})


def _of_today(station: Station, application_id: UUID) -> Application:
    stated = assisted_today(station.clerk.pk).filter(witnesses__clerk=station.clerk, witnesses__device=station.device)
    return visible(stated.filter(pk=application_id).exclude(submitted_at=None).first())


def _visit(request: HttpRequest, application: Application, refused: dict[str, PhotographForm] | None = None) -> HttpResponse:
    taken, refused = current_captures(application), refused or {}
    rows = [
        (image, refused.get(image.side) or PhotographForm(image=image), taken.get(KINDS[image.side]))
        for image in application.document.images
    ]
    status = 422 if refused else 200
    return page(request, "visit", _("Photograph the document"), status=status, application=application, rows=rows)
