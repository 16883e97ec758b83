"""The old contact stops a change: needs nothing but the message that was sent to them."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from changes.errors import MESSAGES, StopRefused
from changes.policy import STOPS_PER_HOUR_IP
from changes.services.stop_change import stop_change_by_code
from realname.access.actor import actor_from_request
from realname.states import TransitionNotAllowed
from realname.ui.forms import Form, TextField
from registration.web.throttle import TooManyRequests, count_request


class StopForm(Form):
    """What the message says."""

    reference = TextField(label=_("Reference"), help_text=_("It begins with CH-."), limit=20)
    code = TextField(
        label=_("Code from the message"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "input--code"}),
        limit=12,
    )

    def clean_code(self) -> str:
        """Digits only: people type spaces, and full-width digits are digits."""
        return "".join(str(int(char)) for char in self.cleaned_data["code"] if char.isdecimal())


@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def stop(request: HttpRequest) -> HttpResponse:
    """Ask for reference and code, and stop the change (P-CHG-5)."""
    form = StopForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        given = form.cleaned_data
        try:
            count_request(request, STOPS_PER_HOUR_IP)
            stop_change_by_code(actor=actor_from_request(request), reference=given["reference"], entered=given["code"])
            return render(request, "changes/web/stopped.html")
        except (StopRefused, TooManyRequests) as refusal:
            form.add_error("code", refusal.message)
        except TransitionNotAllowed:
            form.add_error(None, MESSAGES["change_closed"])
    return render(request, "changes/web/stop.html", {"form": form}, status=422 if form.errors else 200)
