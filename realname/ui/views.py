"""The larger-type switch, which works without JavaScript."""

from datetime import timedelta

from django.conf import settings
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

LARGER_TYPE_COOKIE = "type"
# beside the normal one; each is a class `type-<size>` of the page (static/css/site.css)
SIZES = {"large": _("Large"), "largest": _("Largest")}


@require_POST
def larger_type(request: HttpRequest) -> HttpResponse:
    """Remember the chosen type size for a year and return to the page it was chosen on."""
    response = HttpResponseRedirect(safe_next(request, default="/"))
    keep_type_size(response, request.POST.get("type", ""))
    return response


def keep_type_size(response: HttpResponse, size: str) -> None:
    """Let the browser keep a size; anything but one of SIZES is the normal one."""
    if size in SIZES:
        response.set_cookie(
            LARGER_TYPE_COOKIE,
            size,
            max_age=timedelta(days=365),
            secure=settings.SESSION_COOKIE_SECURE,
            httponly=True,
            samesite="Lax",
        )
    else:
        response.delete_cookie(LARGER_TYPE_COOKIE, samesite="Lax")


def safe_next(request: HttpRequest, *, default: str) -> str:
    """The posted `next`, where it stays on this site; else `default`."""
    target = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return target if allowed else default
