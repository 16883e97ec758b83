"""What a table of moves refuses."""

from django.utils.translation import gettext_lazy as _

REFUSED = _("This step is not possible now: %(machine)s cannot go from “%(frm)s” to “%(to)s”.")


class TransitionNotAllowed(Exception):
    """A move that the table does not name. Carries `frm`, `to`, `machine` (its name) and a translated `message`."""

    def __init__(self, frm: str, to: str, machine: str = "") -> None:
        super().__init__(f"{machine or 'machine'}: {frm} -> {to} is not allowed")
        self.frm, self.to, self.machine = str(frm), str(to), machine

    @property
    def message(self) -> str:
        """The sentence for a person, in the language of the moment."""
        return str(REFUSED) % {"machine": self.machine or "…", "frm": self.frm, "to": self.to}
