"""The trail: one append-only table in which everything that happens is one row (docs/trail.md)."""

from realname.trail.errors import NotInTransaction, PersonalDataInTrail, UnknownEvent, WrongSubject
from realname.trail.listeners import listens_to
from realname.trail.record import record, record_each
from realname.trail.registry import EventType, register
from realname.trail.subject import SubjectRef

__all__ = [
    "EventType",
    "NotInTransaction",
    "PersonalDataInTrail",
    "SubjectRef",
    "UnknownEvent",
    "WrongSubject",
    "listens_to",
    "record",
    "record_each",
    "register",
]
