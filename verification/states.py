"""What can be: a check's and a review's values and allowed moves, and the outcomes of a decision."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from realname.states import Machine


class CheckStatus(models.TextChoices):
    """The life of a check: pending → running → passed | failed | inconclusive | error.

    running → pending to be tried again; running ⇄ waiting while no source answers.
    """

    PENDING = "pending", _("Waiting")
    RUNNING = "running", _("Running")
    WAITING = "waiting", _("Waiting for a source")  # asked, and nobody answered: asked again until the deadline
    PASSED = "passed", _("Passed")
    FAILED = "failed", _("Failed")  # looked at, and bad
    INCONCLUSIVE = "inconclusive", _("Inconclusive")  # looked at, and a person must judge
    ERROR = "error", _("Not checked")  # could not be looked at: never a pass, never held against the person

    @classmethod
    def ended(cls) -> tuple["CheckStatus", ...]:
        """Those that stay."""
        return (cls.PASSED, cls.FAILED, cls.INCONCLUSIVE, cls.ERROR)


_C = CheckStatus
CHECK_MOVES = Machine(
    {
        _C.PENDING: {_C.RUNNING, _C.ERROR},
        _C.WAITING: {_C.RUNNING, _C.ERROR},
        _C.RUNNING: {_C.PENDING, _C.WAITING, _C.RUNNING, _C.PASSED, _C.FAILED, _C.INCONCLUSIVE, _C.ERROR},
        _C.PASSED: set(),
        _C.FAILED: set(),
        _C.INCONCLUSIVE: set(),
        _C.ERROR: set(),
    }
)


class CheckKind(models.TextChoices):
    """What is verified, in the words of DESIGN section 4."""

    DOCUMENT_QUALITY = "document_quality", _("Document quality")
    OCR_FRONT = "ocr_front", _("Reading the portrait side")
    OCR_BACK = "ocr_back", _("Reading the emblem side")
    MRZ = "mrz", _("Reading the machine-readable zone")
    DOCUMENT_BY_EYE = "document_by_eye", _("Document seen by a person")
    ID_NUMBER = "id_number", _("ID number")
    DOCUMENT_VALIDITY = "document_validity", _("Document validity")
    FIELD_CONSISTENCY = "field_consistency", _("Entered against read")
    PHONE_POSSESSION = "phone_possession", _("Phone possession")
    FACE_MATCH = "face_match", _("Face match")
    LIVENESS_PASSIVE = "liveness_passive", _("Passive liveness")
    LIVENESS_ACTIVE = "liveness_active", _("Active liveness")
    AUTHORITY_IDENTITY = "authority_identity", _("Identity authority")
    AUTHORITY_PHONE = "authority_phone", _("Phone number at the authorities")
    LINE_COUNT = "line_count", _("Lines with other operators")
    LINE_LIMIT = "line_limit", _("Line limit")
    DUPLICATE_APPLICATION = "duplicate_application", _("Duplicate application")
    STATEMENT = "statement", _("Statement without face recognition")


class Outcome(models.TextChoices):
    """What a decision says, from the mildest to the gravest."""

    APPROVE = "approve", _("Approved")
    REVIEW = "review", _("To be reviewed")
    RESUBMIT = "resubmit", _("To be sent again")
    REJECT = "reject", _("Rejected")


class ReviewStatus(models.TextChoices):
    """The life of a review: waiting ⇄ claimed → closed."""

    WAITING = "waiting", _("Waiting")
    CLAIMED = "claimed", _("Being judged")
    CLOSED = "closed", _("Closed")


_R = ReviewStatus
REVIEW_MOVES = Machine(
    {
        _R.WAITING: {_R.CLAIMED, _R.CLOSED},
        _R.CLAIMED: {_R.WAITING, _R.CLAIMED, _R.CLOSED},
        _R.CLOSED: set(),
    }
)
