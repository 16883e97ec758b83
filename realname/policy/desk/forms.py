"""What compliance enters."""

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from realname.policy.desk.words import bounds, shown
from realname.policy.models import PolicyDraft
from realname.policy.parameters import Parameter, sections
from realname.policy.selectors import drafted, snapshot, stored
from realname.policy.services.dry_run import DEFAULT, FEWEST, MOST

# a browser's own field for a moment sends it like this
MOMENT = "%Y-%m-%dT%H:%M"


class ReasonForm(forms.Form):
    """Why, and from when."""

    revision = forms.IntegerField(widget=forms.HiddenInput)
    reason = forms.CharField(
        label=_("Reason"),
        max_length=2000,
        help_text=_("What the change answers to: a law, a finding, figures. Everybody in compliance reads it."),
        widget=UnfoldAdminTextareaWidget({"rows": 3}),
    )
    acts_from = forms.DateTimeField(
        label=_("Acts from"),
        required=False,
        input_formats=[MOMENT, f"{MOMENT}:%S"],
        help_text=_("Leave it empty to act as soon as it is published."),
        widget=forms.DateTimeInput(attrs={"type": "datetime-local", "class": "desk-select"}, format=MOMENT),
    )


class NoteForm(forms.Form):
    """Why something is given back or stopped."""

    note = forms.CharField(label=_("Reason"), max_length=2000, widget=UnfoldAdminTextareaWidget({"rows": 2}))


class DryRunForm(forms.Form):
    """Over how many."""

    wanted = forms.IntegerField(
        label=_("Applications decided last"),
        min_value=FEWEST,
        max_value=MOST,
        initial=DEFAULT,
        widget=UnfoldAdminTextInputWidget({"inputmode": "numeric", "autocomplete": "off"}),
    )


class SectionForm(forms.Form):
    """The parameters of one section, each by its type and within its bounds, as the draft would have them."""

    revision = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, draft: PolicyDraft, section: str, **kwargs: Any) -> None:
        wanted, base = drafted(draft), snapshot(draft.base)
        self.parameters = {one.key: one for one in sections()[section]}
        initial = {key: stored(one, wanted.values) for key, one in self.parameters.items()}
        super().__init__(*args, initial={**initial, "revision": draft.revision}, **kwargs)
        for key, one in self.parameters.items():
            self.fields[key] = _field(one)
            before = shown(one, stored(one, base.values))
            self.fields[key].help_text = _("Now %(value)s. Allowed: %(bounds)s.") % {"value": before, "bounds": bounds(one) or "—"}

    def values(self) -> dict[str, Any]:
        """The cleaned values by key."""
        return {key: _as_typed(one, self.cleaned_data[key]) for key, one in self.parameters.items()}


def _field(one: Parameter) -> forms.Field:
    if one.choices or one.type is bool:
        options = one.choices or (True, False)
        choices = [(str(option), shown(one, option)) for option in options]
        return forms.ChoiceField(label=one.label, choices=choices, widget=forms.Select(attrs={"class": "desk-select"}))
    if one.type is str:
        return forms.CharField(label=one.label, widget=UnfoldAdminTextInputWidget())
    limits = {"min_value": _seconds(one.minimum), "max_value": _seconds(one.maximum)}
    kind, mode = (forms.FloatField, "decimal") if one.type is float else (forms.IntegerField, "numeric")
    return kind(label=one.label, **limits, widget=UnfoldAdminTextInputWidget({"inputmode": mode, "autocomplete": "off"}))


def _seconds(limit: Any) -> Any:
    return limit.total_seconds() if isinstance(limit, timedelta) else limit


def _as_typed(one: Parameter, value: Any) -> Any:
    """Choices come back as text, whatever their type."""
    if one.type is bool:
        return value == "True"
    return next((choice for choice in one.choices if str(choice) == value), value)
