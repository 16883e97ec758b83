"""The kinds of change, by name."""

from changes.kinds.base import Kind
from changes.kinds.contact_phone import ContactPhone

KINDS: dict[str, Kind] = {kind.kind: kind for kind in (ContactPhone(),)}
