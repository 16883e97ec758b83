"""The nouns of this stage, one a file."""

from risk.models.score import Score

__all__ = ["Score"]
