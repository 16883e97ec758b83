"""States of a thing and the moves allowed between them, as one table."""

from .errors import TransitionNotAllowed
from .machine import Machine, StateMixin

__all__ = ["Machine", "StateMixin", "TransitionNotAllowed"]
