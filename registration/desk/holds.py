"""Compliance places a legal hold, sees what it covers, and lifts what another officer placed."""

from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from unfold.widgets import SELECT_CLASSES, TEXTAREA_CLASSES, UnfoldAdminTextInputWidget

from realname import masking
from realname.access.actor import actor_from_request
from realname.access.guards import desk_page, visible
from realname.vault.errors import KeyErased
from registration.access import may_hold_data
from registration.errors import RegistrationError
from registration.models import LegalHold, Line
from registration.retention.holds import held_by, hold_scope
from registration.selectors import name_of
from registration.services.hold_data import lift_hold, place_hold
from registration.states import HoldScope


class HoldForm(forms.Form):
    """Whose data, how much of them, on whose order, and until when."""

    reference = forms.CharField(
        label=_("Reference of an application, or whole id of the person"),
        max_length=40,
        widget=UnfoldAdminTextInputWidget({"autocomplete": "off", "spellcheck": "false"}),
    )
    scope = forms.ChoiceField(label=_("What is held"), choices=HoldScope.choices, widget=forms.Select({"class": " ".join(SELECT_CLASSES)}))
    authority_reference = forms.CharField(
        label=_("Authority and reference of its order, or of the dispute"),
        max_length=100,
        widget=UnfoldAdminTextInputWidget({"autocomplete": "off"}),
    )
    reason = forms.CharField(
        label=_("Legal basis and reason"), max_length=500, widget=forms.Textarea({"rows": 3, "class": " ".join(TEXTAREA_CLASSES)})
    )
    until = forms.DateField(
        label=_("Last day"),
        help_text=_("Leave it empty where no end is known: it then holds until it is lifted."),
        required=False,
        widget=UnfoldAdminTextInputWidget({"type": "date"}),
    )

    def clean_until(self) -> datetime | None:
        """The end of that day."""
        day: date | None = self.cleaned_data["until"]
        return timezone.make_aware(datetime.combine(day, time.max)) if day else None


class LiftForm(forms.Form):
    """Why it is not needed any more."""

    reason = forms.CharField(
        label=_("Why it is lifted"), max_length=500, widget=forms.Textarea({"rows": 3, "class": " ".join(TEXTAREA_CLASSES)})
    )


@desk_page(may_hold_data)
def hold_place(request: HttpRequest) -> HttpResponse:
    """Place a hold; its page says what it covers."""
    form = HoldForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            whose = hold_scope(reference=given["reference"], scope=HoldScope(given["scope"]))
            hold = place_hold(
                actor=actor_from_request(request),
                reason=given["reason"],
                authority_reference=given["authority_reference"],
                until=given["until"],
                **whose,
            )
            messages.success(request, _("The legal hold is placed."))
            return redirect("admin:registration_legalhold_case", hold.pk)
        except RegistrationError as refusal:
            form.add_error("until" if refusal.code == "hold_over" else "reference", refusal.message)
    context = {**admin.site.each_context(request), "title": _("Place a legal hold"), "form": form}
    return TemplateResponse(request, "registration/desk/hold_place.html", context, status=422 if form.errors else 200)


@desk_page(may_hold_data)
def hold_case(request: HttpRequest, hold_id: UUID) -> HttpResponse:
    """What it covers; and the form that lifts it, for another officer than the one who placed it."""
    hold = visible(LegalHold.objects.select_related("person", "application", "line").filter(pk=hold_id).first())
    form = LiftForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        try:
            lift_hold(actor=actor_from_request(request), hold_id=hold.pk, reason=form.cleaned_data["reason"])
            messages.success(request, _("The legal hold is lifted. The clocks of the erasure run again."))
            return redirect("admin:registration_legalhold_case", hold.pk)
        except RegistrationError as refusal:
            form.add_error("reason", refusal.message)
    covers = held_by(hold)
    context: dict[str, Any] = {
        **admin.site.each_context(request),
        "title": _("Legal hold"),
        "hold": hold,
        "name": masking.mask_name(name_of(hold.person)),
        "covers": covers,
        "numbers": [_masked(line) for line in covers.lines],
        "form": form,
        "mine": hold.placed_by_id == actor_from_request(request).id,
    }
    return TemplateResponse(request, "registration/desk/hold_case.html", context, status=422 if form.errors else 200)


def _masked(line: Line) -> str:
    try:
        return masking.mask_phone(line.number)
    except KeyErased:
        return "–"
