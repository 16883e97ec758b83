"""What can be of an application: its life, its channel, the ways of verification, who acts, what was agreed to."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from realname.states import Machine


class ApplicationStatus(models.TextChoices):
    """The life of an application.

    draft → submitted → verifying → (in_review) → approved → activated, or rejected, withdrawn, expired;
    from verifying or in_review also needs_resubmission (named items only) and back.
    """

    DRAFT = "draft", _("Draft")  # the person is still filling it in
    SUBMITTED = "submitted", _("Submitted")  # handed in, its checks are not open yet
    VERIFYING = "verifying", _("Being verified")  # checks are running
    IN_REVIEW = "in_review", _("In review")  # a reviewer judges it
    NEEDS_RESUBMISSION = "needs_resubmission", _("Needs resubmission")  # named items are asked for again
    APPROVED = "approved", _("Approved")  # verified; its line is being activated
    ACTIVATED = "activated", _("Activated")  # the line is in use
    REJECTED = "rejected", _("Rejected")  # refused, with reasons and a human route
    WITHDRAWN = "withdrawn", _("Withdrawn")  # the person took it back
    EXPIRED = "expired", _("Expired")  # left unfinished for too long

    @classmethod
    def open(cls) -> tuple["ApplicationStatus", ...]:
        """Those still on their way: of one number only one application may be in them."""
        return (cls.DRAFT, cls.SUBMITTED, cls.VERIFYING, cls.IN_REVIEW, cls.NEEDS_RESUBMISSION, cls.APPROVED)

    @classmethod
    def editable(cls) -> tuple["ApplicationStatus", ...]:
        """Those in which the person may still change what they entered."""
        return (cls.DRAFT, cls.NEEDS_RESUBMISSION)


_S = ApplicationStatus
APPLICATION_MOVES = Machine(
    {
        _S.DRAFT: {_S.SUBMITTED, _S.WITHDRAWN, _S.EXPIRED},
        _S.SUBMITTED: {_S.VERIFYING, _S.WITHDRAWN},
        _S.VERIFYING: {_S.IN_REVIEW, _S.NEEDS_RESUBMISSION, _S.APPROVED, _S.REJECTED, _S.WITHDRAWN},
        _S.IN_REVIEW: {_S.NEEDS_RESUBMISSION, _S.APPROVED, _S.REJECTED, _S.WITHDRAWN},
        _S.NEEDS_RESUBMISSION: {_S.SUBMITTED, _S.WITHDRAWN, _S.EXPIRED},
        _S.APPROVED: {_S.ACTIVATED},
        _S.ACTIVATED: set(),
        # the person may demand that a human looks at an automatic refusal
        _S.REJECTED: {_S.IN_REVIEW},
        _S.WITHDRAWN: set(),
        _S.EXPIRED: set(),
    }
)


class ApplyChannel(models.TextChoices):
    """Where an application is made."""

    WEB = "web", _("Online")
    SHOP = "shop", _("In a shop")  # with a clerk of a dealer, on an enrolled device
    BULK = "bulk", _("Invited by an organisation")  # by a row of its list; the person does everything else


class VerificationPath(models.TextChoices):
    """How the person proves that the document is theirs. Both ways are equal in time and rights (R-33)."""

    FACE = "face", _("With my face")
    FACE_FREE = "face_free", _("Without face recognition")


class StatementWay(models.TextChoices):
    """On the face-free path: who looks at what."""

    VIDEO = "video", _("A short video that a person at the operator watches")
    SHOP = "shop", _("A visit to a shop with my document")


class Representation(models.TextChoices):
    """Who acts where the person does not come themselves (R-03, R-12); empty: they do."""

    GUARDIAN = "guardian", _("A guardian, for a minor")
    AGENT = "agent", _("An agent, for an adult")


class Party(models.TextChoices):
    """Whose a document is: each is photographed, entered and checked by itself."""

    PRINCIPAL = "principal", _("Person registered")  # the line is theirs
    REPRESENTATIVE = "representative", _("Representative")  # before the camera, and gets nothing


class ConsentPurpose(models.TextChoices):
    """What a person agrees to, each by itself (R-26, R-30, R-38)."""

    TERMS = "terms", _("Terms of service")
    IDENTITY = "identity", _("Processing of identity data")
    FACE = "face", _("Processing of face data")
    REPRESENTED = "represented", _("Processing of the data of the person you act for")  # a guardian consents for the child
