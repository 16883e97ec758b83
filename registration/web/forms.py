"""Forms of files and details. What is true about a value is asked in the services; here only what can be typed."""

from collections.abc import Callable
from datetime import date

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import UploadedFile
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from realname.ids import addresses, authorities, citizen_id, ethnicities, names
from realname.ids.errors import InvalidInput
from realname.ui.forms import MESSAGES as FORM_MESSAGES
from realname.ui.forms import DateField, Form, TextField
from realname.ui.widgets import CaptureInput, DateParts
from registration.models import Application
from registration.services.correct_details import NUMBER_LENGTH, Details
from registration.web.findings import sentence

MESSAGES = {
    "email": _("Enter an email address like name@example.com, or leave it empty."),
    "birth_in_future": _("The date of birth lies in the future."),
    "birth_too_old": _("The date of birth lies too far in the past. Check the year."),
    "valid_to_missing": _("Enter the last day of validity, or tick “Long-term”."),
    "valid_from_future": _("By this date your card is not valid yet. Check the year."),
    "valid_to_past": _("By this date your card has expired, and an expired card can not be accepted. Check the year."),
    "valid_to_early": _("The card can not end before it begins. Check both dates."),
}
NO_VIDEO = _("Record or choose a video first.")
# dates that can stand on a card, though on none that is in force
DOUBTED = (("valid_from", "valid_from_future"), ("valid_to", "valid_to_past"))
NOT_SURE = _("We are not sure that we read this right. Please compare it with your card.")


class UploadField(forms.FileField):
    """One file of at most `UPLOAD_MAX_BYTES`, cleaned to its bytes."""

    def __init__(self, **kwargs) -> None:
        super().__init__(error_messages={"empty": sentence("empty"), "invalid": sentence("empty"), "missing": sentence("empty")}, **kwargs)

    def clean(self, data: UploadedFile | None, initial: object = None) -> bytes:
        """The content. Raises ValidationError: none chosen, empty, too large."""
        file = super().clean(data, initial)
        # of a file that is too large only the size was kept
        if file.size > settings.UPLOAD_MAX_BYTES:
            raise ValidationError(sentence("too_large"), code="too_large")
        return file.read()


class DocumentForm(Form):
    """A photograph of one side of the card."""

    photo = UploadField(widget=CaptureInput(facing="environment", outline="card", attrs={"required": True}))

    def __init__(self, *args, side: str, label: Promise | str, **kwargs) -> None:
        # two of these are on one page
        super().__init__(*args, auto_id=f"{side}_%s", **kwargs)
        self.fields["photo"].label = label
        self.fields["photo"].error_messages["required"] = FORM_MESSAGES["required_photo"] % {"label": label}


class SelfieForm(Form):
    """A selfie."""

    photo = UploadField(label=_("Selfie"), widget=CaptureInput(facing="user", outline="face", attrs={"required": True}))


class ChallengeForm(Form):
    """The film of the movements asked for: a video, or the burst of pictures, one behind the other, that the page's script sends.

    A burst comes with the `times` (ms) and `sizes` (bytes) of its pictures.
    """

    challenge = forms.UUIDField(widget=forms.HiddenInput, required=False)
    video = UploadField(
        label=_("Video of the movements"),
        help_text=_("MP4, MOV or WebM, at most 20 seconds."),
        widget=forms.FileInput(attrs={"accept": "video/*", "capture": "user"}),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["video"].error_messages["required"] = NO_VIDEO


class StatementForm(Form):
    """A short video in which the digits of a challenge are read aloud."""

    challenge = forms.UUIDField(widget=forms.HiddenInput, required=False)

    video = UploadField(
        label=_("Video statement"),
        help_text=_("MP4, MOV or WebM, at most 20 MB: about ten seconds."),
        widget=forms.FileInput(attrs={"accept": "video/*", "capture": "user"}),
    )

    def __init__(self, *args, **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["video"].error_messages["required"] = NO_VIDEO


def _read(parse: Callable[[str], object], text: str) -> object:
    """What `parse` makes of a text; its refusal as the form's. Raises ValidationError."""
    try:
        return parse(text)
    except InvalidInput as invalid:
        raise ValidationError(invalid.message, code=invalid.code) from None


class DetailsForm(Form):
    """What stands on the card. What was read from the photographs is filled in, for the person to correct."""

    name = TextField(
        label=_("Name"),
        compatible=False,
        limit=names.LONGEST_INPUT,
        fits=names.LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    sex = forms.ChoiceField(label=_("Sex"), choices=[("male", _("Male")), ("female", _("Female"))], widget=forms.RadioSelect)
    ethnicity = forms.ChoiceField(label=_("Ethnicity"))
    birth = DateField(label=_("Date of birth"), widget=DateParts(birthday=True))
    id_number = TextField(
        label=_("ID number"),
        help_text=_("18 characters, as on the card."),
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "input--digits"}
        ),
        limit=citizen_id.LONGEST_INPUT,
        fits=NUMBER_LENGTH,
    )
    number_as_printed = forms.BooleanField(
        label=_("My card really shows this number."), help_text=_("Somebody at the operator will then look at it."), required=False
    )
    address = TextField(
        label=_("Address on the card"),
        compatible=False,
        limit=addresses.LONGEST_INPUT,
        fits=addresses.LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    authority = TextField(
        label=_("Issuing authority"), help_text=_("On the emblem side of the card."), compatible=False, limit=authorities.LONGEST
    )
    valid_from = DateField(label=_("Valid from"))
    valid_to = DateField(label=_("Valid until"), error_messages={"required": MESSAGES["valid_to_missing"]})
    valid_long_term = forms.BooleanField(label=_("Long-term: the card shows no last day."), required=False)
    dates_as_printed = forms.BooleanField(
        label=_("My card really shows these dates."), help_text=_("You may go on; the card itself is judged then."), required=False
    )
    residence = TextField(
        label=_("Where you live now"),
        help_text=_("Leave it empty if it is the address on the card."),
        compatible=False,
        limit=addresses.LONGEST_INPUT,
        fits=addresses.LONGEST,
        required=False,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "street-address"}),
    )
    email = TextField(label=_("Email"), limit=254, required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"}))

    def __init__(self, *args, uncertain: set[str] | frozenset[str] = frozenset(), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.fields["valid_to"].required = not self.data.get("valid_long_term")
        rows = [(name, name) for name in ethnicities.NAMES]
        self.fields["ethnicity"].choices = [("", _("Choose")), *rows, (ethnicities.OTHER, _("Another one, as printed on the card"))]
        for name in uncertain & set(self.fields):
            self.fields[name].help_text = NOT_SURE
        self.unsure = bool(uncertain & set(self.fields))

    @property
    def offers_as_printed(self) -> bool:
        """Only where the number was refused, or the person said so already."""
        return "id_number" in self.errors or bool(self.data.get("number_as_printed"))

    @property
    def offers_dates_as_printed(self) -> bool:
        """Only where a date was refused, or the person said so already."""
        return any(self.has_error(name, code) for name, code in DOUBTED) or bool(self.data.get("dates_as_printed"))

    def clean_name(self) -> str:
        """As the service will read it: here too, so that all faults of the page are said at once."""
        return _read(names.normalise, self.cleaned_data["name"])

    def clean_address(self) -> str:
        """As `clean_name`."""
        return _read(addresses.normalise, self.cleaned_data["address"])

    def clean_authority(self) -> str:
        """As `clean_name`."""
        return _read(authorities.normalise, self.cleaned_data["authority"])

    def clean_residence(self) -> str:
        """As `clean_name`."""
        residence = self.cleaned_data["residence"]
        return _read(addresses.normalise, residence) if residence else ""

    def clean_id_number(self) -> str:
        """As `clean_name`; a number that is printed so is for the service to take or refuse."""
        number = self.cleaned_data["id_number"]
        if not self.data.get("number_as_printed"):
            _read(citizen_id.parse, number)
        return number

    def clean_birth(self) -> date | None:
        """A day somebody alive can be born on."""
        birth, today = self.cleaned_data["birth"], timezone.localdate()
        if birth and birth > today:
            raise ValidationError(MESSAGES["birth_in_future"], code="birth_in_future")
        if birth and today.year - birth.year > citizen_id.OLDEST_YEARS:
            raise ValidationError(MESSAGES["birth_too_old"], code="birth_too_old")
        return birth

    def clean_email(self) -> str:
        """An address, or nothing."""
        email = self.cleaned_data["email"]
        try:
            if email:
                validate_email(email)
        except ValidationError:
            raise ValidationError(MESSAGES["email"], code="email") from None
        return email

    def clean(self) -> dict:
        """The two dates of validity together."""
        cleaned = super().clean()
        begin, end = cleaned.get("valid_from"), cleaned.get("valid_to")
        if cleaned.get("valid_long_term"):
            # a last day left in the boxes is what was read before the tick
            cleaned["valid_to"] = None
            self.errors.pop("valid_to", None)
        elif begin and end and end <= begin:
            self.add_error("valid_to", ValidationError(MESSAGES["valid_to_early"], code="valid_to_early"))
        if not cleaned.get("dates_as_printed"):
            self._doubt_validity(begin, cleaned.get("valid_to"))
        return cleaned

    def _doubt_validity(self, begin: date | None, end: date | None) -> None:
        """A card that is out of force by what was typed is refused in the end: say so while a slip can be mended.

        Who stands by the dates goes on all the same: the card's photograph decides, and a person can be asked for (R-29).
        """
        today = timezone.localdate()
        for (name, code), doubtful in zip(DOUBTED, (begin and begin > today, end and end < today), strict=True):
            if doubtful:
                self.add_error(name, ValidationError(MESSAGES[code], code=code))

    def details(self) -> Details:
        """What was entered, for the service."""
        return Details(**{name: self.cleaned_data.get(name) for name in Details.__annotations__})


def initial_details(application: Application) -> dict:
    """What is known so far: read from the card, or entered before. A residence that is the card's address is not shown twice."""
    initial = {name: getattr(application, name) for name in Details.__annotations__}
    if initial["residence"] == initial["address"]:
        initial["residence"] = ""
    return initial
