"""The front page, the notices, privacy and help."""

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_safe

from registration.notices import NOTICES
from registration.web.session import current_application, next_page


@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """What this is, what is needed, and the way in; an unfinished application is offered again."""
    application = current_application(request)
    proven = application is not None and application.phone_proven_at is not None
    return render(request, "registration/web/start.html", {"going_on": next_page(application) if proven else ""})


@require_safe
def notice(request: HttpRequest, purpose: str) -> HttpResponse:
    """One notice by itself, to be read, printed and kept (R-27)."""
    if purpose not in NOTICES:
        raise Http404
    shown = NOTICES[purpose]
    return render(request, "registration/web/notice.html", {"notice": shown, "digest": shown.digest(get_language())})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """All notices on one page."""
    return render(request, "registration/web/privacy.html", {"notices": NOTICES.values()})


@require_safe
def help_page(request: HttpRequest) -> HttpResponse:
    """What to do when something does not work."""
    return render(request, "registration/web/help.html")
