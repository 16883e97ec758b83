"""What every kind of change is."""

from typing import Protocol

from changes.states import ChangeKind
from realname.policy import Parameter
from registration.models import Person


class Kind(Protocol):
    """A kind of change: its numbers, and how its value is cleaned, read and written.

    `approvals` is how many people must agree, `cooling_off` the hours in which the old contact may stop it, `interval` the
    days between two changes.
    """

    kind: ChangeKind
    approvals: Parameter[int]
    cooling_off: Parameter[int]
    interval: Parameter[int]

    def clean(self, text: str) -> str:
        """The new value in its normal form. Raises InvalidInput where it is none."""

    def current(self, person: Person) -> str | None:
        """What stands in the record now."""

    def apply(self, person: Person, value: str) -> None:
        """Write the new value into the record, everywhere it stands. The caller holds the person's lock."""

    def number_to_prove(self, value: str) -> str:
        """The phone number whose possession proves the request."""

    def number_to_tell(self, person: Person) -> str | None:
        """The old contact, who is told and may stop it (P-CHG-5)."""
