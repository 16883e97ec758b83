"""Outside authorities that are asked for a fact."""

from verification.sources.base import Fact, Question, Source, SourceAnswer
from verification.sources.outcomes import FailureClass, Outcome, failure_class, failure_class_of

__all__ = ["Fact", "FailureClass", "Outcome", "Question", "Source", "SourceAnswer", "failure_class", "failure_class_of"]
