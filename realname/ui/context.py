"""What every template may use."""

from django.conf import settings
from django.http import HttpRequest


def site(request: HttpRequest) -> dict:
    """The operator's name, and whether outside services are played by the sandbox."""
    return {"operator_name": settings.OPERATOR_NAME, "sandbox": settings.SANDBOX}
