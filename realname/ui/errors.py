"""Pages for what went wrong, in the page's language: what happened, and what to do now."""

from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent, TooManyFilesSent
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import loader

from realname.ui.views import safe_next


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400; or 413 where the request was refused for its size, so that the page can say so."""
    if isinstance(exception, RequestDataTooBig | TooManyFieldsSent | TooManyFilesSent):
        return too_large(request, several=isinstance(exception, TooManyFilesSent))
    return render(request, "errors/400.html", status=400)


def too_large(request: HttpRequest, *, several: bool = False) -> HttpResponse:
    """413: more was sent than a page ever asks for; `several` files, perhaps, which are small."""
    return render(request, "errors/413.html", {"several": several}, status=413)


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """403."""
    return render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404: also the answer for other people's things."""
    return render(request, "errors/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500, in both languages and without context: whatever failed may be what the context needs."""
    return HttpResponse(loader.get_template("errors/500.html").render(), status=500)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came back without its token: mostly an expired session. Say what to do instead of what failed."""
    return render(request, "errors/csrf.html", {"again": safe_next(request, default=request.path)}, status=403)
