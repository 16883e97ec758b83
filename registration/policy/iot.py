"""Lines of things (R-19): the weights of the assessment before sale, and where its levels begin."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from realname.policy import Parameter, ascending

_LAW = "R-19; AFL art. 12"


def _points(factor: str, default: int, label: Promise) -> Parameter[int]:
    key = f"registration.iot_points_{factor}"
    return Parameter(key=key, type=int, default=default, minimum=0, maximum=100, label=label, source=_LAW)


IOT_POINTS: dict[str, Parameter[int]] = {
    "VOICE": _points("voice", 30, _("Points: voice is asked for")),
    "SMS": _points("sms", 25, _("Points: text messages are asked for")),
    "OPEN_DATA": _points("open_data", 20, _("Points: data to any address")),
    "MUCH_DATA": _points("much_data", 10, _("Points: much data a month")),
    "LOOSE_CARD": _points("loose_card", 15, _("Points: the card can be taken out")),
    "ANY_DEVICE": _points("any_device", 15, _("Points: bound to models, not to devices")),
    "CARRIED": _points("carried", 10, _("Points: the devices move about")),
    "UNNAMED_SCENE": _points("unnamed_scene", 20, _("Points: the use is of no known kind")),
    "WIDE_PLACE": _points("wide_place", 10, _("Points: used in many provinces")),
    "MANY_LINES": _points("many_lines", 10, _("Points: many lines")),
    "RESOLD": _points("resold", 20, _("Points: handed on to others")),
    "NEW_ORGANISATION": _points("new_organisation", 10, _("Points: the organisation was approved lately")),
    "BROKE_LIMITS": _points("broke_limits", 40, _("Points: lines of the organisation were stopped lately")),
}

IOT_MEDIUM_AT = Parameter(
    key="registration.iot_medium_at",
    type=int,
    default=30,
    minimum=1,
    maximum=1000,
    label=_("Points from which a use of lines of things is of medium risk"),
    source=_LAW,
)
IOT_HIGH_AT = Parameter(
    key="registration.iot_high_at",
    type=int,
    default=60,
    minimum=1,
    maximum=1000,
    label=_("Points from which it is of high risk: no voice, no text messages, two reviewers"),
    source=_LAW,
)
IOT_CRITICAL_AT = Parameter(
    key="registration.iot_critical_at",
    type=int,
    default=110,
    minimum=1,
    maximum=1000,
    label=_("Points from which it can not be approved"),
    source=_LAW,
)
ascending(IOT_MEDIUM_AT, IOT_HIGH_AT, IOT_CRITICAL_AT)

IOT_MUCH_DATA = Parameter(
    key="registration.iot_much_data",
    type=int,
    default=1024,
    minimum=1,
    maximum=1_000_000,
    label=_("Megabytes a month from which a line of a thing uses much data"),
    source=_LAW,
)
IOT_WIDE_PLACE = Parameter(
    key="registration.iot_wide_place",
    type=int,
    default=4,
    minimum=2,
    maximum=40,
    label=_("Provinces from which a use is in many"),
    source=_LAW,
)
IOT_MANY_LINES = Parameter(
    key="registration.iot_many_lines",
    type=int,
    default=1000,
    minimum=2,
    maximum=1_000_000,
    label=_("Lines from which a use has many"),
    source=_LAW,
)
IOT_LATELY_DAYS = Parameter(
    key="registration.iot_lately_days",
    type=int,
    default=90,
    minimum=1,
    maximum=730,
    label=_("Days within which an approval or a stopped line is of late"),
    source=_LAW,
)
IOT_LINES = Parameter(
    key="registration.iot_lines",
    type=int,
    default=10_000,
    minimum=1,
    maximum=10_000_000,
    label=_("Lines of things an organisation may hold"),
    source="R-14; bounds the harm of one forged licence",
)
IOT_REPORT_DAYS = Parameter(
    key="registration.iot_report_days",
    type=int,
    default=65,
    minimum=32,
    maximum=400,
    label=_("Days the network's reports on lines of things are kept; older ones are not taken"),
    source="R-19, R-28; a month must be complete for its cap",
)
