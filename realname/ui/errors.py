"""Pages for what went wrong, in the page's language."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form came back without its token: mostly an expired session. Say what to do instead of what failed."""
    return render(request, "errors/csrf.html", status=403)
