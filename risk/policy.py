"""What compliance may set in this stage: how much each rule weighs, from when it hits, and where the levels begin."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from realname.policy import Parameter, ascending
from registration.states import IotBreak, IotMeasure


def _points(rule: str, default: int, label: Promise) -> Parameter[int]:
    return Parameter(key=f"risk.{rule}.points", type=int, default=default, minimum=0, maximum=100, label=label, source="P-VER-3")


def _count(rule: str, default: int, label: Promise, *, minimum: int = 1, maximum: int = 1000) -> Parameter[int]:
    return Parameter(key=f"risk.{rule}.count", type=int, default=default, minimum=minimum, maximum=maximum, label=label, source="R-14")


MEDIUM_AT = Parameter(
    key="risk.medium_at", type=int, default=20, minimum=1, maximum=1000, label=_("Points from which the level is medium"), source="P-VER-3"
)
HIGH_AT = Parameter(
    key="risk.high_at", type=int, default=50, minimum=1, maximum=1000, label=_("Points from which the level is high"), source="P-VER-3"
)
CRITICAL_AT = Parameter(
    key="risk.critical_at",
    type=int,
    default=80,
    minimum=1,
    maximum=1000,
    label=_("Points from which the level is critical"),
    source="P-VER-3",
)
ascending(MEDIUM_AT, HIGH_AT, CRITICAL_AT)

REPEATED_FAILURES_POINTS = _points("repeated_failures", 30, _("Points: rejected before"))
REPEATED_FAILURES_COUNT = _count("repeated_failures", 2, _("Rejected applications of an identity or number that count as repeated"))
REPEATED_FAILURES_DAYS = Parameter(
    key="risk.repeated_failures.days",
    type=int,
    default=30,
    minimum=1,
    maximum=365,
    label=_("Days a rejection is remembered by the risk grade"),
    source="P-VER-3",
)
DEVICE_BURST_POINTS = _points("device_burst", 30, _("Points: many applications from one device"))
DEVICE_BURST_COUNT = _count("device_burst", 4, _("Applications from one device in 24 hours that are many"), minimum=2)
ADDRESS_BURST_POINTS = _points("address_burst", 15, _("Points: many applications from one address"))
# an address is often shared by a household, a school or a whole mobile network: many, and few points
ADDRESS_BURST_COUNT = _count("address_burst", 20, _("Applications from one address in an hour that are many"), minimum=2, maximum=100000)
CODE_GUESSING_POINTS = _points("code_guessing", 25, _("Points: wrong phone codes"))
CODE_GUESSING_COUNT = _count("code_guessing", 4, _("Wrong codes for one number in 24 hours that count as guessing"))
VIRTUAL_NUMBER_POINTS = _points("virtual_number_segment", 10, _("Points: number of a virtual operator"))
IDENTITY_VELOCITY_POINTS = _points("identity_velocity", 25, _("Points: many applications for one identity"))
IDENTITY_VELOCITY_COUNT = _count("identity_velocity", 3, _("Applications for one identity in 24 hours that are many"), minimum=2)
FAILED_CHECKS_POINTS = _points("failed_checks", 30, _("Points: several failed checks"))
FAILED_CHECKS_COUNT = _count("failed_checks", 2, _("Failed checks that are several"), minimum=2, maximum=20)
# as many as make the level high by themselves: two people judge it
AGENT_FOR_MANY_POINTS = _points("agent_for_many", 50, _("Points: an agent acts for many people"))
# as many as make the level high by themselves: a person who tries a picture of a picture is looked at by two
SPOOF_SIGNS_POINTS = _points("spoof_signs", 50, _("Points: signs of a picture instead of a person or card"))
SPOOF_SIGNS_COUNT = _count("spoof_signs", 1, _("Checks with such signs that count"), maximum=3)


def _measure(broken: IotBreak, default: IotMeasure) -> Parameter[str]:
    choices = tuple(map(str, IotMeasure))
    return Parameter(
        key=f"risk.iot_misuse.{broken}",
        type=str,
        default=str(default),
        choices=choices,
        names={str(one): one.label for one in IotMeasure},
        label=broken.label,
        source="R-19; AFL art. 12",
    )


# a card in another device and what was never granted are signs of misuse; a cell at a border or a busy month are weaker ones
IOT_MEASURES: dict[IotBreak, Parameter[str]] = {
    IotBreak.DEVICE_CHANGED: _measure(IotBreak.DEVICE_CHANGED, IotMeasure.SUSPEND),
    IotBreak.FUNCTION_NOT_GRANTED: _measure(IotBreak.FUNCTION_NOT_GRANTED, IotMeasure.SUSPEND),
    IotBreak.OUTSIDE_PLACE: _measure(IotBreak.OUTSIDE_PLACE, IotMeasure.RESTRICT),
    IotBreak.OVER_CAP: _measure(IotBreak.OVER_CAP, IotMeasure.RESTRICT),
}
IOT_BREAKS_COUNT = Parameter(
    key="risk.iot_misuse.count",
    type=int,
    default=3,
    minimum=2,
    maximum=1000,
    label=_("Breaks of its limits within 24 hours from which a line of a thing is suspended, whatever they are"),
    source="R-19; AFL art. 12",
)
