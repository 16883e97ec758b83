"""What a way out to a phone must be able to do."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol
from uuid import UUID

from registration.states import Channel, FailureCause


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What goes out: a mobile number of 11 digits, the text (or the words to speak), and when it is of no use any more."""

    to: str
    text: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Receipt:
    """What a gateway reports of one message id: it arrived, or did not, and why. `key` is ours, where the gateway repeats it."""

    gateway: str
    message_id: str
    arrived: bool
    cause: FailureCause | None = None
    key: UUID | None = None


class NotSent(Exception):
    """The message was not taken, or nobody knows. `cause` is for people, `later` says whether trying again may help.

    `certain`: the gateway surely has not taken it, so that it may go out another way.
    """

    def __init__(self, cause: FailureCause, *, later: bool, certain: bool) -> None:
        super().__init__(cause.value)
        self.cause = cause
        self.later = later
        self.certain = certain


class Gateway(Protocol):
    """A way out.

    `repeatable`: the same key twice is one message, so that an attempt without an answer may be made again. A gateway that is
    not is asked once: a death between its answer and our note loses the note, and never sends twice.
    `in_own_process`: it is not called by workers; a process of its own takes its messages from the database.
    """

    name: str
    channel: Channel
    repeatable: bool
    in_own_process: bool

    def send(self, message: Outgoing, *, key: UUID) -> list[str]:
        """Hand over and answer the gateway's ids, one a part. Raises NotSent."""
