"""All components with sample data on one page, on development machines only."""

from types import SimpleNamespace as Row

from django import forms
from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.templatetags.static import static
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from realname.ui.forms import DateField, Form, TextField
from realname.ui.steps import progress
from realname.ui.widgets import CaptureInput


class SampleForm(Form):
    """One field of each kind."""

    name = TextField(label=gettext_lazy("Name"), limit=50, help_text=gettext_lazy("As on your ID card."))
    id_number = TextField(label=gettext_lazy("ID number"), limit=18, widget=forms.TextInput(attrs={"class": "input--digits"}))
    code = TextField(label=gettext_lazy("Code"), limit=6, widget=forms.TextInput(attrs={"class": "input--code", "inputmode": "numeric"}))
    valid_until = DateField(label=gettext_lazy("Valid until"))
    address = TextField(label=gettext_lazy("Address"), lines=True, compatible=False, required=False)
    way = forms.ChoiceField(
        label=gettext_lazy("How do you want to prove who you are?"),
        choices=[("face", gettext_lazy("With a selfie")), ("shop", gettext_lazy("Without face recognition"))],
        widget=forms.RadioSelect,
    )
    agree = forms.BooleanField(label=gettext_lazy("I have read the privacy notice."))
    photo = forms.FileField(
        label=gettext_lazy("ID card, front"),
        help_text=gettext_lazy("All four corners, no glare, sharp letters."),
        widget=CaptureInput(facing="environment", outline="card"),
    )
    selfie = forms.FileField(label=gettext_lazy("Selfie"), widget=CaptureInput(facing="user", outline="face"))


def stylebook(request: HttpRequest) -> HttpResponse:
    """The page; with `?errors=1` the form as it looks when sent empty. 404 outside development."""
    if not settings.DEVELOPMENT:
        raise Http404
    form = SampleForm({}, {}) if request.GET.get("errors") else SampleForm()
    return render(request, "ui/stylebook.html", {"form": form, **_samples()})


def _samples() -> dict:
    """Sample data of the components."""
    now = timezone.now()
    blurred = _("The photograph is blurred. Hold the phone still.")
    names = [_("Consent"), _("Phone"), _("ID card"), _("Selfie"), _("Review"), _("Result")]
    return {
        "progress": progress(names, number=3, urls=["#consent", "#phone"]),
        "facts": [
            Row(name=_("Name"), value="张*丰", change_url="#name"),
            Row(name=_("ID number"), value="110***********0012", change_url=""),
        ],
        "entries": [
            Row(name=_("Submitted"), text="", state="done", at=now),
            Row(name=_("Being checked"), text=_("This mostly takes less than two minutes."), state="current", at=None),
            Row(name=_("Result"), text="", state="todo", at=None),
        ],
        "checks": [
            Row(name=_("ID number"), result="passed", label=_("Passed"), text=""),
            Row(name=_("Photograph of the ID card"), result="failed", label=_("Failed"), text=blurred),
            Row(name=_("Population registry"), result="running", label=_("Running"), text=""),
        ],
        "photos": [Row(src=static(f"icons/{stem}.svg"), alt=caption, caption=caption) for stem, caption in _photos()],
        "messages_received": [Row(at=now, text=_("Your code is 123456. It is valid for five minutes."))],
    }


def _photos() -> list[tuple[str, str]]:
    return [("id-front", _("ID card, front")), ("id-back", _("ID card, back")), ("selfie", _("Selfie"))]
