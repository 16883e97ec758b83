"""The larger-type switch, which works without JavaScript."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

LARGER_TYPE_COOKIE = "type"


@require_POST
def larger_type(request: HttpRequest) -> HttpResponse:
    """Remember the chosen type size for a year and return to the page it was chosen on."""
    response = HttpResponseRedirect(safe_next(request, default="/"))
    if request.POST.get("type") == "large":
        response.set_cookie(
            LARGER_TYPE_COOKIE,
            "large",
            max_age=timedelta(days=365),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(LARGER_TYPE_COOKIE, samesite="Lax")
    return response


def safe_next(request: HttpRequest, *, default: str) -> str:
    """The posted `next`, where it stays on this site; else `default`."""
    target = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return target if allowed else default
