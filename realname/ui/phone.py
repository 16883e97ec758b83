"""A mobile number as people type it."""

from django import forms
from django.core.exceptions import ValidationError

from realname.ids import phone as phones
from realname.ui.forms import TextField


def typed_phone(text: str) -> str:
    """The number in its plain form. Raises ValidationError with the sentence about what is wrong with it."""
    try:
        return phones.parse(text).number
    except phones.InvalidPhone as invalid:
        raise ValidationError(invalid.message, code=invalid.code) from None


class PhoneField(TextField):
    """A number of a phone, cleaned to its eleven digits."""

    def __init__(self, **kwargs) -> None:
        keyboard = {"inputmode": "tel", "autocomplete": "tel-national", "class": "input--digits"}
        super().__init__(widget=forms.TextInput(attrs=keyboard), limit=30, fits=11, **kwargs)

    def clean(self, value: str | None) -> str:
        """What is typed, judged. Raises ValidationError."""
        return typed_phone(super().clean(value))
