"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest

from realname.ui.views import LARGER_TYPE_COOKIE


def site(request: HttpRequest) -> dict:
    """The operator's name, whether outside services are played by the sandbox, and whether the person reads larger type."""
    return {
        "operator_name": settings.OPERATOR_NAME,
        "sandbox": settings.SANDBOX,
        "larger_type": request.COOKIES.get(LARGER_TYPE_COOKIE) == "large",
    }
