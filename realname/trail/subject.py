"""How the trail names the thing an event is about: kind and id as text, no foreign key, so the row outlives it."""

import re
from dataclasses import dataclass
from functools import cache
from typing import Any


@dataclass(frozen=True)
class SubjectRef:
    """A thing by kind (glossary word, snake_case) and id, when no model instance is at hand."""

    kind: str
    id: str


NOTHING = SubjectRef(kind="", id="")


def subject_ref(thing: Any) -> SubjectRef:
    """Name a model instance (kind = its class name in snake_case, or its `trail_kind`) or pass a `SubjectRef` on."""
    if thing is None:
        return NOTHING
    if isinstance(thing, SubjectRef):
        if thing.kind == normal_kind(thing.kind) and isinstance(thing.id, str):
            return thing
        return SubjectRef(kind=normal_kind(thing.kind), id=str(thing.id))
    kind = getattr(thing, "trail_kind", None) or type(thing).__name__
    return SubjectRef(kind=normal_kind(kind), id=str(thing.pk))


@cache
def normal_kind(kind: str) -> str:
    """`ChangeRequest`, `change request` and `change_request` are the same kind: `change_request`."""
    return re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", kind).replace(" ", "_").replace("-", "_").lower()
