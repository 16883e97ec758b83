"""Who may register, and how much."""

from django.utils.translation import gettext_lazy as _

from realname.policy import Parameter

LINE_LIMIT = Parameter(
    key="registration.line_limit", type=int, default=5, minimum=1, maximum=50, label=_("Lines a person may hold"), source="R-13"
)
ORGANISATION_LINE_LIMIT = Parameter(
    key="registration.organisation_line_limit",
    type=int,
    default=1000,
    minimum=1,
    maximum=1_000_000,
    label=_("Lines an organisation may hold"),
    source="R-14; bounds the harm of one forged licence",
)
MINIMUM_AGE = Parameter(
    key="registration.minimum_age",
    type=int,
    default=16,
    minimum=14,
    maximum=18,
    label=_("Youngest age to register alone, in years"),
    source="R-12; Civil Code art. 18",
)
PEOPLE_PER_AGENT = Parameter(
    key="registration.people_per_agent",
    type=int,
    default=3,
    minimum=1,
    maximum=50,
    label=_("People an agent may act for within 30 days"),
    source="R-03, R-14",
)
STARTS_PER_HOUR_IP = Parameter(
    key="registration.starts_per_hour_ip",
    type=int,
    default=300,
    minimum=10,
    maximum=100000,
    label=_("Agreements sent per address and hour"),
    source="P-REG-2",
)
