"""Begin a draft."""

from django.db import transaction

from realname.access.actor import Actor
from realname.trail import record

from ..access import only_compliance
from ..errors import InvalidValue
from ..models import PolicyDraft
from ..parameters import parameter
from ..selectors import differences, newest, snapshot


@transaction.atomic
def start_draft(*, actor: Actor, like: int | None = None) -> PolicyDraft:
    """A draft on top of the newest version, empty; or one that would bring back the values of version `like` (a rollback).

    A value of that version that a release refuses by now is left as it is. Raises Refused, PolicyVersion.DoesNotExist.
    """
    only_compliance(actor)
    base = newest()
    wanted = differences(base, snapshot(like)) if like is not None else ()
    draft = PolicyDraft.objects.create(
        drafter_id=actor.id,
        drafter_name=actor.name,
        base=base.number,
        changes={change.key: change.new for change in wanted if _is_taken(change.key, change.new)},
    )
    record("policy.drafted", actor=actor, subject=draft, data={"base": base.number, "like": like, "changes": draft.changes})
    return draft


def _is_taken(key: str, value: object) -> bool:
    try:
        parameter(key).clean(value)
    except InvalidValue:
        return False
    return True
