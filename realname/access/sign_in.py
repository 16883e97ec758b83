"""The sign-in form: user name, password and one-time code; and the page of who tried too often."""

from typing import Any

from django import forms
from django.conf import settings
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from unfold.forms import AuthenticationForm
from unfold.widgets import BASE_INPUT_CLASSES

from realname.access import second_factor
from realname.access.models import Staff

# One sentence for every failure: it must not tell which of the three was right.
REFUSED = _("User name, password or one-time code is not right. Check all three; a code serves only once, so wait for the next one.")


class SignInForm(AuthenticationForm):
    """Who has a second factor must give its code; who has none yet is led to set one up and sees nothing else until then."""

    code = forms.CharField(
        label=_("One-time code"),
        required=False,
        max_length=second_factor.DIGITS + 2,
        help_text=_("Six digits from your authenticator app. Leave empty at your very first sign-in."),
        widget=forms.TextInput(
            {"autocomplete": "one-time-code", "inputmode": "numeric", "pattern": "[0-9 ]*", "class": " ".join(BASE_INPUT_CLASSES)}
        ),
    )
    error_messages = {"invalid_login": REFUSED, "inactive": REFUSED}

    def confirm_login_allowed(self, user: Staff) -> None:
        """Password and account are right: now the second factor, by the same counter of failures."""
        if not user.is_active or not user.is_staff:
            raise self.get_invalid_login_error()
        if not second_factor.has_device(user):
            return
        user.otp_device = second_factor.verify(user, self.data.get("code", "").replace(" ", ""))
        if user.otp_device is None:
            credentials = {"username": self.cleaned_data["username"], "factor": "code"}
            user_login_failed.send(sender=__name__, credentials=credentials, request=self.request)
            raise self.get_invalid_login_error()

    def get_invalid_login_error(self) -> ValidationError:
        """The one sentence."""
        return ValidationError(REFUSED, code="invalid_login")


def locked_out(request: HttpRequest, original: HttpResponse | None = None, credentials: Any = None) -> HttpResponse:
    """429: too many wrong sign-ins of one name from one place; says when to come back."""
    from django.contrib import admin

    minutes = int(settings.AXES_COOLOFF_TIME.total_seconds() // 60)
    context = {**admin.site.each_context(request), "title": _("Too many attempts"), "minutes": minutes}
    response = render(request, "admin/locked_out.html", context, status=429)
    return admin.site.relax_csp(response)
