"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest

from realname.ui.views import LARGER_TYPE_COOKIE, SIZES


def site(request: HttpRequest) -> dict:
    """The operator's name, whether outside services are played by the sandbox, and which larger type the person reads, if any."""
    size = request.COOKIES.get(LARGER_TYPE_COOKIE, "")
    return {
        "operator_name": settings.OPERATOR_NAME,
        "sandbox": settings.SANDBOX,
        "larger_type": size if size in SIZES else "",
        # what the button beside the language leads to: round and round
        "next_type": {"": "large", "large": "largest"}.get(size, "normal"),
    }
