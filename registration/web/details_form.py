"""The form of the details: the fields of the person's type of document. What is true of them is asked in the services."""

from collections.abc import Iterator
from datetime import date

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from realname.ids import addresses, authorities, citizen_id, ethnicities, latin_names, names, written
from realname.ids.errors import InvalidInput
from realname.ui.forms import MESSAGES as FORM_MESSAGES
from realname.ui.forms import DateField, Form, TextField
from realname.ui.widgets import DateParts
from registration.documents.base import DocumentType, Field
from registration.models.identity import Identity
from registration.services.correct_details import Details

MESSAGES = {
    "email": _("Enter an email address like name@example.com, or leave it empty."),
    "birth_in_future": _("The date of birth lies in the future."),
    "birth_too_old": _("The date of birth lies too far in the past. Check the year."),
    "valid_to_missing": _("Enter the last day of validity, or tick “Long-term”."),
    "valid_from_future": _("By this date your document is not valid yet. Check the year."),
    "valid_to_past": _("By this date your document has expired, and an expired one can not be accepted. Check the year."),
    "valid_to_early": _("The document can not end before it begins. Check both dates."),
    "valid_term": _("No document of this kind is issued for this span of time. Compare both dates with it."),
}
# dates that can stand on a card, though on none that is in force, or by no rule
DOUBTED = (("valid_from", "valid_from_future"), ("valid_to", "valid_to_past"), ("valid_to", "valid_term"))
NOT_SURE = _("We are not sure that we read this right. Please compare it with your document.")
# each is offered beside the field before it, once that was refused
AS_PRINTED = {"id_number": "number_as_printed", "valid_to": "dates_as_printed"}
# asked of everybody, whatever the document
ALWAYS = ("residence", "email", *AS_PRINTED.values())


class DetailsForm(Form):
    """What stands on the document. What was read from the photographs is filled in, for the person to correct."""

    name = TextField(
        label=_("Name"),
        compatible=False,
        limit=names.LONGEST_INPUT,
        fits=names.LONGEST,
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    other_name = TextField(compatible=False, limit=names.LONGEST_INPUT, fits=latin_names.LONGEST)
    sex = forms.ChoiceField(label=_("Sex"), choices=[("male", _("Male")), ("female", _("Female"))], widget=forms.RadioSelect)
    ethnicity = forms.ChoiceField(label=_("Ethnicity"))
    birth = DateField(label=_("Date of birth"), widget=DateParts(birthday=True))
    nationality = TextField(label=_("Nationality"), help_text=_("The code of three letters, for example USA."), limit=16, fits=3)
    issuing_state = TextField(
        label=_("Issuing state"), help_text=_("The code of three letters beside the passport number, for example USA."), limit=16, fits=3
    )
    id_number = TextField(
        widget=forms.TextInput(
            attrs={"autocomplete": "off", "autocapitalize": "characters", "spellcheck": "false", "class": "input--digits"}
        ),
        limit=written.LONGEST_INPUT,
    )
    number_as_printed = forms.BooleanField(
        label=_("My document really shows this number."), help_text=_("Somebody at the operator will then look at it."), required=False
    )
    address = TextField(
        label=_("Address on the document"),
        compatible=False,
        limit=addresses.LONGEST_INPUT,
        fits=addresses.LONGEST,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    authority = TextField(
        label=_("Issuing authority"), help_text=_("On the emblem side of the card."), compatible=False, limit=authorities.LONGEST
    )
    valid_from = DateField(label=_("Valid from"))
    valid_to = DateField(label=_("Valid until"))
    valid_long_term = forms.BooleanField(label=_("Long-term: the document shows no last day."), required=False)
    dates_as_printed = forms.BooleanField(
        label=_("My document really shows these dates."), help_text=_("You may go on; the document itself is judged then."), required=False
    )
    residence = TextField(
        label=_("Where you live now"),
        compatible=False,
        limit=addresses.LONGEST_INPUT,
        fits=addresses.LONGEST,
        widget=forms.Textarea(attrs={"rows": 2, "autocomplete": "street-address"}),
    )
    email = TextField(label=_("Email"), limit=254, required=False, widget=forms.EmailInput(attrs={"autocomplete": "email"}))

    def __init__(self, *args, document: DocumentType, uncertain: set[str] | frozenset[str] = frozenset(), **kwargs) -> None:
        super().__init__(*args, **kwargs)
        self.document = document
        for name in set(self.fields) - {*document.field_names, *ALWAYS}:
            del self.fields[name]
        for field in document.fields:
            self._fit(field)
        self._fit(Field("id_number", label=document.number.label, hint=self._hint("id_number") or document.number.hint))
        self.fields["id_number"].fits = document.number.longest
        if document.has("ethnicity"):
            rows = [(name, name) for name in ethnicities.NAMES]
            self.fields["ethnicity"].choices = [("", _("Choose")), *rows, (ethnicities.OTHER, _("Another one, as printed on the document"))]
        if document.has("valid_long_term"):
            self.fields["valid_to"].required = not self.data.get("valid_long_term")
            self.fields["valid_to"].error_messages["required"] = MESSAGES["valid_to_missing"]
        if document.has("address"):
            self._fit(Field("residence", hint=_("Leave it empty if it is the address on the document."), required=False))
        for name in uncertain & set(self.fields):
            self.fields[name].help_text = NOT_SURE
        self.unsure = bool(uncertain & set(self.fields))

    def _hint(self, name: str) -> object:
        return next((field.hint for field in self.document.fields if field.name == name), "")

    def _fit(self, field: Field) -> None:
        """A field in the words of this type of document."""
        shown = self.fields[field.name]
        shown.required = field.required
        if field.hint:
            shown.help_text = field.hint
        if field.label:
            shown.label = shown.message_label = field.label
            shown.error_messages["required"] = FORM_MESSAGES["required"] % {"label": field.label}

    def of_document(self) -> Iterator[forms.BoundField]:
        """The document's fields in their order, and behind each what is offered since it was refused."""
        for name in self.document.field_names:
            yield self[name]
            if (offered := AS_PRINTED.get(name)) == "number_as_printed" and self.offers_as_printed:
                yield self[offered]
        if self.offers_dates_as_printed:
            yield self["dates_as_printed"]

    @property
    def offers_as_printed(self) -> bool:
        """Only where the number was refused, or the person said so already; and only where its form leaves something to insist on."""
        return bool(self.document.number.printed) and ("id_number" in self.errors or bool(self.data.get("number_as_printed")))

    @property
    def offers_dates_as_printed(self) -> bool:
        """Only where a date was refused, or the person said so already."""
        return any(self.has_error(name, code) for name, code in DOUBTED) or bool(self.data.get("dates_as_printed"))

    def clean_residence(self) -> str:
        """As the service will read it: here too, so that all faults of the page are said at once."""
        residence = self.cleaned_data["residence"]
        try:
            return addresses.normalise(residence) if residence else ""
        except InvalidInput as invalid:
            raise ValidationError(invalid.message, code=invalid.code) from None

    def clean_id_number(self) -> str:
        """As `clean_residence`; a number that is printed so is for the service to take or refuse."""
        number = self.cleaned_data["id_number"]
        if not self.data.get("number_as_printed"):
            try:
                self.document.number.parse(number)
            except InvalidInput as invalid:
                raise ValidationError(invalid.message, code=invalid.code) from None
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
        """The texts by the rules of the type, and the two dates of validity together."""
        cleaned = super().clean()
        self._normalise(cleaned)
        begin, end = cleaned.get("valid_from"), cleaned.get("valid_to")
        if cleaned.get("valid_long_term"):
            # a last day left in the boxes is what was read before the tick
            cleaned["valid_to"] = None
            self.errors.pop("valid_to", None)
        elif begin and end and end <= begin:
            self.add_error("valid_to", ValidationError(MESSAGES["valid_to_early"], code="valid_to_early"))
        if not cleaned.get("dates_as_printed"):
            self._doubt_validity(cleaned)
        return cleaned

    def _normalise(self, cleaned: dict) -> None:
        for name, normalise in self.document.normalise.items():
            try:
                if text := cleaned.get(name):
                    cleaned[name] = normalise(text)
            except InvalidInput as invalid:
                self.add_error(name, ValidationError(invalid.message, code=invalid.code))

    def _doubt_validity(self, cleaned: dict) -> None:
        """A card that is out of force by what was typed is refused in the end: say so while a slip can be mended.

        Who stands by the dates goes on all the same: the card's photograph decides, and a person can be asked for (R-29).
        """
        begin, end, today = cleaned.get("valid_from"), cleaned.get("valid_to"), timezone.localdate()
        doubts = {"valid_from_future": begin and begin > today, "valid_to_past": end and end < today}
        doubts["valid_term"] = not any(doubts.values()) and self._of_no_rule(cleaned)
        for name, code in DOUBTED:
            if doubts[code]:
                self.add_error(name, ValidationError(MESSAGES[code], code=code))

    def _of_no_rule(self, cleaned: dict) -> bool:
        begin, end, birth = cleaned.get("valid_from"), cleaned.get("valid_to"), cleaned.get("birth")
        if self.document.validity is None or not begin or not birth or not (end or cleaned.get("valid_long_term")) or self.errors:
            return False
        return not self.document.validity.fits(begin, end, birth)

    def details(self) -> Details:
        """What was entered, for the service."""
        return Details(**{name: self.cleaned_data.get(name) for name in Details.__annotations__})


def initial_details(identity: Identity) -> dict:
    """What is known so far: read from the card, or entered before. A residence that is the card's address is not shown twice."""
    initial = {name: getattr(identity, name) for name in Details.__annotations__}
    if initial["residence"] == initial["address"]:
        initial["residence"] = ""
    return initial
