"""The cookie by which a browser is known again: bounds count by it, an account knows its devices by it."""

import secrets
from collections.abc import Callable
from functools import wraps

from django.conf import settings
from django.http import HttpRequest, HttpResponse

View = Callable[..., HttpResponse]

DEVICE_COOKIE = "device"
YEAR = 365 * 24 * 3600


def knows_device(view: View) -> View:
    """Give a browser its cookie at the first request, which already counts as coming from that device."""

    @wraps(view)
    def known(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        new = DEVICE_COOKIE not in request.COOKIES
        device = request.COOKIES.setdefault(DEVICE_COOKIE, secrets.token_urlsafe(24))
        response = view(request, *args, **kwargs)
        if new:
            secure = settings.SESSION_COOKIE_SECURE
            response.set_cookie(DEVICE_COOKIE, device, max_age=YEAR, httponly=True, samesite="Lax", secure=secure)
        return response

    return known
