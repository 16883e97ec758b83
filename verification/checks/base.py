"""What every check is: four members, and a result that explains itself."""

import hashlib
from dataclasses import dataclass, field
from typing import Any, Protocol

from realname.queue import Queue
from registration.models import Application, Capture
from registration.models.identity import Identity
from registration.states import CaptureKind, Party
from verification.models import Check
from verification.states import CheckKind, CheckStatus


@dataclass(frozen=True)
class Context:
    """What a check may look at: the application as submitted, its captures, and the checks that ended before it."""

    check: Check
    application: Application
    captures: dict[str, Capture]
    before: dict[str, Check]
    # whose document and details are judged; captures and earlier checks are theirs, by the plain kinds
    party: Party = Party.PRINCIPAL

    @property
    def identity(self) -> Identity:
        """The document and details that are judged."""
        return self.application.party(self.party)

    def portrait(self) -> Capture | None:
        """The photograph with the portrait of who is before the camera; None where their document has none."""
        place = self.application.party(self.application.present).document.portrait
        return self.captures[place.of(self.application.present)] if place else None

    def capture(self, kind: CaptureKind) -> Capture:
        """The capture of this kind. Raises KeyError where there is none: submission has made sure."""
        return self.captures[kind]


@dataclass(frozen=True)
class Result:
    """What came out (P-VER-7). `score` and `threshold` are in the engine's own unit, `measures` holds further scores by name;
    `detail` is personal and kept encrypted.

    `milliseconds` is the engine's time where the work was done before the check ran; else the check's own time is taken.
    """

    status: CheckStatus
    reason: str = ""
    engine: str = "rules"
    engine_version: str = "1"
    threshold: float | None = None
    score: float | None = None
    measures: dict[str, float] = field(default_factory=dict)
    findings: list[str] = field(default_factory=list)
    detail: dict[str, Any] | None = None
    input_digest: str = ""
    milliseconds: int | None = None


def digest_of(*captures: Capture) -> str:
    """The digest of all that was looked at: a capture's own, or SHA-256 over the digests of several, in this order."""
    if len(captures) == 1:
        return captures[0].digest
    return hashlib.sha256("".join(capture.digest for capture in captures).encode()).hexdigest()


class CheckRunner(Protocol):
    """A check: what it is, where it runs, what it waits for, and how it is done.

    `run` may be called again after a killed worker and must change nothing itself. It raises SourceUnavailable where an
    outside source should be asked again later; every other exception is a fault of ours.
    """

    kind: CheckKind
    queue: Queue
    after: tuple[CheckKind, ...]

    def run(self, context: Context) -> Result:
        """Look, and say what was found."""


def passed(**facts: Any) -> Result:
    """Looked at, and good."""
    return Result(status=CheckStatus.PASSED, **facts)


def failed(reason: str, **facts: Any) -> Result:
    """Looked at, and bad."""
    return Result(status=CheckStatus.FAILED, reason=reason, **facts)


def inconclusive(reason: str, **facts: Any) -> Result:
    """Looked at, and a person must judge."""
    return Result(status=CheckStatus.INCONCLUSIVE, reason=reason, **facts)
