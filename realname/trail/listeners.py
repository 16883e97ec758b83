"""Who waits for which events. Handlers run after the commit, in order, at least once: they must be idempotent."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.core.exceptions import ImproperlyConfigured

from realname.trail import registry

if TYPE_CHECKING:
    from realname.trail.models import Event

Handler = Callable[["Event"], None]


@dataclass(frozen=True)
class Listener:
    """A handler under the name its cursor is kept by."""

    name: str
    names: frozenset[str]
    handler: Handler


_listeners: dict[str, Listener] = {}
_heard: set[str] = set()


def listens_to(*names: str, name: str) -> Callable[[Handler], Handler]:
    """Register a handler for events, e.g. `@listens_to("document.captured", name="verification.read_document")`.

    Its reading place is kept under `name`: renaming it makes it read the trail again from the beginning. A handler that
    raises is retried, and is handed nothing newer until it succeeds.
    """
    if not names:
        raise ImproperlyConfigured(f"Listener {name!r} waits for nothing.")

    def add(handler: Handler) -> Handler:
        if name in _listeners:
            raise ImproperlyConfigured(f"Listener {name!r} is registered twice.")
        _listeners[name] = Listener(name, frozenset(names), handler)
        _heard.update(names)
        return handler

    return add


def all_listeners() -> tuple[Listener, ...]:
    """All listeners, by name."""
    return tuple(sorted(_listeners.values(), key=lambda listener: listener.name))


def is_heard(name: str) -> bool:
    """Whether anybody waits for this event."""
    return name in _heard


def unknown_names() -> list[tuple[str, str]]:
    """(listener, event name) for every name no app has registered."""
    registered = {known.name for known in registry.event_types()}
    return [(listener.name, name) for listener in all_listeners() for name in sorted(listener.names - registered)]
