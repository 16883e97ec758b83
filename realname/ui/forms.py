"""Forms of the person's pages: cleaned text, dates in three parts, whole-sentence messages, the site's own look."""

import datetime as dt

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from realname.ui.renderer import SiteRenderer
from realname.ui.text import BidiControl, clean_text
from realname.ui.widgets import DateParts

MESSAGES = {
    "required": _("Fill in “%(label)s”."),
    "required_choice": _("Choose an answer for “%(label)s”."),
    "required_tick": _("Tick “%(label)s” to go on."),
    "required_photo": _("Take or choose a photograph for “%(label)s”."),
    "too_long": _("“%(label)s” is too long: %(length)d characters where at most %(limit)d fit."),
    "bidi": _("“%(label)s” contains hidden characters that change the reading direction. Type it again instead of pasting it."),
    "date_incomplete": _("“%(label)s” needs a year, a month and a day."),
    "date_invalid": _("“%(label)s” is not a date that exists. Check the year, the month and the day."),
}


class Form(forms.Form):
    """The base of every form a person sees.

    Messages name the field. The browser's own bubbles are off: they speak the browser's language, not the page's.
    """

    default_renderer = SiteRenderer()
    use_required_attribute = False

    def __init__(self, *args, **kwargs):
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for name, field in self.fields.items():
            label = field.label or name
            field.message_label = label
            if field.error_messages.get("required") == forms.Field.default_error_messages["required"]:
                field.error_messages["required"] = MESSAGES[_required_message(field)] % {"label": label}


def _required_message(field: forms.Field) -> str:
    """Which sentence says that this kind of field was left empty."""
    if isinstance(field, forms.FileField):
        return "required_photo"
    if isinstance(field, forms.BooleanField):
        return "required_tick"
    return "required_choice" if isinstance(field, forms.ChoiceField) else "required"


class TextField(forms.CharField):
    """One line of cleaned text. Longer than `limit` characters it is refused unread; the message names what really `fits`.

    The two differ where blanks, say, are taken out later. There is no `maxlength` in the page: it would cut pasted text without a
    word. `compatible` and `lines` as in `clean_text`.
    """

    def __init__(self, *, limit: int = 200, fits: int = 0, compatible: bool = True, lines: bool = False, **kwargs):
        if lines:
            kwargs.setdefault("widget", forms.Textarea(attrs={"rows": 3}))
        super().__init__(**kwargs)
        self.limit, self.fits, self.compatible, self.lines = limit, fits or limit, compatible, lines
        # a null character is stripped with the other controls, so Django need not refuse it
        self.validators = [one for one in self.validators if one.__class__.__name__ != "ProhibitNullCharactersValidator"]

    def to_python(self, value: str | None) -> str:
        """The cleaned text. Raises ValidationError with code `bidi` or `too_long`."""
        label = getattr(self, "message_label", self.label or "")
        try:
            text = clean_text(super().to_python(value) or "", compatible=self.compatible, lines=self.lines)
        except BidiControl:
            raise ValidationError(MESSAGES["bidi"], code="bidi", params={"label": label}) from None
        if len(text) > self.limit:
            params = {"label": label, "length": len(text), "limit": self.fits}
            raise ValidationError(MESSAGES["too_long"], code="too_long", params=params)
        return text


class DateField(forms.MultiValueField):
    """A date typed as year, month and day, full-width digits allowed; cleaned to `datetime.date` or None."""

    widget = DateParts

    def __init__(self, **kwargs):
        kwargs.setdefault("require_all_fields", False)
        parts = [TextField(limit=limit, required=False, label=label) for limit, label in ((4, _("Year")), (2, _("Month")), (2, _("Day")))]
        super().__init__(parts, **kwargs)

    def clean(self, value: list[str] | None) -> dt.date | None:
        """The date. Raises ValidationError with code `required`, `date_incomplete` or `date_invalid`."""
        parts = [clean_part(part) for part in (value or [])]
        if not any(parts):
            if self.required:
                raise ValidationError(self.error_messages["required"], code="required")
            return None
        label = getattr(self, "message_label", self.label or "")
        if len(parts) != 3 or not all(parts):
            raise ValidationError(MESSAGES["date_incomplete"], code="date_incomplete", params={"label": label})
        try:
            return dt.date(*(int(part) for part in parts))
        except (ValueError, OverflowError):
            raise ValidationError(MESSAGES["date_invalid"], code="date_invalid", params={"label": label}) from None


def clean_part(part: str | None) -> str:
    """One part of a date: plain digits, or what was typed where it can not be cleaned (it then fails as a number)."""
    try:
        return clean_text(part or "")[:8]
    except BidiControl:
        return "?"
