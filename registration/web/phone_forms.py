"""The forms by which people prove a phone, or take up an application again."""

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from realname.ui.forms import Form, TextField
from realname.ui.phone import PhoneField
from registration.errors import MESSAGES
from registration.services.phone_digits import DIGITS
from registration.services.resume_application import ASKED_CHARACTERS
from registration.states import Party


class PhoneForm(Form):
    """The number to register, or the own one of who acts for the person."""

    phone = PhoneField(
        label=_("Phone number to register"),
        help_text=_("A mainland mobile number of 11 digits. We send a code to it."),
    )

    def __init__(self, *args, party: str, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        if party == Party.REPRESENTATIVE:
            self.fields["phone"].label = _("Your own phone number")


class CodeForm(Form):
    """The six digits."""

    code = TextField(
        label=_("Code from the message"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "input--code"}),
        limit=12,
        fits=DIGITS,
    )

    def clean_code(self) -> str:
        """Digits only: people type spaces, and full-width digits are digits. What can be no code uses up no guess."""
        digits = "".join(str(int(char)) for char in self.cleaned_data["code"] if char.isdecimal())
        if len(digits) != DIGITS:
            raise ValidationError(MESSAGES["code_digits"], code="code_digits")
        return digits


class ResumeForm(Form):
    """The end of the ID number that was entered."""

    last_six = TextField(
        label=_("Last six characters of your ID number"),
        help_text=_("As you entered it in that application. If you act for somebody there, the number is theirs."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "input--code"}
        ),
        limit=20,
        fits=ASKED_CHARACTERS,
    )
