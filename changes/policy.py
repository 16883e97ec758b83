"""What compliance may set in this stage."""

from django.utils.translation import gettext_lazy as _

from realname.policy import Parameter

CONTACT_PHONE_APPROVALS = Parameter(
    key="changes.contact_phone.approvals",
    type=int,
    default=2,
    minimum=1,
    maximum=3,
    label=_("Approvals that a new contact phone needs"),
    source="P-CHG-3",
)
CONTACT_PHONE_COOLING_OFF = Parameter(
    key="changes.contact_phone.cooling_off",
    type=int,
    default=24,
    minimum=0,
    maximum=168,
    label=_("Hours in which the old contact may stop a new contact phone"),
    source="P-CHG-5",
)
CONTACT_PHONE_INTERVAL = Parameter(
    key="changes.contact_phone.interval",
    type=int,
    default=30,
    minimum=0,
    maximum=365,
    label=_("Days between two changes of the contact phone"),
    source="P-CHG-2",
)
REQUEST_LIFE = Parameter(
    key="changes.request_life",
    type=int,
    default=24,
    minimum=1,
    maximum=168,
    label=_("Hours in which the new number of a requested change is to be proven"),
    source="P-CHG-2",
)
STOP_ATTEMPTS = Parameter(
    key="changes.stop_attempts",
    type=int,
    default=30,  # of a million codes; few enough that nobody guesses one, too many for one place to use up in an hour
    minimum=10,
    maximum=100,
    label=_("Wrong stop codes before only staff can stop a change"),
    source="P-CHG-5",
)
STOPS_PER_HOUR_IP = Parameter(
    key="changes.stops_per_hour_ip",
    type=int,
    default=10,
    minimum=3,
    maximum=1000,
    label=_("Stop codes that one network may enter an hour"),
    source="P-CHG-5",
)
