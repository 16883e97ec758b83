"""Policy of lists of many people."""

from django.utils.translation import gettext_lazy as _

from realname.policy import Parameter

BULK_INVITATION_DAYS = Parameter(
    key="registration.bulk_invitation_days",
    type=int,
    default=14,
    minimum=1,
    maximum=30,
    label=_("Days a person whom an organisation named may answer the invitation"),
    source="R-01; R-28",
)
BULK_CONFIRM_HOURS = Parameter(
    key="registration.bulk_confirm_hours",
    type=int,
    default=24,
    minimum=1,
    maximum=72,
    label=_("Hours after which an uploaded list that nobody confirmed is erased"),
    source="R-28",
)
