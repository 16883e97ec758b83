"""Forms of the account. What is true about a value is asked in the services."""

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from realname.ui.forms import Form, TextField
from realname.ui.phone import PhoneField
from realname.ui.views import SIZES
from registration.services.resume_application import ASKED_CHARACTERS


class SignInForm(Form):
    """The number of one of the person's lines, or their contact phone."""

    phone = PhoneField(
        label=_("Your phone number"),
        help_text=_("One of your lines with us, or the contact phone that you gave us."),
    )


class IdentityForm(Form):
    """The end of the ID number."""

    last_six = TextField(
        label=_("Last six characters of your ID number"),
        help_text=_("The number alone does not tell us for certain who you are."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "input--code"}
        ),
        limit=20,
        fits=ASKED_CHARACTERS,
    )


class FactorForm(Form):
    """A code of the authenticator application, or a recovery code."""

    code = TextField(
        label=_("Code of your authenticator application"),
        help_text=_("Six digits. If you lost it: one of your recovery codes."),
        widget=forms.TextInput(attrs={"autocomplete": "one-time-code", "spellcheck": "false", "class": "input--code"}),
        limit=20,
        fits=11,
    )


class AuthenticatorForm(Form):
    """The first code, which shows that the application works before it is relied upon."""

    code = TextField(
        label=_("Code that the application shows"),
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "one-time-code", "class": "input--code"}),
        limit=12,
        fits=6,
    )

    def clean_code(self) -> str:
        """Digits only: people type spaces, and full-width digits are digits."""
        return "".join(str(int(char)) for char in self.cleaned_data["code"] if char.isdecimal())


class PasskeyNameForm(Form):
    """How the person calls a passkey."""

    name = TextField(label=_("Name of this passkey"), help_text=_("For instance: my phone."), limit=40)


class RightForm(Form):
    """What the person asks for, in their words."""

    words = TextField(label=_("What should we do?"), lines=True, limit=2000)

    def __init__(self, *args, needed: bool, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["words"].required = needed


class SettingsForm(Form):
    """Language and type size, on all of the person's devices."""

    language = forms.ChoiceField(label=_("Language"), choices=settings.LANGUAGES, widget=forms.RadioSelect)
    type_size = forms.ChoiceField(
        label=_("Type size"),
        choices=[("normal", _("Normal")), *[(size, label) for size, label in SIZES.items()]],
        widget=forms.RadioSelect,
    )
