"""What every source promises, and what is asked of it."""

from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from verification.sources.outcomes import Outcome


class Fact(models.TextChoices):
    """What a source can be asked for."""

    IDENTITY = "identity", _("Name and ID number")
    PHONE = "phone", _("Name, ID number and phone number")
    LINE_COUNT = "line_count", _("Lines with other operators")


@dataclass(frozen=True, slots=True)
class Question:
    """One question about one person. Personal: it is sent and never kept.

    In `simple` mode the source says only whether it matches, not what does not. `portrait`, a JPEG, is sent where consent and
    policy allow it; the source answers whether it is the person's (R-35).
    """

    fact: Fact
    id_number: str = field(repr=False)
    name: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)
    portrait: bytes = field(default=b"", repr=False)
    simple: bool = False


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
    # LINE_COUNT: how many lines the person has there
    lines: int | None = None
    # `match`, `no_match` or `no_portrait`, where a portrait was sent
    portrait: str = ""


class Source(Protocol):
    """Knows one or several facts about people."""

    name: str
    label: Promise
    facts: frozenset[Fact]

    def is_configured(self) -> bool:
        """Has it an address here?"""

    def ask(self, question: Question, request_key: str) -> SourceAnswer:
        """Ask. The same `request_key` is the same question and is charged once, however often it is asked; it must not be personal.

        A business outcome is answered, never raised. Raises realname.outside's SourceUnavailable (ask later),
        SourceAnswerInvalid (the same) or SourceRefused (ours to repair).
        """
