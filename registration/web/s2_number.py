"""Step 2, continued: the person keeps the number they proved, or chooses a new one from the stock."""

from urllib.parse import urlencode

from django import forms
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from realname.access.actor import actor_from_request
from realname.masking import mask_phone
from realname.ui.forms import Form, TextField
from realname.ui.telling import telling
from registration.errors import MESSAGES
from registration.models import Application, Number
from registration.numbers import PAGE, available_numbers, has_its_number, offers_numbers, own_number_free, reservation_of
from registration.services.release_number import release_number
from registration.services.reserve_number import reserve_number
from registration.states import NumberWay, Pattern
from registration.web import steps
from registration.web.session import needs_editable, next_page

LONGEST_ENDING = 8
LONGEST_NUMBER = 13


class BrowseForm(Form):
    """What the number should be like. Sent in the address: nothing of it says who looks."""

    ending = TextField(
        label=_("Last digits"),
        help_text=_("One to eight digits with which it should end."),
        required=False,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "class": "input--digits"}),
        limit=20,
        fits=LONGEST_ENDING,
    )
    pattern = forms.ChoiceField(label=_("Pattern"), required=False, choices=[("", _("Any")), *Pattern.choices])
    without_four = forms.BooleanField(label=_("Without the digit 4"), required=False)

    def clean_ending(self) -> str:
        """ASCII digits: people type spaces, and full-width digits are digits."""
        text = "".join(self.cleaned_data["ending"].split())
        if text and not text.isdecimal():
            raise ValidationError(_("Enter digits only."), code="digits")
        if len(text) > LONGEST_ENDING:
            raise ValidationError(_("Enter at most eight digits."), code="too_long")
        return "".join(str(int(char)) for char in text)


@never_cache
@require_safe
@needs_editable
def number(request: HttpRequest, application: Application) -> HttpResponse:
    """Which number it shall be: as it stands, and both ways. There is no choice while it takes a line over."""
    if application.takes_over_id and has_its_number(application):
        return redirect(next_page(application))
    kept = reservation_of(application)
    context = {
        "progress": steps.at("phone"),
        "own": mask_phone(application.phone),
        "own_free": own_number_free(application),
        "kept": kept,
        "minutes": _minutes_left(kept),
        "lost": application.chosen_number if application.number_way == NumberWay.NEW and kept is None else "",
        "offers": offers_numbers(),
        "go_on": next_page(application) if has_its_number(application) else "",
    }
    return render(request, "registration/web/number.html", context)


@never_cache
@require_safe
@needs_editable
def browse(request: HttpRequest, application: Application) -> HttpResponse:
    """The stock, a page at a time."""
    form = BrowseForm(request.GET)
    wish = form.cleaned_data if form.is_valid() else {}
    after = "".join(char for char in request.GET.get("after", "") if char in "0123456789")[:LONGEST_NUMBER]
    # one more than the page: whether there is a next one
    found = available_numbers(**wish, after=after, limit=PAGE + 1) if form.is_valid() else []
    context = {
        "form": form,
        "progress": steps.at("phone"),
        "numbers": found[:PAGE],
        "next": _query(wish, found[PAGE - 1].number) if len(found) > PAGE else "",
        "first": _query(wish, "") if after else "",
    }
    return render(request, "registration/web/number_browse.html", context, status=422 if form.errors else 200)


@require_POST
@needs_editable
def reserve(request: HttpRequest, application: Application) -> HttpResponse:
    """Keep a number; taken meanwhile, back to the others."""
    wanted = request.POST.get("number", "")[:LONGEST_NUMBER]
    with telling(request):
        reserve_number(actor=actor_from_request(request), application_id=application.pk, number=wanted)
        return redirect("registration:number")
    return redirect("registration:number_browse")


@require_POST
@needs_editable
def own(request: HttpRequest, application: Application) -> HttpResponse:
    """The proven number after all."""
    with telling(request):
        application = release_number(actor=actor_from_request(request), application_id=application.pk)
        if has_its_number(application):
            return redirect(next_page(application))
        messages.warning(request, MESSAGES["own_number_taken"])
        return redirect("registration:number")
    return redirect("registration:status")


def _minutes_left(kept: Number | None) -> int | None:
    """Whole minutes a number is still kept; nothing where it is kept without a clock."""
    if kept is None or kept.reserved_until is None:
        return None
    return max(0, round((kept.reserved_until - timezone.now()).total_seconds() / 60))


def _query(wish: dict, after: str) -> str:
    asked = {"ending": wish["ending"], "pattern": wish["pattern"], "without_four": "on" if wish["without_four"] else "", "after": after}
    return urlencode({name: value for name, value in asked.items() if value})
