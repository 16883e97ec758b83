"""Keeps the order of the pages: what comes before must be there."""

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from registration.models import Application
from registration.selectors import WAY, missing_parts
from registration.web.session import PAGES

View = Callable[..., HttpResponse]


def needs_parts_before(part: str) -> Callable[[View], View]:
    """Lead to the first missing page before `part`'s; under one of the session's guards, which hands over the application."""

    def guard(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, application: Application, *args, **kwargs) -> HttpResponse:
            missing = set(missing_parts(application))
            for earlier in WAY[: WAY.index(part)]:
                if earlier in missing:
                    return redirect(PAGES[earlier])
            return view(request, application, *args, **kwargs)

        return guarded

    return guard
