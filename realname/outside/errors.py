"""What can go wrong outside. Retryable and final are different types; none carries anything personal."""


class SourceError(Exception):
    """`source` is our name for who was asked, `reason` a code; both are safe to log and to show to staff."""

    def __init__(self, source: str, reason: str) -> None:
        super().__init__(source, reason)
        self.source = source
        self.reason = reason

    def __str__(self) -> str:
        return f"{self.source}: {self.reason}"


class SourceUnavailable(SourceError):
    """Not answered: ask again later. Never a pass, and never counted against the person (P-VER-6).

    Reasons: `timeout`, `network`, `busy` (408, 425, 429), `status_5xx`, `breaker_open`, `crowded` (no place free), `budget`
    (ours is used up), `quota` (the source says that ours is), `pending` (the source is still looking), and those of SourceAnswerInvalid.
    """


class SourceAnswerInvalid(SourceUnavailable):
    """Answered, but not in a way that can be believed. Retryable too, yet counted apart: it may be tampering.

    Reasons: `signature`, `too_large`, `not_json`, `redirect`, `status`, `outcome_unknown`.
    """


class SourceRefused(SourceError):
    """The question was refused (4xx): asking again the same way won't help, so it is ours to repair.

    Reasons: `status_400`, `status_401`, `status_409` and so on.
    """
