"""Outside authorities that are asked for a fact."""

from verification.sources.base import IdentitySource, SourceAnswer
from verification.sources.outcomes import FailureClass, Outcome, failure_class, failure_class_of
from verification.sources.registry import PopulationRegistry

__all__ = ["FailureClass", "IdentitySource", "Outcome", "PopulationRegistry", "SourceAnswer", "failure_class", "failure_class_of"]
