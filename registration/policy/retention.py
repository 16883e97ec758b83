"""How long what is no identity record is kept, and what the daily erasure holds itself to."""

from django.utils.translation import gettext_lazy as _

from realname.policy import Parameter

UNSERVED_DAYS = Parameter(
    key="registration.unserved_days",
    type=int,
    default=30,
    # a refusal may be objected to for as long (registration.objection_days); sixty: nobody waits for what never began
    minimum=30,
    maximum=60,
    label=_("Days after its end until an application that brought no line is erased with all that was sent"),
    source="R-28; PIPL art. 19, 47",
)
CONTACT_LOG_DAYS = Parameter(
    key="registration.contact_log_days",
    type=int,
    default=183,
    # network logs are kept for six months at least
    minimum=183,
    maximum=365,
    label=_("Days phone codes, messages to phones and sign-ins are kept"),
    source="R-41; CSL art. 21",
)
NOTICE_DAYS = Parameter(
    key="registration.notice_days",
    type=int,
    default=730,
    minimum=183,
    maximum=731,
    label=_("Days a notice stays in a person's inbox"),
    source="R-28",
)
RETENTION_GAP_DAYS = Parameter(
    key="registration.retention_gap_days",
    type=int,
    default=7,
    minimum=2,
    maximum=30,
    label=_("Days since the last erasure after which a person confirms that the clock is right"),
    source="R-28; a wrong clock must not erase what has to be kept (R-06)",
)
FACE_FILING_AT = Parameter(
    key="registration.face_filing_at",
    type=int,
    default=100_000,
    minimum=1,
    # the threshold of the law: a lower one warns sooner, a higher one would break it
    maximum=100_000,
    label=_("People with stored face data from which on a filing is due"),
    source="R-36; Measures on face recognition, art. 15",
)
FACE_FILING_DAYS = Parameter(
    key="registration.face_filing_days",
    type=int,
    default=30,
    minimum=5,
    # the law's own
    maximum=30,
    label=_("Working days from then until the filing of face data is due"),
    source="R-36; Measures on face recognition, art. 15",
)
DRY_RUN_DAYS = Parameter(
    key="registration.dry_run_days",
    type=int,
    default=90,
    minimum=30,
    maximum=730,
    label=_("Days a dry run of the policy names the applications it looked at"),
    source="R-28; PIPL art. 19",
)
