"""Policy of shops."""

from django.utils.translation import gettext_lazy as _

from realname.policy import Parameter

DEVICE_CODE_LIFE = Parameter(
    key="registration.device_code_life",
    type=int,
    default=1800,
    minimum=300,
    maximum=86_400,
    label=_("Life of the code that enrols a shop's tablet, in seconds"),
    source="P-REG-6; from the office to the counter",
)
