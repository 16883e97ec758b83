"""How long things are kept and waited for."""

from django.utils.translation import gettext_lazy as _

from realname.policy import Parameter

DRAFT_LIFE = Parameter(
    key="registration.draft_life", type=int, default=7, minimum=1, maximum=30, label=_("Days a draft is kept"), source="R-28"
)
RESUBMISSION_LIFE = Parameter(
    key="registration.resubmission_life",
    type=int,
    default=7,
    minimum=1,
    maximum=30,
    label=_("Days to send what was asked again"),
    source="P-REG-8",
)
OBJECTION_DAYS = Parameter(
    key="registration.objection_days",
    type=int,
    default=30,
    minimum=1,
    # the notice on face data promises thirty at most (registration/notices.py)
    maximum=30,
    label=_("Days after a decision until selfies and video statements are erased"),
    source="R-35; R-29",
)
RESUME_ATTEMPTS = Parameter(
    key="registration.resume_attempts",
    type=int,
    default=5,
    minimum=3,
    maximum=10,
    label=_("Wrong ID numbers before resuming is locked"),
    source="P-REG-5",
)
RESUME_LOCK = Parameter(
    key="registration.resume_lock",
    type=int,
    default=900,
    minimum=60,
    maximum=86400,
    label=_("Lock after wrong ID numbers, in seconds"),
    source="P-REG-5",
)
