"""What can be: a change request's values and allowed moves, and the kinds of change."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from realname.states import Machine


class ChangeKind(models.TextChoices):
    """What of a record may be changed. Each has a file in changes/kinds/."""

    CONTACT_PHONE = "contact_phone", _("Contact phone")


class ChangeStatus(models.TextChoices):
    """The life of a change request.

    requested → checked → awaiting_approval → approved → applied; or rejected, withdrawn, stopped on the way.
    """

    REQUESTED = "requested", _("Requested")  # the new value is not proven yet
    CHECKED = "checked", _("Checked")  # proven and plausible; the old contact is to be told
    AWAITING_APPROVAL = "awaiting_approval", _("Awaiting approval")  # told; approvers judge, the cooling-off time runs
    APPROVED = "approved", _("Approved")  # approved by enough people; applied when the cooling-off time is over
    APPLIED = "applied", _("Applied")  # the record is changed
    REJECTED = "rejected", _("Rejected")  # refused, with a reason
    WITHDRAWN = "withdrawn", _("Withdrawn")  # taken back by who asked
    STOPPED = "stopped", _("Stopped")  # the old contact said: this is not mine

    @classmethod
    def open(cls) -> tuple["ChangeStatus", ...]:
        """Those still on their way: of one person and kind only one change may be in them."""
        return (cls.REQUESTED, cls.CHECKED, cls.AWAITING_APPROVAL, cls.APPROVED)


_S = ChangeStatus
CHANGE_MOVES = Machine(
    {
        _S.REQUESTED: {_S.CHECKED, _S.REJECTED, _S.WITHDRAWN},
        _S.CHECKED: {_S.AWAITING_APPROVAL, _S.REJECTED, _S.WITHDRAWN, _S.STOPPED},
        _S.AWAITING_APPROVAL: {_S.APPROVED, _S.REJECTED, _S.WITHDRAWN, _S.STOPPED},
        _S.APPROVED: {_S.APPLIED, _S.REJECTED, _S.WITHDRAWN, _S.STOPPED},
        _S.APPLIED: set(),
        _S.REJECTED: set(),
        _S.WITHDRAWN: set(),
        _S.STOPPED: set(),
    },
    name="change",
    states=ChangeStatus,
)
