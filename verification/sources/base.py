"""What every identity source promises."""

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from verification.sources.outcomes import Outcome


@dataclass(frozen=True, slots=True)
class SourceAnswer:
    """A source's answer, with nothing personal in it, so that it may be kept as it is (P-VER-2, P-VER-7)."""

    outcome: Outcome
    source: str
    # SHA-256 of the answer's bytes, in hex
    digest: str
    # milliseconds from asking to believing, retries included
    milliseconds: int
    # when it was asked, in UTC
    asked_at: datetime
    # the source's own id of this question, to be quoted in a dispute
    reference: str = ""
    attempts: int = 1


class IdentitySource(Protocol):
    """Knows whether a name belongs to an ID number."""

    name: str

    def check_identity(self, name: str, id_number: str, request_key: str) -> SourceAnswer:
        """Ask. The same `request_key` is the same question, however often it is asked; it must not be personal.

        A business outcome is answered, never raised. Raises realname.outside's SourceUnavailable (ask later),
        SourceAnswerInvalid (the same) or SourceRefused (ours to repair).
        """
