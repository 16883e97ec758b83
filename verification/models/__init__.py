"""The nouns of this stage, one a file."""

from verification.models.check import Check
from verification.models.decision import Decision
from verification.models.review import Review

__all__ = ["Check", "Decision", "Review"]
