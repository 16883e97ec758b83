"""The assessment of a use before any line of it is sold: weighted factors, a level with its reasons, and what the level lets be granted.

It looks at what was asked for and at what the organisation's lines did, never at who its people are (R-19, R-29).
"""

from dataclasses import dataclass
from datetime import timedelta

from django.db.models import Q
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from realname import policy
from realname.policy import Snapshot
from registration.iot.places import provinces
from registration.models import IotLine, IotUse
from registration.policy import (
    IOT_CRITICAL_AT,
    IOT_HIGH_AT,
    IOT_LATELY_DAYS,
    IOT_MANY_LINES,
    IOT_MEDIUM_AT,
    IOT_MUCH_DATA,
    IOT_POINTS,
    IOT_WIDE_PLACE,
)
from registration.states import IotBinding, IotGrant, IotLevel, IotScene

REASONS: dict[str, Promise] = {
    "VOICE": _("Voice is asked for: what can call can be used to deceive people."),
    "SMS": _("Text messages are asked for: they can carry fraud, and codes."),
    "OPEN_DATA": _("No addresses are listed: data can go wherever the access point lets them."),
    "MUCH_DATA": _("Much data a month: enough for a person's use."),
    "LOOSE_CARD": _("The card can be taken out and put into a telephone."),
    "ANY_DEVICE": _("Cards are bound to models, not each to one device."),
    "CARRIED": _("The devices move about: a card that left its device is noticed late."),
    "UNNAMED_SCENE": _("The use is of no known kind: nothing is known of how it should look."),
    "WIDE_PLACE": _("It is used in many provinces."),
    "MANY_LINES": _("Many lines: what goes wrong goes wrong many times."),
    "RESOLD": _("Lines are handed on: who uses them is known by the organisation's word and our record of each."),
    "NEW_ORGANISATION": _("The organisation was approved lately."),
    "BROKE_LIMITS": _("Lines of things of this organisation were stopped lately for going beyond their limits."),
}


@dataclass(frozen=True)
class Assessment:
    """`reasons` are codes with their points, the heaviest first."""

    points: int
    level: IotLevel
    reasons: tuple[tuple[str, int], ...]
    policy_version: int


def assess(use: IotUse) -> Assessment:
    """The use as it stands now, by one version of the policy."""
    with policy.hold() as held:
        weights = {code: held.value(IOT_POINTS[code]) for code, applies in _factors(use, held).items() if applies}
        reasons = sorted(((code, points) for code, points in weights.items() if points), key=lambda one: (-one[1], one[0]))
        points = sum(points for _code, points in reasons)
        return Assessment(points, _level_of(points, held), tuple(reasons), held.number)


def granted(use: IotUse, limit: str) -> str:
    """What of `voice` or `sms` a line of it gets: from high risk on none at all."""
    return str(IotGrant.NONE) if use.level in (IotLevel.HIGH, IotLevel.CRITICAL) else getattr(use, limit)


def text_for(code: str) -> str:
    """The sentence for staff; the bare code of a factor that is no more."""
    return str(REASONS.get(code, code))


def _factors(use: IotUse, held: Snapshot) -> dict[str, bool]:
    since = timezone.now() - timedelta(days=held.value(IOT_LATELY_DAYS))
    approved = use.organisation.judged_at
    return {
        "VOICE": use.voice != IotGrant.NONE,
        "SMS": use.sms != IotGrant.NONE,
        "OPEN_DATA": bool(use.apn) and not use.hosts,
        "MUCH_DATA": use.monthly_megabytes >= held.value(IOT_MUCH_DATA),
        "LOOSE_CARD": use.loose_card,
        "ANY_DEVICE": use.binding == IotBinding.MODEL,
        "CARRIED": use.scene in IotScene.carried(),
        "UNNAMED_SCENE": use.scene == IotScene.OTHER,
        "WIDE_PLACE": provinces(use.places) >= held.value(IOT_WIDE_PLACE),
        "MANY_LINES": use.quantity >= held.value(IOT_MANY_LINES),
        "RESOLD": use.resold,
        "NEW_ORGANISATION": approved is None or approved >= since,
        "BROKE_LIMITS": IotLine.objects.filter(
            Q(stopped_at__gte=since) | Q(lifted_at__gte=since), organisation=use.organisation_id
        ).exists(),
    }  # fmt: skip


def _level_of(points: int, held: Snapshot) -> IotLevel:
    for level, threshold in ((IotLevel.CRITICAL, IOT_CRITICAL_AT), (IotLevel.HIGH, IOT_HIGH_AT), (IotLevel.MEDIUM, IOT_MEDIUM_AT)):
        if points >= held.value(threshold):
            return level
    return IotLevel.LOW
