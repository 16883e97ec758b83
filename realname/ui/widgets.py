"""Controls of our own."""

import datetime as dt
from typing import Literal

from django import forms
from django.utils.translation import gettext_lazy as _

from realname.ui.guidance import SENTENCES


class DateParts(forms.MultiWidget):
    """Year, month and day as three small boxes: quicker and surer on a phone than a calendar for dates years away."""

    template_name = "components/date_parts.html"
    use_fieldset = True
    PARTS = (("year", _("Year"), "bday-year"), ("month", _("Month"), "bday-month"), ("day", _("Day"), "bday-day"))

    def __init__(self, attrs: dict | None = None, *, birthday: bool = False):
        boxes = {name: forms.TextInput(attrs=self._box(name, fill if birthday else "off")) for name, _label, fill in self.PARTS}
        super().__init__(boxes, attrs)

    @staticmethod
    def _box(name: str, autocomplete: str) -> dict:
        return {"inputmode": "numeric", "autocomplete": autocomplete, "class": "input--digits", "size": 4 if name == "year" else 2}

    def decompress(self, value: dt.date | None) -> list:
        """Year, month, day of an initial date."""
        return [value.year, value.month, value.day] if value else [None, None, None]

    def get_context(self, name: str, value: object, attrs: dict | None) -> dict:
        """The boxes, each with its label."""
        context = super().get_context(name, value, attrs)
        for box, (_name, label, _autocomplete) in zip(context["widget"]["subwidgets"], self.PARTS, strict=True):
            box["label"] = label
        return context


class CaptureInput(forms.FileInput):
    """A photograph by camera or upload: a plain file input, which `static/js/capture.js` gives a live camera.

    `facing`: which camera (`environment` for a document, `user` for a selfie). `outline`: what is drawn over the picture; a page's
    lies only in the way, nothing is said of how it fills it.
    There is no `capture` attribute without JavaScript: it would bar phones from choosing an existing photograph.
    """

    template_name = "components/capture.html"

    def __init__(self, *, facing: Literal["environment", "user"], outline: Literal["card", "page", "face"], attrs: dict | None = None):
        super().__init__({"accept": "image/*", **(attrs or {})})
        self.facing, self.outline = facing, outline

    def get_context(self, name: str, value: object, attrs: dict | None) -> dict:
        """The widget's context with camera, outline and what is said while the camera is on."""
        context = super().get_context(name, value, attrs)
        context["widget"].update(facing=self.facing, outline=self.outline, says=SENTENCES[self.outline])
        return context
