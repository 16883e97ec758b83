"""One-time codes: how long they live, and how many there may be."""

from django.utils.translation import gettext_lazy as _

from realname.policy import Parameter

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
CODES_PER_HOUR_DEVICE = Parameter(
    key="registration.codes_per_hour_device",
    type=int,
    default=30,
    minimum=1,
    maximum=1000,
    label=_("Codes per device and hour"),
    source="P-REG-2; a household with one phone, with slips",
)
CODES_PER_HOUR_PERSON = Parameter(
    key="registration.codes_per_hour_person",
    type=int,
    default=20,
    minimum=1,
    maximum=100,
    label=_("Codes per person and hour, to all their numbers"),
    source="P-REG-2",
)
RECEIPT_WAIT = Parameter(
    key="registration.receipt_wait",
    type=int,
    default=30,
    minimum=10,
    maximum=300,
    label=_("Seconds without word of a text message before a call is offered"),
    source="P-PAR-3; shorter than a person's patience, longer than most networks take",
)
CODE_FALLBACK = Parameter(
    key="registration.code_fallback",
    type=str,
    default="offered",
    choices=("offered", "automatic"),
    names={"offered": _("Offered"), "automatic": _("By itself")},
    label=_("A voice call where the text message fails or nobody hears of it: offered, or by itself"),
    source="P-PAR-2, P-PAR-3",
)
PAPER_CODE_LIFE = Parameter(
    key="registration.paper_code_life",
    type=int,
    default=1800,
    minimum=300,
    maximum=7200,
    label=_("Life of a code handed over on paper in a shop, in seconds"),
    source="P-PAR-3; from the counter to the person's own phone",
)
