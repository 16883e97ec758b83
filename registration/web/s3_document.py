"""Step 3: the person says which document they have, photographs it, and hears at once what is wrong with a photograph."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from realname.access.actor import actor_from_request
from realname.images import ImageRefused
from realname.ui.uploads import takes_file
from registration.errors import ApplicationClosed, CaptureRefused, DocumentUnknown
from registration.models import Application
from registration.policy import CAPTURES_PER_HOUR_IP
from registration.selectors import current_captures
from registration.services.capture_document import capture_document
from registration.services.choose_document import choose_document as choose
from registration.web import captures, steps
from registration.web.findings import sentence
from registration.web.forms import DocumentForm, DocumentTypeForm
from registration.web.live import live_part, part
from registration.web.session import needs_editable
from registration.web.throttle import TooManyRequests, count_request


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs_editable
def choose_document(request: HttpRequest, application: Application) -> HttpResponse:
    """All types of documents, the one at hand preselected."""
    sent = request.POST if request.method == "POST" else None
    form = DocumentTypeForm(sent, initial={"document_type": application.document_type})
    if sent is not None and form.is_valid():
        try:
            choose(actor=actor_from_request(request), application_id=application.pk, code=form.cleaned_data["document_type"])
            return redirect("registration:document")
        except DocumentUnknown as refusal:
            form.add_error("document_type", refusal.message)
        except ApplicationClosed:
            return redirect("registration:status")
    begun = any(captures.view_of(application, kind).state != "none" for kind in application.document.kinds)
    context = {"form": form, "begun": begun, "progress": steps.at("document")}
    return render(request, "registration/web/choose_document.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
@needs_editable
def document(request: HttpRequest, application: Application) -> HttpResponse:
    """The sides or pages of the document, each with its state and its form."""
    return _page(request, application)


@takes_file
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs_editable
def capture(request: HttpRequest, application: Application, side: str) -> HttpResponse:
    """Take one photograph. Read (after a change of language, say) it is the page of all."""
    image = next((image for image in application.document.images if image.side == side), None)
    if image is None:
        raise Http404
    if request.method != "POST":
        return redirect("registration:document")
    form = DocumentForm(request.POST, request.FILES, image=image)
    if form.is_valid():
        try:
            count_request(request, CAPTURES_PER_HOUR_IP)
            content = form.cleaned_data["photo"]
            capture_document(actor=actor_from_request(request), application_id=application.pk, side=side, content=content)
            return redirect(f"{reverse('registration:document')}#{_next_side(application, side)}")
        except ImageRefused as refusal:
            form.add_error("photo", sentence(refusal.code))
        except ApplicationClosed:
            return redirect("registration:status")
        except (CaptureRefused, TooManyRequests) as refusal:
            form.add_error("photo", refusal.message)
    return _page(request, application, form, side)


@never_cache
@require_safe
@live_part
@needs_editable
def document_state(request: HttpRequest, application: Application) -> HttpResponse:
    """Only the states of the photographs, for the page that waits for them."""
    return part(request, "registration/web/document_part.html", {**_state(application), "alone": True})


def _page(request: HttpRequest, application: Application, refused: DocumentForm | None = None, side: str = "") -> HttpResponse:
    forms = {image.side: DocumentForm(image=image) for image in application.document.images}
    if refused:
        forms[side] = refused
    state = _state(application)
    cards = [(image, forms[image.side], view) for image, view in zip(application.document.images, state["views"], strict=True)]
    context = {**state, "form": refused, "cards": cards, "document": application.document, "progress": steps.at("document")}
    return render(request, "registration/web/document.html", context, status=422 if refused else 200)


def _state(application: Application) -> dict:
    views = [captures.view_of(application, kind) for kind in application.document.kinds]
    return {
        "views": views,
        "sides": [(image.side, view) for image, view in zip(application.document.images, views, strict=True)],
        "pending": any(view.pending for view in views),
        "not_pending": not any(view.pending for view in views),
        "complete": not any(view.wanted for view in views),
        "tries": captures.tries(),
        "seen": "-".join(f"{view.state}{view.usable:d}" for view in views),
    }


def _next_side(application: Application, side: str) -> str:
    """Where to look after a photograph was taken: at one that is still missing, else at the one just taken."""
    taken = current_captures(application)
    missing = (image.side for image in application.document.images if image.kind not in taken)
    return next(missing, side)
