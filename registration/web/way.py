"""Keeps the order of the pages: what comes before must be there."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from registration.models import Application
from registration.selectors import WAY, missing_parts
from registration.web.session import PAGES

View = Callable[..., HttpResponse]


def missing_before(application: Application, part: str) -> list[str]:
    """What comes before `part` on the way and is not there yet."""
    missing = set(missing_parts(application))
    return [str(earlier) for earlier in WAY[: WAY.index(part)] if earlier in missing]


def needs_parts_before(part: str) -> Callable[[View], View]:
    """Lead to the first missing page before `part`'s; under one of the session's guards, which hands over the application."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, application: Application, *args, **kwargs) -> HttpResponse:
            if earlier := missing_before(application, part):
                return redirect(PAGES[earlier[0]])
            return view(request, application, *args, **kwargs)

        return guarded

    return guard
