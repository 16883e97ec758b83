"""The person's account: how long a sign-in lasts, and the clocks of the rights over one's data."""

from django.utils.translation import gettext_lazy as _

from realname.policy import Parameter

ACCOUNT_IDLE = Parameter(
    key="registration.account_idle",
    type=int,
    default=1800,
    minimum=300,
    # the browser's session itself ends then (SESSION_COOKIE_AGE)
    maximum=1800,
    label=_("Seconds without a request after which a person is signed out"),
    source="P-REG-4",
)
ACCOUNT_LIFE = Parameter(
    key="registration.account_life",
    type=int,
    default=43200,
    minimum=1800,
    maximum=86400,
    label=_("Seconds after which a person signs in again, however busy they were"),
    source="P-REG-4",
)
ACCOUNT_FRESH = Parameter(
    key="registration.account_fresh",
    type=int,
    default=900,
    minimum=120,
    maximum=3600,
    label=_("Seconds after a sign-in within which data may be taken away and keys changed"),
    source="P-REG-4; a browser left open at somebody else's desk",
)
SIGN_INS_PER_HOUR_IP = Parameter(
    key="registration.sign_ins_per_hour_ip",
    type=int,
    default=300,
    minimum=10,
    maximum=100000,
    label=_("Steps of a sign-in per address and hour"),
    source="P-REG-2",
)
ACCOUNT_GUARD = Parameter(
    key="registration.account_guard",
    type=int,
    default=72,
    minimum=24,
    maximum=720,
    label=_("Hours an account is guarded after its person said that somebody else was in it"),
    source="P-REG-4",
)
EXPORT_LIFE = Parameter(
    key="registration.export_life",
    type=int,
    default=3600,
    minimum=600,
    maximum=86400,
    label=_("Seconds a copy of one's data lies ready"),
    source="R-31; R-28",
)
EXPORTS_PER_DAY = Parameter(
    key="registration.exports_per_day",
    type=int,
    default=3,
    minimum=1,
    maximum=20,
    label=_("Copies of their data a person may ask for in a day"),
    source="R-31",
)
RIGHTS_DAYS = Parameter(
    key="registration.rights_days",
    type=int,
    default=15,
    minimum=1,
    # PIPL art. 50 says "timely"; fifteen working days is the practice [K]
    maximum=15,
    label=_("Working days to answer a request about personal data"),
    source="R-31; PIPL art. 50",
)
KEPT_AFTER_SERVICE = Parameter(
    key="registration.kept_after_service",
    type=int,
    default=730,
    # two years by law; longer would need another law
    minimum=730,
    maximum=731,
    label=_("Days identity data is kept after service has ended"),
    source="R-06; Order 25 art. 11",
)
