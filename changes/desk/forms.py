"""What staff give with an act on a change."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from unfold.widgets import UnfoldAdminTextareaWidget, UnfoldAdminTextInputWidget

from changes.errors import MESSAGES
from changes.selectors import subscriber_by_number
from realname.ui.phone import typed_phone


class RequestForm(forms.Form):
    """Whose contact phone, and the new one."""

    line = forms.CharField(
        label=_("A number of the subscriber"),
        max_length=30,
        help_text=_("A line that the person holds. Make sure by their ID card that they are this person."),
        widget=UnfoldAdminTextInputWidget({"inputmode": "tel", "autocomplete": "off"}),
    )
    value = forms.CharField(
        label=_("New contact phone"),
        max_length=30,
        help_text=_("A code goes there; the person reads it to you."),
        widget=UnfoldAdminTextInputWidget({"inputmode": "tel", "autocomplete": "off"}),
    )

    def clean_line(self) -> str:
        """The number; the person behind it is kept as `person`."""
        line = typed_phone(self.cleaned_data["line"])
        self.person = subscriber_by_number(line)
        if self.person is None:
            raise ValidationError(MESSAGES["person_unknown"], code="person_unknown")
        return line

    def clean_value(self) -> str:
        """The number in its plain form."""
        return typed_phone(self.cleaned_data["value"])


class CodeForm(forms.Form):
    """The code that went to the new number."""

    code = forms.CharField(
        label=_("Code that the person received"),
        max_length=12,
        widget=UnfoldAdminTextInputWidget({"inputmode": "numeric", "autocomplete": "off"}),
    )

    def clean_code(self) -> str:
        """Digits only."""
        return "".join(char for char in self.cleaned_data["code"] if char.isdecimal())


class ReasonForm(forms.Form):
    """Why."""

    reason = forms.CharField(
        label=_("Reason"),
        max_length=500,
        help_text=_("Write nothing personal: no names, no numbers."),
        widget=UnfoldAdminTextareaWidget({"rows": 2}),
    )
