"""What compliance may set in this stage."""

from django.utils.translation import gettext_lazy as _

from realname.policy import Parameter, ascending

FACE_MATCH_AT = Parameter(
    key="verification.face_match_at",
    type=float,
    default=0.42,
    minimum=0.36,
    maximum=0.9,
    label=_("SFace cosine from which two faces match"),
    source="P-VER-7; FMR 0.062 %, FNMR 3.7 % on East Asian pairs of LFW",
)
FACE_REVIEW_AT = Parameter(
    key="verification.face_review_at",
    type=float,
    default=0.36,
    minimum=0.2,
    maximum=0.9,
    label=_("SFace cosine from which a reviewer compares two faces"),
    source="P-VER-7; FMR 0.30 %, FNMR 1.8 % on East Asian pairs of LFW",
)
SAME_PICTURE_AT = Parameter(
    key="verification.same_picture_at",
    type=float,
    default=0.85,
    minimum=0.8,
    maximum=1.0,
    label=_("SFace cosine from which two faces are taken for one photograph used twice"),
    source="P-REG-3; portrait printed on a specimen card and its own file, mirrored or cropped: 0.87 to 0.99; other photographs: to 0.81",
)
SAME_PIXELS_AT = Parameter(
    key="verification.same_pixels_at",
    type=float,
    default=0.85,
    minimum=0.8,
    maximum=1.0,
    label=_("Correlation of the pixels of two faces from which they are taken for one photograph used twice"),
    source="P-REG-3; one photograph changed in 15 ways: 0.76 to 1.0; two photographs of one person: to 0.70, of two people: to 0.79",
)
# a review begins below the match, and one picture used twice above it
ascending(FACE_REVIEW_AT, FACE_MATCH_AT, SAME_PICTURE_AT)
LIVENESS_AT = Parameter(
    key="verification.liveness_at",
    type=float,
    default=0.5,
    minimum=0.1,
    maximum=0.99,
    label=_("Passive liveness score from which a selfie is taken for a live face"),
    source="R-40; BPCER 1.8 % on NUAA",
)
CHECK_DEADLINE = Parameter(
    key="verification.check_deadline",
    type=int,
    default=1800,
    minimum=30,
    maximum=86400,
    label=_("Seconds a check may wait for its source before a reviewer takes over"),
    source="P-VER-6",
)
CHECK_FAULTS = Parameter(
    key="verification.check_faults",
    type=int,
    default=3,
    minimum=1,
    maximum=10,
    label=_("Attempts at a check that may end in a fault of ours before a reviewer takes over"),
    source="P-VER-6",
)
# doubled with every attempt up to the longest, with jitter
RETRY_PAUSE = Parameter(
    key="verification.retry_pause",
    type=int,
    default=2,
    minimum=1,
    maximum=60,
    label=_("Seconds before a source that did not answer is asked again for the first time"),
    source="P-VER-2",
)
RETRY_PAUSE_MOST = Parameter(
    key="verification.retry_pause_most",
    type=int,
    # one that is back is asked at once, whatever was waited (release_waiting)
    default=300,
    minimum=5,
    maximum=3600,
    label=_("The longest pause before a source is asked again, in seconds"),
    source="P-VER-2",
)
ascending(RETRY_PAUSE, RETRY_PAUSE_MOST)
ROUNDS = Parameter(
    key="verification.rounds",
    type=int,
    default=3,
    minimum=1,
    maximum=10,
    label=_("Submissions before a reviewer looks instead of asking again"),
    source="P-VER-6",
)
REVIEW_HOURS = Parameter(
    key="verification.review_hours",
    type=int,
    default=24,
    minimum=1,
    maximum=168,
    label=_("Hours within which a review is to be closed"),
    source="P-VER-5",
)
REVIEW_LEASE = Parameter(
    key="verification.review_lease",
    type=int,
    default=1200,
    minimum=60,
    maximum=7200,
    label=_("Seconds a reviewer holds a claimed application"),
    source="P-VER-5",
)
