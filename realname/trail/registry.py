"""The list of everything that can happen. Each app registers its events in `events.py` when it starts."""

import re
from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ImproperlyConfigured

from realname.trail.errors import UnknownEvent
from realname.trail.subject import normal_kind

_NAME = re.compile(r"[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*")
_PERSONAL_COLUMNS = frozenset({"before", "after"})


@dataclass(frozen=True)
class EventType:
    """A kind of event.

    `name` is `thing.happened`; `label` a lazily translated sentence; `subject` the kind of thing it is about;
    `personal` names those of `before` and `after` the event may carry: they are encrypted under the person's data
    key, so erasing the person erases them.
    """

    name: str
    label: Any
    subject: str
    personal: tuple[str, ...] = ()


_types: dict[str, EventType] = {}


def register(event_type: EventType) -> EventType:
    """Add an event type. Raises ImproperlyConfigured, and so stops the start, for a doubled or malformed one."""
    if not _NAME.fullmatch(event_type.name):
        raise ImproperlyConfigured(f"Event name {event_type.name!r} must look like 'thing.happened'.")
    if event_type.name in _types:
        raise ImproperlyConfigured(f"Event {event_type.name!r} is registered twice.")
    if not set(event_type.personal) <= _PERSONAL_COLUMNS:
        raise ImproperlyConfigured(f"Event {event_type.name!r}: personal may only name 'before' and 'after'.")
    event_type = EventType(event_type.name, event_type.label, normal_kind(event_type.subject), tuple(event_type.personal))
    _types[event_type.name] = event_type
    return event_type


def event_type(name: str) -> EventType:
    """The registered type of that name. Raises UnknownEvent."""
    try:
        return _types[name]
    except KeyError:
        raise UnknownEvent(f"No app has registered the event {name!r}: add it to the app's events.py.") from None


def event_types() -> tuple[EventType, ...]:
    """All registered types, by name."""
    return tuple(sorted(_types.values(), key=lambda known: known.name))


def label_of(name: str) -> str:
    """The label to show, or the bare name for an event that is no longer registered (the row stays readable)."""
    known = _types.get(name)
    return str(known.label) if known else name
