"""What is told to phones, by kind. Each app says what its own messages are; the way out is one."""

from typing import Protocol
from uuid import UUID

from django.core.exceptions import ImproperlyConfigured

from registration.gateways.base import Outgoing
from registration.models import Delivery
from registration.states import Channel


class Kind(Protocol):
    """A kind of message, e.g. a registration's code. Neither number nor text is kept with its deliveries."""

    name: str

    def compose(self, about: UUID, channel: Channel) -> Outgoing | None:
        """What to send; None once nobody wants it any more (used, superseded, over)."""

    def tell(self, delivery: Delivery) -> None:
        """What follows from where the delivery stands now; called in the transaction of each such change but a mere attempt."""


_kinds: dict[str, Kind] = {}


def register(kind: Kind) -> None:
    """Add a kind. Raises ImproperlyConfigured for a doubled name."""
    if kind.name in _kinds:
        raise ImproperlyConfigured(f"The kind of message {kind.name!r} is registered twice.")
    _kinds[kind.name] = kind


def kind_named(name: str) -> Kind:
    """The kind of that name."""
    return _kinds[name]
