"""Change one parameter."""

from typing import Any

from django.db import transaction

from realname.access.actor import Actor
from realname.trail import record

from ..errors import InvalidValue
from ..locks import lock_policy
from ..models import PolicyVersion
from ..parameters import parameter
from ..values import forget


@transaction.atomic
def set_value(*, actor: Actor, key: str, value: Any, note: str) -> PolicyVersion:
    """Make the next version with one value changed, and record `policy.changed`.

    Raises UnknownParameter, or InvalidValue for a wrong type, a value out of range or an empty note. Changes made at the same
    time queue up; each makes a version of its own and none is lost. Other processes see it within `values.CACHE_SECONDS`.
    """
    changed = parameter(key)
    stored = changed.stored(value)
    if not note.strip() or "\0" in note:
        raise InvalidValue(key, "note")
    lock_policy()
    newest = PolicyVersion.objects.order_by("-number").first()
    before = newest.values if newest else {}
    version = PolicyVersion.objects.create(
        number=newest.number + 1 if newest else 1,
        actor_id=actor.id,
        actor_name=actor.name,
        note=note.strip(),
        changed_key=key,
        values=before | {key: stored},
    )
    old = before.get(key, changed.stored(changed.default))
    record("policy.changed", actor=actor, subject=version, reason=version.note, data={"key": key, "old": old, "new": stored})
    forget()
    transaction.on_commit(forget)
    return version
