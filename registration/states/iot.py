"""What can be of lines of things (R-19): what they are used for, what they may do, and how a use of them is judged."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from realname.states import Machine


class IotScene(models.TextChoices):
    """What the devices are."""

    METER = "meter", _("Meters of water, gas or power")
    CAMERA = "camera", _("Cameras and alarms in a fixed place")
    INDUSTRIAL = "industrial", _("Machines and sensors of an industry")
    POS = "pos", _("Payment terminals")
    VENDING = "vending", _("Vending machines and shared equipment")
    VEHICLE = "vehicle", _("Vehicles")
    TRACKER = "tracker", _("Trackers of goods and animals")
    WEARABLE = "wearable", _("Watches and other things worn by people")
    OTHER = "other", _("Something else")

    @classmethod
    def carried(cls) -> tuple["IotScene", ...]:
        """Those that move about, where a card taken out of its device is not missed at its place."""
        return (cls.VEHICLE, cls.TRACKER, cls.WEARABLE)


class IotGrant(models.TextChoices):
    """How much of voice or text messages a line has. There is no "all": a thing that may call anybody is a telephone."""

    NONE = "none", _("Not granted")
    WHITELIST = "whitelist", _("Only with the numbers listed")


class IotBinding(models.TextChoices):
    """What a card works in."""

    DEVICE = "device", _("One device each, by its IMEI")
    MODEL = "model", _("Any device of the models listed")


class IotFunction(models.TextChoices):
    """What a network sees a line do."""

    VOICE = "voice", _("Voice")
    SMS = "sms", _("Text messages")
    DATA = "data", _("Data")


class IotBreak(models.TextChoices):
    """How a line goes beyond its limits; the gravest first."""

    DEVICE_CHANGED = "device_changed", _("The card is in another device")
    FUNCTION_NOT_GRANTED = "function_not_granted", _("It does what it may not do")
    USED_WHILE_SUSPENDED = "used_while_suspended", _("It is used although it is suspended")
    OUTSIDE_PLACE = "outside_place", _("It is used outside its places")
    OVER_CAP = "over_cap", _("It used more data than it may in a month")


class IotMeasure(models.TextChoices):
    """What follows from a break."""

    WATCH = "watch", _("It is recorded only")
    RESTRICT = "restrict", _("Voice and text messages are stopped, data stay")
    SUSPEND = "suspend", _("The line is suspended")


class IotUseStatus(models.TextChoices):
    """A use of lines of things: pending → (second) → approved → closed, or rejected."""

    PENDING = "pending", _("Waiting for review")  # asked for by a clerk, graded; no line of it is activated
    SECOND = "second", _("Waiting for a second reviewer")  # of high risk: one has approved it
    APPROVED = "approved", _("Approved")  # lines of it may be activated, up to its quantity
    REJECTED = "rejected", _("Rejected")  # over
    CLOSED = "closed", _("Closed")  # its lines stay, no new one is activated


_U = IotUseStatus
IOT_USE_MOVES = Machine(
    {
        _U.PENDING: {_U.SECOND, _U.APPROVED, _U.REJECTED},
        _U.SECOND: {_U.APPROVED, _U.REJECTED},
        _U.APPROVED: {_U.CLOSED},
        _U.REJECTED: set(),
        _U.CLOSED: set(),
    },
    states=IotUseStatus,
)


class IotLevel(models.TextChoices):
    """Risk of a use, from its assessment before sale; from high on it limits what can be granted (registration/iot/assessment.py)."""

    LOW = "low", _("Low")
    MEDIUM = "medium", _("Medium")
    HIGH = "high", _("High")  # no voice, no text messages, two reviewers
    CRITICAL = "critical", _("Critical")  # can not be approved


class IotReason(models.TextChoices):
    """Why a use is rejected or closed."""

    PURPOSE_UNCLEAR = "purpose_unclear", _("What the lines are for is not clear")
    LIMITS_UNFIT = "limits_unfit", _("More is asked for than this use needs")
    RISK = "risk", _("The risk is too high")
    MISUSE = "misuse", _("Its lines were misused")
    NOT_NEEDED = "not_needed", _("The organisation needs no more lines for it")


class RecheckStatus(models.TextChoices):
    """The life of a request to lift what a line was stopped for."""

    OPEN = "open", _("Waiting for review")
    LIFTED = "lifted", _("Lifted")
    REFUSED = "refused", _("Refused")


RECHECK_MOVES = Machine(
    {RecheckStatus.OPEN: {RecheckStatus.LIFTED, RecheckStatus.REFUSED}, RecheckStatus.LIFTED: set(), RecheckStatus.REFUSED: set()},
    states=RecheckStatus,
)
