"""Photographs, videos and movements: how often they may be sent, and how long a challenge lives."""

from django.utils.translation import gettext_lazy as _

from realname.policy import Parameter

CAPTURE_TRIES = Parameter(
    key="registration.capture_tries",
    type=int,
    default=3,
    minimum=1,
    maximum=10,
    label=_("Rejected photographs before a person may send one on to a reviewer"),
    source="P-REG-7",
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
CAPTURES_PER_HOUR_IP = Parameter(
    key="registration.captures_per_hour_ip",
    type=int,
    default=1200,
    minimum=50,
    maximum=100000,
    label=_("Photographs and videos sent per address and hour"),
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
    default=5,
    minimum=3,
    maximum=20,
    label=_("Times a person may be asked for movements before a submission"),
    source="P-REG-7; after three refused answers a reviewer looks. A film made for one order of the movements fits one time in 80",
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
