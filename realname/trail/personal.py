"""`before` and `after`: encrypted under the person's data key and bound to the one event they belong to."""

import json
from typing import Any
from uuid import UUID

from django.core.serializers.json import DjangoJSONEncoder

# imported inside the functions: the vault records events of its own, so it imports the trail


def close_values(values: dict[str, Any], *, column: str, uid: UUID, person_id: UUID) -> bytes:
    """Encrypt. The event's uid, known before the insert, is bound in, so the bytes open in no other row or column."""
    from realname.vault import sealing

    text = json.dumps(values, cls=DjangoJSONEncoder, ensure_ascii=False, sort_keys=True)
    return sealing.seal(text.encode(), person_id=person_id, associated=_place(column, uid))


def open_values(event: Any, column: str) -> dict[str, Any] | None:
    """Decrypt; None if there is nothing or the person was erased. Raises Tampered for altered bytes."""
    from realname.vault import sealing
    from realname.vault.errors import KeyErased

    blob = getattr(event, column)
    if blob is None:
        return None
    try:
        return json.loads(sealing.unseal(bytes(blob), associated=_place(column, event.uid)))
    except KeyErased:
        return None


def _place(column: str, uid: UUID) -> bytes:
    return f"trail_event.{column}:{uid}".encode()
