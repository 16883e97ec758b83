"""What compliance may set in this stage."""

from django.utils.translation import gettext_lazy as _

from realname.policy import Parameter

LINE_LIMIT = Parameter(
    key="registration.line_limit", type=int, default=5, minimum=1, maximum=50, label=_("Lines a person may hold"), source="R-13"
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
CODE_LIFE = Parameter(
    key="registration.code_life",
    type=int,
    default=300,
    minimum=60,
    maximum=900,
    label=_("Life of a one-time code, in seconds"),
    source="P-REG-2",
)
CODE_ATTEMPTS = Parameter(
    key="registration.code_attempts",
    type=int,
    default=5,
    minimum=3,
    maximum=10,
    label=_("Wrong codes before a lock"),
    source="P-REG-2",
)
CODE_ATTEMPTS_ALL = Parameter(
    key="registration.code_attempts_all",
    type=int,
    default=30,
    minimum=10,
    maximum=100,
    label=_("Wrong codes for one number, from all places, before a lock"),
    source="P-REG-2; 30 guesses at six digits hit with 0.003 %",
)
CODE_LOCK = Parameter(
    key="registration.code_lock",
    type=int,
    default=900,
    minimum=60,
    maximum=86400,
    label=_("Lock after wrong codes, in seconds"),
    source="P-REG-2",
)
CODE_INTERVAL = Parameter(
    key="registration.code_interval",
    type=int,
    default=60,
    minimum=10,
    maximum=600,
    label=_("Seconds between two codes"),
    source="P-REG-2",
)
CODES_PER_HOUR = Parameter(
    key="registration.codes_per_hour",
    type=int,
    default=5,
    minimum=1,
    maximum=20,
    label=_("Codes per number and hour, asked for from one place"),
    source="P-REG-2",
)
CODES_PER_HOUR_NUMBER = Parameter(
    key="registration.codes_per_hour_number",
    type=int,
    default=20,
    minimum=1,
    maximum=100,
    label=_("Codes per number and hour, from all places together"),
    source="P-REG-2",
)
NUMBERS_PER_HOUR = Parameter(
    key="registration.numbers_per_hour",
    type=int,
    default=5,
    minimum=1,
    maximum=50,
    label=_("Different numbers per application or device and hour that codes are sent to"),
    source="P-REG-2; one is meant, the others are slips",
)
CODES_PER_HOUR_IP = Parameter(
    key="registration.codes_per_hour_ip",
    type=int,
    default=300,
    minimum=1,
    maximum=10000,
    label=_("Codes per address and hour"),
    source="P-REG-2",
)
DRAFT_LIFE = Parameter(
    key="registration.draft_life", type=int, default=7, minimum=1, maximum=30, label=_("Days a draft is kept"), source="R-28"
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
RESUBMISSION_LIFE = Parameter(
    key="registration.resubmission_life",
    type=int,
    default=7,
    minimum=1,
    maximum=30,
    label=_("Days to send what was asked again"),
    source="P-REG-8",
)
CAPTURE_TRIES = Parameter(
    key="registration.capture_tries",
    type=int,
    default=3,
    minimum=1,
    maximum=10,
    label=_("Rejected photographs before a person may send one on to a reviewer"),
    source="P-REG-7",
)
ACTIVE_LIVENESS = Parameter(
    key="registration.active_liveness",
    type=str,
    default="always",
    choices=("always", "never"),
    label=_("Movements before the camera, on the way with a face"),
    source="P-REG-3; a photograph held before the camera makes none",
)
CHALLENGE_LIFE = Parameter(
    key="registration.challenge_life",
    type=int,
    default=90,
    minimum=30,
    maximum=600,
    label=_("Seconds within which the movements asked for must arrive"),
    source="P-REG-3; twelve seconds of movements, and a slow network",
)
CHALLENGES_PER_ROUND = Parameter(
    key="registration.challenges_per_round",
    type=int,
    default=10,
    minimum=3,
    maximum=100,
    label=_("Times a person may be asked for movements before a submission"),
    source="P-REG-7; after three refused answers a reviewer looks",
)
DIGITS_LIFE = Parameter(
    key="registration.digits_life",
    type=int,
    default=900,
    minimum=120,
    maximum=3600,
    label=_("Seconds within which a video with the digits asked for must arrive"),
    source="P-REG-3; recorded with the phone's own application, then sent",
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
CAPTURES_PER_ROUND = Parameter(
    key="registration.captures_per_round",
    type=int,
    default=30,
    minimum=5,
    maximum=500,
    label=_("Files of one kind a person may send before a submission"),
    source="P-REG-7",
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
CAPTURES_PER_HOUR_IP = Parameter(
    key="registration.captures_per_hour_ip",
    type=int,
    default=1200,
    minimum=50,
    maximum=100000,
    label=_("Photographs and videos sent per address and hour"),
    source="P-REG-7",
)
