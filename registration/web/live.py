"""Parts of pages that renew themselves."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django_htmx.http import HttpResponseClientRedirect

View = Callable[..., HttpResponse]


def live_part(view: View) -> View:
    """Where a guard leads away (the session ended, the application was handed in), take the whole page there, not the part alone."""

    @wraps(view)
    def whole(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        response = view(request, *args, **kwargs)
        if request.htmx and 300 <= response.status_code < 400:
            return HttpResponseClientRedirect(response["Location"])
        return response

    return whole


def part(request: HttpRequest, template: str, context: dict) -> HttpResponse:
    """The part, or 204 where the page shows it already (`seen`): so a screen reader is not told twice."""
    if request.htmx and request.GET.get("seen") == context["seen"]:
        return HttpResponse(status=204)
    return render(request, template, context)
