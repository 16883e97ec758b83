"""What is typed on the pages for lines of things. What it means, and whether it can be, the services say."""

import re
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.forms import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from unfold.widgets import SELECT_CLASSES, TEXTAREA_CLASSES, UnfoldAdminTextInputWidget

from registration.errors import MESSAGES
from registration.models import IotUse
from registration.services.iot.activate_lines import MOST_CARDS, Card
from registration.services.iot.judge_use import AGAINST
from registration.services.iot.recheck_line import LONGEST
from registration.states import EndReason, IotBinding, IotGrant, IotReason, IotScene, IotUseStatus

_QUIET = {"autocomplete": "off", "spellcheck": "false"}
# of any list in a field
_LONGEST_LIST = 4000
_BETWEEN = re.compile(r"[\s,;，；、]+")


def _select(label: Promise, choices: Any, **given: Any) -> forms.ChoiceField:
    """Nothing is chosen beforehand: an assessment wants answers."""
    widget = forms.Select({"class": " ".join(SELECT_CLASSES)})
    return forms.ChoiceField(label=label, choices=[("", "–"), *choices], widget=widget, **given)


def _yes_or_no(label: Promise) -> forms.ChoiceField:
    return _select(label, [("yes", _("Yes")), ("no", _("No"))])


def _text(label: Promise, longest: int, **given: Any) -> forms.CharField:
    return forms.CharField(label=label, max_length=longest, widget=UnfoldAdminTextInputWidget(_QUIET), **given)


def _number(label: Promise, **given: Any) -> forms.IntegerField:
    widget = UnfoldAdminTextInputWidget({"inputmode": "numeric", "autocomplete": "off"})
    return forms.IntegerField(label=label, max_value=10**7, widget=widget, **given)


def _area(label: Promise, longest: int = _LONGEST_LIST, *, rows: int = 3, **given: Any) -> forms.CharField:
    widget = forms.Textarea({"rows": rows, "class": " ".join(TEXTAREA_CLASSES), **_QUIET})
    return forms.CharField(label=label, max_length=longest, widget=widget, **given)


class UseForm(forms.Form):
    """What the lines are for, their limits, and who answers for them."""

    scene = _select(_("What the devices are"), IotScene.choices)
    purpose = _area(_("What the lines are for"), 500)
    quantity = _number(_("How many lines"), min_value=1)
    resold = _yes_or_no(_("Are lines handed on to others?"))

    voice = _select(_("Voice"), IotGrant.choices)
    voice_numbers = _area(_("Numbers for voice"), required=False, help_text=_("One on each line, at most 50."))
    sms = _select(_("Text messages"), IotGrant.choices)
    sms_numbers = _area(_("Numbers for text messages"), required=False, help_text=_("One on each line, at most 50."))
    apn = _text(_("Access point (APN)"), 63, required=False, help_text=_("Empty: no data."))
    monthly_megabytes = _number(_("Megabytes a month"), required=False, min_value=1)
    hosts = _area(
        _("Addresses that data may go to"), required=False, help_text=_("Host names or IP addresses, one on each line. Empty: any.")
    )

    places = _area(
        _("Provinces or cities"), help_text=_("By name or by code of GB/T 2260, such as 广东省 or 440300; 全国 is all of the mainland.")
    )
    device_model = _text(_("Make and model of the devices"), 120)
    tacs = _area(_("Their models' codes (TAC)"), rows=2, help_text=_("The first 8 digits of their IMEIs, one on each line."))
    binding = _select(_("What a card works in"), IotBinding.choices)
    loose_card = _yes_or_no(_("Can the card be taken out of the device?"))

    contact_phone = _text(_("Mobile number that is told when a line is stopped"), 30)
    responsible_reference = _text(
        _("Reference of the application of who answers for the lines"),
        16,
        required=False,
        help_text=_("Somebody who has a line with us. Empty: the organisation's agent answers for them."),
    )
    responsible_last_six = _text(_("Last six characters of their ID number"), 6, required=False)

    _GROUPS = (
        (_("What for"), ("scene", "purpose", "quantity", "resold")),
        (_("What they may do"), ("voice", "voice_numbers", "sms", "sms_numbers", "apn", "monthly_megabytes", "hosts")),
        (_("Where, and in what"), ("places", "device_model", "tacs", "binding", "loose_card")),
        (_("Who answers for them"), ("contact_phone", "responsible_reference", "responsible_last_six")),
    )

    def groups(self) -> list[tuple[Promise, list[BoundField]]]:
        """The fields under their headings."""
        return [(title, [self[name] for name in names]) for title, names in self._GROUPS]

    def asked(self) -> dict[str, Any]:
        """As the service takes it."""
        given = dict(self.cleaned_data)
        for name in ("voice_numbers", "sms_numbers"):
            given[name] = re.split(r"[\n,;，；、]+", given[name])
        for name in ("hosts", "places", "tacs"):
            given[name] = _BETWEEN.split(given[name])
        return {**given, "resold": given["resold"] == "yes", "loose_card": given["loose_card"] == "yes"}


# which field a refusal is about; others are about all of it
FIELD_OF = {
    "iot_quantity": "quantity",
    "iot_limits": "voice",
    "iot_data": "monthly_megabytes",
    "iot_apn": "apn",
    "iot_hosts": "hosts",
    "iot_places": "places",
    "iot_tacs": "tacs",
    "tac": "tacs",
    "iot_responsible": "responsible_reference",
}


class CardsForm(forms.Form):
    """The cards to be activated: a list; or how many, where a card is bound to no one device and nobody uses it but the organisation."""

    count = _number(_("How many lines"), min_value=1)
    cards = _area(_("Cards"), rows=6)

    def __init__(self, *args: Any, use: IotUse, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.use, self.by_device = use, use.binding == IotBinding.DEVICE
        del self.fields["count" if self.by_device or use.resold else "cards"]
        if "cards" in self.fields:
            self.fields["cards"].help_text = _HELP[self.by_device, use.resold]

    def clean_count(self) -> int:
        """Not more than go at once."""
        if self.cleaned_data["count"] > MOST_CARDS:
            raise ValidationError(MESSAGES["iot_cards_none"], code="iot_cards_none")
        return self.cleaned_data["count"]

    def listed(self) -> list[Card]:
        """What was typed, a card a row."""
        if "count" in self.cleaned_data:
            return [Card()] * self.cleaned_data["count"]
        return [self._card(row) for row in self.cleaned_data["cards"].splitlines() if row.strip()]

    def _card(self, row: str) -> Card:
        parts = [part for part in _BETWEEN.split(row) if part]
        device = parts.pop(0) if self.by_device and parts else ""
        if len(parts) == 2:
            return Card(imei=device, reference=parts[0], last_six=parts[1])
        # more than can be meant is for the service to refuse
        return Card(imei=device, code=" ".join(parts))


_HELP = {
    (True, False): _("One IMEI on each line, at most 200."),
    (True, True): _(
        "On each line an IMEI, and behind a blank who uses it: a code of an organisation, or a reference and the last six characters of "
        "an ID number."
    ),
    (False, True): _("On each line who uses it: a code of an organisation, or a reference and the last six characters of an ID number."),
}


class RecheckForm(forms.Form):
    """Why a stopped line should be lifted."""

    statement = _area(_("What happened, and what was done"), LONGEST)
    new_imei = _text(
        _("IMEI of the device it is in now"), 40, required=False, help_text=_("Only where the card went into another device for good.")
    )


class EndForm(forms.Form):
    """Why a line ends."""

    reason = _select(_("Reason"), EndReason.choices)


class ReasonForm(forms.Form):
    """Why a use is rejected or closed."""

    reason = _select(_("Reason"), ())

    def __init__(self, *args: Any, to: IotUseStatus, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["reason"].choices = [("", "–"), *(one for one in IotReason.choices if one[0] in AGAINST[to])]
