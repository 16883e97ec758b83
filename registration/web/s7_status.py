"""Step 7: the person sees how their application stands, what happens next, and what they can do."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from realname.access.actor import actor_from_request
from realname.states import TransitionNotAllowed
from realname.ui.telling import telling
from registration.errors import ApplicationClosed
from registration.models import Application
from registration.services.request_review import request_review
from registration.services.withdraw_application import withdraw_application
from registration.states import ApplicationStatus
from registration.web import standing
from registration.web.live import live_part, part
from registration.web.session import needs_proven_phone, next_page


@never_cache
@require_safe
@needs_proven_phone
def status(request: HttpRequest, application: Application) -> HttpResponse:
    """How it stands; a draft leads back to where it was left."""
    if application.status == ApplicationStatus.DRAFT:
        return redirect(next_page(application))
    return render(request, "registration/web/status.html", standing.of(application))


@never_cache
@require_safe
@live_part
@needs_proven_phone
def status_live(request: HttpRequest, application: Application) -> HttpResponse:
    """Only the part that changes, for the page that waits."""
    if application.status == ApplicationStatus.DRAFT:
        return redirect(next_page(application))
    return part(request, "registration/web/status_part.html", standing.of(application))


@require_POST
@needs_proven_phone
def withdraw(request: HttpRequest, application: Application) -> HttpResponse:
    """Take the application back; too late, the page says so."""
    with telling(request), _past_it():
        withdraw_application(actor=actor_from_request(request), application_id=application.pk)
    return redirect("registration:status")


@require_POST
@needs_proven_phone
def ask_review(request: HttpRequest, application: Application) -> HttpResponse:
    """Demand that a person decides, after a refusal (R-29)."""
    with telling(request), _past_it():
        request_review(actor=actor_from_request(request), application_id=application.pk)
    return redirect("registration:status")


@require_POST
def leave(request: HttpRequest) -> HttpResponse:
    """Forget on this device whose application it was; the application itself stays."""
    request.session.flush()
    return redirect("registration:start")


@contextmanager
def _past_it() -> Iterator[None]:
    """To the person a move that is not allowed says that their application is past it."""
    try:
        yield
    except TransitionNotAllowed:
        raise ApplicationClosed from None
