"""How we talk to what lies outside: signed, bounded in time and size, retried, behind a circuit breaker (docs/outside.md)."""

from realname.outside.breaker import Breaker, Thresholds
from realname.outside.client import Answer, Limits, SignedClient
from realname.outside.errors import SourceAnswerInvalid, SourceRefused, SourceUnavailable

__all__ = ["Answer", "Breaker", "Limits", "SignedClient", "SourceAnswerInvalid", "SourceRefused", "SourceUnavailable", "Thresholds"]
