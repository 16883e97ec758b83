"""The form that proves that the second factor works before it is relied upon."""

from base64 import b32encode
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext_lazy as _
from django_otp.plugins.otp_totp.models import TOTPDevice
from unfold.widgets import BASE_INPUT_CLASSES

from realname.access import second_factor

WRONG_CODE = _("This code is not right. Check the clock of your telephone, wait for the next code and enter it.")


class EnrolmentForm(forms.Form):
    """Takes the first code."""

    code = forms.CharField(
        label=_("One-time code"),
        max_length=second_factor.DIGITS + 2,
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "inputmode": "numeric", "autofocus": "", "class": " ".join(BASE_INPUT_CLASSES)}
        ),
    )

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_code(self) -> str:
        """Enrol, or say what to do."""
        code = self.cleaned_data["code"].replace(" ", "")
        if not second_factor.enrol(self.request, code):
            raise ValidationError(WRONG_CODE, code="wrong_code")
        return code

    @staticmethod
    def readable_secret(device: TOTPDevice) -> str:
        """The secret in base 32 (RFC 4648) in groups of four, for who cannot scan."""
        secret = b32encode(device.bin_key).decode().rstrip("=")
        return " ".join(secret[i : i + 4] for i in range(0, len(secret), 4))


def next_page(request: HttpRequest) -> str:
    """Where the person wanted to go, where that is on this site; else the desk."""
    target = request.POST.get("next", "")
    allowed = url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}, require_https=request.is_secure())
    return target if allowed else reverse("admin:index")
