"""The API of the operator's app."""

from django.utils.translation import gettext_lazy as _

from realname.policy import Parameter

API_ACCESS_DAYS = Parameter(
    key="registration.api_access_days",
    type=int,
    default=60,
    minimum=7,
    maximum=365,
    label=_("Days an app may go on with an application it began"),
    source="P-REG-8",
)
API_KEY_HOURS = Parameter(
    key="registration.api_key_hours",
    type=int,
    default=24,
    minimum=1,
    maximum=168,
    label=_("Hours an answer is kept for the same request again"),
    source="P-PAR-5",
)
API_TOKENS_PER_HOUR_IP = Parameter(
    key="registration.api_tokens_per_hour_ip",
    type=int,
    default=600,
    minimum=10,
    maximum=100000,
    label=_("Tokens an app may ask for per address and hour"),
    source="P-PAR-5",
)
