"""What can be of an organisation, its papers, and its lists of people."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from realname.states import Machine


class BulkStatus(models.TextChoices):
    """The life of a list of many people: uploaded → confirmed → working → done; cancelled from each but the last."""

    UPLOADED = "uploaded", _("To be confirmed")  # shown to who uploaded it; nothing follows from it yet
    CONFIRMED = "confirmed", _("Waiting for a worker")  # its rows are not taken over yet
    WORKING = "working", _("Being worked through")
    DONE = "done", _("Worked through")
    CANCELLED = "cancelled", _("Cancelled")  # by staff, or since nobody confirmed it

    @classmethod
    def counted(cls) -> tuple["BulkStatus", ...]:
        """Those after which the same file is not taken again."""
        return (cls.CONFIRMED, cls.WORKING, cls.DONE)


_B = BulkStatus
BULK_MOVES = Machine(
    {
        _B.UPLOADED: {_B.CONFIRMED, _B.CANCELLED},
        _B.CONFIRMED: {_B.WORKING, _B.CANCELLED},
        _B.WORKING: {_B.DONE, _B.CANCELLED},
        _B.DONE: set(),
        _B.CANCELLED: set(),
    },
    states=BulkStatus,
)


class OrganisationStatus(models.TextChoices):
    """An organisation's standing as a contracting party: pending → approved ⇄ suspended, or rejected; at last ended."""

    PENDING = "pending", _("Waiting for review")  # entered by a clerk; no line of it is activated
    APPROVED = "approved", _("Approved")  # a reviewer has compared licence, letter and agent
    REJECTED = "rejected", _("Rejected")  # over; entered again it is a new record
    SUSPENDED = "suspended", pgettext_lazy("organisation", "Suspended")  # its lines stay, no new one is activated
    ENDED = "ended", _("Ended")  # its papers and its agent's data were erased with their time

    @classmethod
    def over(cls) -> tuple["OrganisationStatus", ...]:
        """Those that nothing brings back: the same organisation may be entered anew."""
        return (cls.REJECTED, cls.ENDED)


_O = OrganisationStatus
ORGANISATION_MOVES = Machine(
    {
        _O.PENDING: {_O.APPROVED, _O.REJECTED, _O.ENDED},
        _O.APPROVED: {_O.SUSPENDED, _O.ENDED},
        _O.REJECTED: {_O.ENDED},
        _O.SUSPENDED: {_O.APPROVED, _O.ENDED},
        _O.ENDED: set(),
    },
    states=OrganisationStatus,
)


class OrganisationImageKind(models.TextChoices):
    """What is photographed of an organisation and of who acts for it (R-03, R-04)."""

    LICENCE = "licence", _("Licence of the organisation")
    LETTER = "letter", _("Letter of authorisation")
    AGENT_FRONT = "agent_front", _("Agent's document, first photograph")
    AGENT_BACK = "agent_back", _("Agent's document, second photograph")


class OrganisationReason(models.TextChoices):
    """Why an organisation is rejected, suspended or reinstated."""

    LICENCE_UNCLEAR = "licence_unclear", _("The licence can not be read, or shows something else")
    RECORD_DIFFERS = "record_differs", _("Name or code differ from the licence")
    NOT_AUTHORISED = "not_authorised", _("The letter does not authorise this agent")
    AGENT_UNPROVEN = "agent_unproven", _("The agent's document does not fit what was entered")
    MISUSE = "misuse", _("Its lines were misused")
    AGENT_REPLACED = "agent_replaced", _("Its agent acts for it no longer, and the new one is not judged yet")
    ENDED = "ended", _("The organisation has ended, or its licence was withdrawn")
    CLEARED = "cleared", _("What stood against it is cleared up")


class CorrectionStatus(models.TextChoices):
    """The life of a correction: proposed → accepted, refused or withdrawn."""

    PROPOSED = "proposed", _("Waiting for review")  # one at a time; nothing of it is true yet
    ACCEPTED = "accepted", _("Accepted")  # it is in force since it was judged
    REFUSED = "refused", _("Refused")
    WITHDRAWN = "withdrawn", _("Withdrawn")  # by the clerk, or since the organisation is over


_C = CorrectionStatus
CORRECTION_MOVES = Machine(
    {
        _C.PROPOSED: {_C.ACCEPTED, _C.REFUSED, _C.WITHDRAWN},
        _C.ACCEPTED: set(),
        _C.REFUSED: set(),
        _C.WITHDRAWN: set(),
    },
    states=CorrectionStatus,
)
