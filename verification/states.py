"""What can be: a check's and a review's values and allowed moves, and the outcomes of a decision."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from realname.states import Machine
from registration.states import Party


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
    REPRESENTATION = "representation", _("Right to act for the person")
    # the same of the other document, where somebody acts for the person: each is a check by itself
    REPRESENTATIVE_DOCUMENT_QUALITY = "representative_document_quality", _("Document quality, of who acts")
    REPRESENTATIVE_OCR_FRONT = "representative_ocr_front", _("Reading the portrait side, of who acts")
    REPRESENTATIVE_OCR_BACK = "representative_ocr_back", _("Reading the emblem side, of who acts")
    REPRESENTATIVE_MRZ = "representative_mrz", _("Reading the machine-readable zone, of who acts")
    REPRESENTATIVE_DOCUMENT_BY_EYE = "representative_document_by_eye", _("Document seen by a person, of who acts")
    REPRESENTATIVE_PHONE_POSSESSION = "representative_phone_possession", _("Phone possession, of who acts")
    REPRESENTATIVE_ID_NUMBER = "representative_id_number", _("ID number, of who acts")
    REPRESENTATIVE_DOCUMENT_VALIDITY = "representative_document_validity", _("Document validity, of who acts")
    REPRESENTATIVE_FIELD_CONSISTENCY = "representative_field_consistency", _("Entered against read, of who acts")
    REPRESENTATIVE_AUTHORITY_IDENTITY = "representative_authority_identity", _("Identity authority, of who acts")

    @property
    def party(self) -> Party:
        """Whose document or identity it judges."""
        return Party.REPRESENTATIVE if self.value.startswith(_OTHERS) else Party.PRINCIPAL

    @property
    def plain(self) -> "CheckKind":
        """The same check, whoseever document it judges."""
        return CheckKind(self.value.removeprefix(_OTHERS))

    def of(self, party: Party) -> "CheckKind":
        """The same check of this party. Raises ValueError where there is none of the representative."""
        return CheckKind(_OTHERS + self.value) if party == Party.REPRESENTATIVE else self


_OTHERS = "representative_"


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
