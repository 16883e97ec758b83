"""Numbers: how long one is kept for an application, how many at once, and how long one rests before it is given out again."""

from django.utils.translation import gettext_lazy as _

from realname.policy import Parameter

RESERVATION_MINUTES = Parameter(
    key="registration.reservation_minutes",
    type=int,
    default=30,
    minimum=5,
    maximum=240,
    label=_("Minutes a chosen number is kept for an application that is not handed in yet"),
    source="P-REG-1; the way from the number to the last page takes about ten",
)
RESERVATIONS_PER_DEVICE = Parameter(
    key="registration.reservations_per_device",
    type=int,
    default=3,
    minimum=1,
    maximum=50,
    label=_("Numbers kept at once for applications on one device that are not handed in"),
    source="P-REG-5; nobody hoards",
)
RESERVATIONS_PER_NETWORK = Parameter(
    key="registration.reservations_per_network",
    type=int,
    default=50,
    minimum=3,
    maximum=10000,
    label=_("Numbers kept at once for applications from one network that are not handed in"),
    source="P-REG-5; nobody hoards, and a shop or campus shares an address",
)
CHOICES_PER_HOUR = Parameter(
    key="registration.choices_per_hour",
    type=int,
    default=30,
    minimum=5,
    maximum=1000,
    label=_("Numbers one application may choose in an hour"),
    source="P-REG-5; nobody keeps numbers from others by choosing on and on",
)
QUARANTINE_DAYS = Parameter(
    key="registration.quarantine_days",
    type=int,
    default=90,
    minimum=30,
    maximum=730,
    label=_("Days a number rests after its line has ended"),
    source="P-PAR-1; industry's custom [K]",
)
