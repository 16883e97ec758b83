"""What a table of moves refuses."""

from django.utils.translation import gettext_lazy as _

from realname.errors import Refusal


class TransitionNotAllowed(Refusal):
    """A move that the table does not name. Carries `frm`, `to` and `machine` (its name), for programs and logs."""

    messages = {"moved_on": _("This is not possible any more: somebody else was quicker, or it has ended. Look at how it stands now.")}
    code = "moved_on"

    def __init__(self, frm: str, to: str, machine: str = "") -> None:
        super().__init__()
        self.frm, self.to, self.machine = str(frm), str(to), machine

    def __str__(self) -> str:
        return f"{self.machine or 'machine'}: {self.frm} -> {self.to} is not allowed"
