"""Step 3: the person says which document they have, photographs it, and hears at once what is wrong with a photograph."""

from dataclasses import replace

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from realname.access.actor import actor_from_request
from realname.images import ImageRefused
from realname.ui.steps import Progress
from realname.ui.uploads import takes_file
from registration.documents.base import Image
from registration.errors import ApplicationClosed, CaptureRefused, DocumentUnknown
from registration.models import Application
from registration.policy import CAPTURES_PER_HOUR_IP
from registration.selectors import images_of
from registration.services.capture_document import capture_document
from registration.services.choose_document import choose_document as choose
from registration.states import CaptureKind, Party
from registration.web import captures, steps
from registration.web.findings import sentence
from registration.web.forms import DocumentForm, DocumentTypeForm
from registration.web.live import live_part, part
from registration.web.parties import address, needs_party, page_of
from registration.web.session import needs_editable, takes_photograph
from registration.web.throttle import TooManyRequests, count_request


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs_editable
@needs_party
def choose_document(request: HttpRequest, application: Application, party: str) -> HttpResponse:
    """All types of documents, the one at hand preselected."""
    sent = request.POST if request.method == "POST" else None
    form = DocumentTypeForm(sent, initial={"document_type": application.party(party).document_type})
    if sent is not None and form.is_valid():
        try:
            chosen = form.cleaned_data["document_type"]
            choose(actor=actor_from_request(request), application_id=application.pk, code=chosen, party=Party(party))
            return redirect(address("document", party))
        except DocumentUnknown as refusal:
            form.add_error("document_type", refusal.message)
        except ApplicationClosed:
            return redirect("registration:status")
    begun = any(captures.view_of(application, kind).state != "none" for kind in _document_kinds(application, party))
    context = {**page_of(application, party), "form": form, "begun": begun, "progress": _progress(party)}
    return render(request, "registration/web/choose_document.html", context, status=422 if form.errors else 200)


@never_cache
@require_safe
@needs_editable
@needs_party
def document(request: HttpRequest, application: Application, party: str) -> HttpResponse:
    """The sides or pages of the document, each with its state and its form."""
    return _page(request, application, party)


@takes_file
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@takes_photograph
def capture(request: HttpRequest, application: Application, side: str) -> HttpResponse:
    """Take one photograph. Read (after a change of language, say) it is the page of all."""
    party, image = _image(application, side)
    if request.method != "POST":
        return redirect(address("document", party))
    form = DocumentForm(request.POST, request.FILES, image=image)
    if form.is_valid():
        try:
            count_request(request, CAPTURES_PER_HOUR_IP)
            content = form.cleaned_data["photo"]
            capture_document(actor=actor_from_request(request), application_id=application.pk, side=side, content=content)
            return redirect(f"{address('document', party)}#{_next_side(application, party, side)}")
        except (ImageRefused, CaptureRefused, TooManyRequests) as refusal:
            form.add_error("photo", sentence(refusal.code))
        except ApplicationClosed:
            return redirect("registration:status")
    return _page(request, application, party, form, side)


@never_cache
@require_safe
@live_part
@needs_editable
@needs_party
def document_state(request: HttpRequest, application: Application, party: str) -> HttpResponse:
    """Only the states of the photographs, for the page that waits for them."""
    return part(
        request, "registration/web/document_part.html", {**page_of(application, party), **_state(application, party), "alone": True}
    )


def _page(request: HttpRequest, application: Application, party: str, refused: DocumentForm | None = None, side: str = "") -> HttpResponse:
    images = images_of(application, party)
    forms = {image.side: DocumentForm(image=image) for image in images}
    if refused:
        forms[side] = refused
    state = _state(application, party)
    cards = [(image, forms[image.side], view) for image, view in zip(images, state["views"], strict=True)]
    context = {**page_of(application, party), **state, "form": refused, "cards": cards, "progress": _progress(party)}
    return render(request, "registration/web/document.html", context, status=422 if refused else 200)


def _image(application: Application, side: str) -> tuple[str, Image]:
    """The photograph of that name, and whose page it is on. Raises Http404 where this application has none."""
    for party in application.parties:
        for image in images_of(application, party):
            if image.side == side:
                return party, image
    raise Http404


def _document_kinds(application: Application, party: str) -> list[CaptureKind]:
    """What another type of document would make void: not the proof of the right to act."""
    return [kind.of(Party(party)) for kind in application.party(party).document.kinds]


def _progress(party: str) -> Progress:
    return steps.at("document" if party == Party.PRINCIPAL else "person")


def _state(application: Application, party: str) -> dict:
    images = images_of(application, party)
    # whose it is, the page says once
    views = [replace(captures.view_of(application, image.kind), label=image.label) for image in images]
    return {
        "views": views,
        "sides": [(image.side, view) for image, view in zip(images, views, strict=True)],
        "pending": any(view.pending for view in views),
        "not_pending": not any(view.pending for view in views),
        "complete": not any(view.wanted for view in views),
        "tries": captures.tries(),
        "seen": "-".join(f"{view.state}{view.usable:d}" for view in views),
    }


def _next_side(application: Application, party: str, side: str) -> str:
    """Where to look after a photograph was taken: at one that is still missing, else at the one just taken."""
    taken = set(application.captures.current().values_list("kind", flat=True))
    missing = (image.side for image in images_of(application, party) if image.kind not in taken)
    return next(missing, side)
