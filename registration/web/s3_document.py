"""Step 3: the person photographs both sides of their ID card, and hears at once what is wrong with a photograph."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_safe

from realname.access.actor import actor_from_request
from realname.images import ImageRefused
from realname.ui.uploads import takes_file
from registration.errors import ApplicationClosed, CaptureRefused
from registration.models import Application
from registration.policy import CAPTURES_PER_HOUR_IP
from registration.services.capture_document import SIDES, capture_document
from registration.web import captures, steps
from registration.web.decoding import TooBusy, decoding_slot
from registration.web.findings import sentence
from registration.web.forms import DocumentForm
from registration.web.live import live_part, part
from registration.web.session import needs_editable
from registration.web.throttle import TooManyRequests, count_request


@never_cache
@require_safe
@needs_editable
def document(request: HttpRequest, application: Application) -> HttpResponse:
    """Both sides, each with its state and its form."""
    return _page(request, application)


@takes_file
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
@needs_editable
def capture(request: HttpRequest, application: Application, side: str) -> HttpResponse:
    """Take a photograph of one side. Read (after a change of language, say) it is the page of both."""
    if side not in SIDES:
        raise Http404
    if request.method != "POST":
        return redirect("registration:document")
    form = DocumentForm(request.POST, request.FILES, side=side, label=SIDES[side].label)
    if form.is_valid():
        try:
            count_request(request, CAPTURES_PER_HOUR_IP)
            content = form.cleaned_data["photo"]
            with decoding_slot():
                capture_document(actor=actor_from_request(request), application_id=application.pk, side=side, content=content)
            return redirect(f"{reverse('registration:document')}#{_next_side(application, side)}")
        except ImageRefused as refusal:
            form.add_error("photo", sentence(refusal.code))
        except ApplicationClosed:
            return redirect("registration:status")
        except (CaptureRefused, TooManyRequests, TooBusy) as refusal:
            form.add_error("photo", refusal.message)
    return _page(request, application, form, side)


@never_cache
@require_safe
@live_part
@needs_editable
def document_state(request: HttpRequest, application: Application) -> HttpResponse:
    """Only the states of both sides, for the page that waits for them."""
    return part(request, "registration/web/document_part.html", {**_state(application), "alone": True})


def _page(request: HttpRequest, application: Application, refused: DocumentForm | None = None, side: str = "") -> HttpResponse:
    forms = {one: DocumentForm(side=one, label=kind.label) for one, kind in SIDES.items()}
    if refused:
        forms[side] = refused
    state = _state(application)
    cards = [(one, forms[one], view) for one, view in zip(SIDES, state["views"], strict=True)]
    context = {**state, "form": refused, "cards": cards, "progress": steps.at("document")}
    return render(request, "registration/web/document.html", context, status=422 if refused else 200)


def _state(application: Application) -> dict:
    views = [captures.view_of(application, kind) for kind in SIDES.values()]
    return {
        "views": views,
        "sides": list(zip(SIDES, views, strict=True)),
        "pending": any(view.pending for view in views),
        "not_pending": not any(view.pending for view in views),
        "complete": not any(view.wanted for view in views),
        "tries": captures.tries(),
        "seen": "-".join(f"{view.state}{view.usable:d}" for view in views),
    }


def _next_side(application: Application, side: str) -> str:
    """Where to look after a photograph was taken: at the side that is still missing, else at the one just taken."""
    other = next(one for one in SIDES if one != side)
    return other if captures.view_of(application, SIDES[other]).state == "none" else side
