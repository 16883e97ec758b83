"""What can be: the life of a draft, and of a dry run."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from realname.states import Machine


class DraftStatus(models.TextChoices):
    """The life of a draft: drafting ⇄ proposed → published; until then it may be withdrawn."""

    DRAFTING = "drafting", _("Being drafted")  # its author may change it
    PROPOSED = "proposed", _("Waits for a second person")  # fixed: what is read is what would be published
    PUBLISHED = "published", _("Published")
    WITHDRAWN = "withdrawn", _("Withdrawn")

    @classmethod
    def open(cls) -> tuple["DraftStatus", ...]:
        """Those that may still come to something."""
        return (cls.DRAFTING, cls.PROPOSED)


_D = DraftStatus
DRAFT_MOVES = Machine(
    {
        _D.DRAFTING: {_D.PROPOSED, _D.WITHDRAWN},
        _D.PROPOSED: {_D.DRAFTING, _D.PUBLISHED, _D.WITHDRAWN},
        _D.PUBLISHED: set(),
        _D.WITHDRAWN: set(),
    },
    name="policy draft",
    states=DraftStatus,
)


class DryRunStatus(models.TextChoices):
    """The life of a dry run: waiting → done | failed."""

    WAITING = "waiting", _("Running")
    DONE = "done", _("Done")
    FAILED = "failed", _("Could not be done")  # it died as often as is allowed: a fault of ours


DRY_RUN_MOVES = Machine(
    {
        DryRunStatus.WAITING: {DryRunStatus.DONE, DryRunStatus.FAILED},
        DryRunStatus.DONE: set(),
        DryRunStatus.FAILED: set(),
    },
    name="dry run",
    states=DryRunStatus,
)
