"""How uses and lines of things are shown to staff: masked, with names of places, and the colours of what they stand at."""

from datetime import datetime
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from realname import masking
from realname.ids import imei
from realname.vault.errors import KeyErased
from registration.iot.assessment import granted, text_for
from registration.iot.places import ABROAD, name_of
from registration.models import IotLine, IotUse
from registration.models.iot_limits import IotLimits
from registration.states import IotBinding, IotGrant, IotLevel, IotUseStatus, LineStatus

LEVEL_TONES = {IotLevel.LOW: "good", IotLevel.MEDIUM: "info", IotLevel.HIGH: "warn", IotLevel.CRITICAL: "bad"}
USE_TONES = {
    IotUseStatus.PENDING: "info",
    IotUseStatus.SECOND: "info",
    IotUseStatus.APPROVED: "good",
    IotUseStatus.REJECTED: "bad",
    IotUseStatus.CLOSED: "neutral",
}
LINE_TONES = {LineStatus.ACTIVE: "good", LineStatus.RESTRICTED: "warn", LineStatus.SUSPENDED: "bad", LineStatus.TERMINATED: "neutral"}
# such as 10086 and 95588
_SHORT = 6
Rows = list[tuple[Promise | str, Any]]


def use_tone(use: IotUse) -> str:
    """Of its badge."""
    return USE_TONES[IotUseStatus(use.status)]


def level_tone(use: IotUse) -> str:
    """Of its level's badge."""
    return LEVEL_TONES[IotLevel(use.level)]


def line_tone(line: IotLine) -> str:
    """Of its badge."""
    return LINE_TONES[LineStatus(line.status)]


def masked(line: IotLine) -> str:
    """Its number."""
    return _open(lambda: masking.mask_phone(line.number))


def reasons(use: IotUse) -> list[tuple[str, int]]:
    """Sentences of the assessment, with their points."""
    return [(text_for(one["code"]), one["points"]) for one in use.reasons]


def use_rows(use: IotUse) -> Rows:
    """What is known of a use, but its limits."""
    person = use.responsible_person
    if person:
        answers = _open(lambda: masking.mask_name(person.name or ""))
    else:
        answers = gettext("Agent: %(name)s") % {"name": _open(lambda: masking.mask_name(use.organisation.agent_name))}
    return [
        (_("Organisation"), f"{use.organisation.name} · {use.organisation.get_status_display()}"),
        (_("What the devices are"), use.get_scene_display()),
        (_("What the lines are for"), use.purpose),
        (_("Make and model of the devices"), use.device_model),
        (_("Their models' codes (TAC)"), ", ".join(use.tacs)),
        (_("What a card works in"), use.get_binding_display()),
        (_("Can the card be taken out of the device?"), _("Yes") if use.loose_card else _("No")),
        (_("Are lines handed on to others?"), _("Yes") if use.resold else _("No")),
        (_("How many lines"), use.quantity),
        (_("Who answers for them"), answers),
        (_("Is told when a line is stopped"), _open(lambda: masking.mask_phone(use.contact_phone))),
        (_("Entered"), f"{_day(use.created_at)} · {use.entered_by.get_username()}"),
    ]  # fmt: skip


def limit_rows(limits: IotLimits) -> Rows:
    """Of a use or of a line, what it may do and where."""
    return [
        (_("Voice"), _function(limits, "voice")),
        (_("Text messages"), _function(limits, "sms")),
        (_("Data"), _data(limits)),
        (_("Places"), " ".join(name_of(code) for code in limits.places)),
    ]


def line_rows(line: IotLine) -> Rows:
    """What is known of a line, its limits with it."""
    rows: Rows = [
        (_("Use"), line.use),
        (_("Works in"), _open(lambda: imei.mask(line.imei)) if line.binding == IotBinding.DEVICE else ", ".join(line.tacs)),
        *limit_rows(line),
        (_("Activated"), _day(line.activated_at)),
    ]
    if line.resold:
        person = line.end_person
        rows.append((_("Who uses it"), _open(lambda: masking.mask_name(person.name or "")) if person else line.end_organisation))
    return rows


def seen(data: dict[str, str]) -> dict[str, str]:
    """Of a break in the trail: the model of the device, and the place by name."""
    where = data["province"]
    return {"tac": data["tac"], "place": gettext("Abroad") if where == ABROAD else name_of(where)}


def _function(limits: IotLimits, name: str) -> str:
    asked = getattr(limits, name)
    if asked == IotGrant.NONE:
        return str(IotGrant.NONE.label)
    if isinstance(limits, IotUse) and granted(limits, name) == IotGrant.NONE:
        return gettext("Asked for, and not granted at this risk")
    return _open(lambda: ", ".join(_listed(number) for number in getattr(limits, f"{name}_numbers").split("\n")))


def _listed(number: str) -> str:
    """Of a whitelist: masked, but a short service number, which is nobody's."""
    return number if len(number) <= _SHORT else masking.mask_phone(number)


def _day(moment: datetime) -> str:
    return f"{timezone.localtime(moment):%Y-%m-%d}"


def _data(limits: IotLimits) -> str:
    if not limits.apn:
        return str(IotGrant.NONE.label)
    where = ", ".join(limits.hosts) or gettext("any address")
    return gettext("%(apn)s, %(megabytes)d MB a month, to: %(where)s") % {
        "apn": limits.apn,
        "megabytes": limits.monthly_megabytes,
        "where": where,
    }


def _open(read: Any) -> str:
    try:
        return read()
    except KeyErased:
        return "–"
