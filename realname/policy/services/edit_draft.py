"""Change what a draft would change."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname.access.actor import Actor
from realname.trail import record

from ..access import only_drafter
from ..errors import InvalidValue, Refused
from ..locks import lock_draft
from ..models import PolicyDraft
from ..parameters import parameter
from ..selectors import disorder, drafted, snapshot, stored
from ..states import DraftStatus


def only_drafting(draft: PolicyDraft, revision: int) -> None:
    """Raises Refused unless it may be edited, and is as it was when it was looked at."""
    if draft.status != DraftStatus.DRAFTING:
        raise Refused("draft_closed")
    if draft.revision != revision:
        raise Refused("draft_moved")


@transaction.atomic
def edit_draft(*, actor: Actor, draft_id: UUID, revision: int, values: Mapping[str, Any]) -> PolicyDraft:
    """Set these parameters; one set to what the base has is no change any more. All of them, or none.

    `revision` is the one that was looked at. Raises UnknownParameter, InvalidValue (also where values contradict each other), Refused.
    """
    draft = lock_draft(draft_id)
    only_drafter(actor, draft)
    only_drafting(draft, revision)
    before, base = dict(draft.changes), snapshot(draft.base)
    for key, value in values.items():
        wanted = parameter(key).stored(value)
        if wanted == stored(parameter(key), base.values):
            draft.changes.pop(key, None)
        else:
            draft.changes[key] = wanted
    if wrong := [key for key in disorder(drafted(draft)) if key not in disorder(base)]:
        raise InvalidValue(wrong[0], "order")
    if draft.changes == before:
        return draft
    changed = {key: [before.get(key), draft.changes.get(key)] for key in values if before.get(key) != draft.changes.get(key)}
    draft.revision += 1
    draft.edited_at = timezone.now()
    draft.save(update_fields=["changes", "revision", "edited_at"])
    record("policy.edited", actor=actor, subject=draft, data={"changes": changed, "revision": draft.revision})
    return draft


@transaction.atomic
def explain_draft(*, actor: Actor, draft_id: UUID, revision: int, reason: str, acts_from: datetime | None) -> PolicyDraft:
    """Say why, and from when it should act: nothing is "as soon as it is published".

    Raises InvalidValue for an empty reason, Refused, also for a moment that has passed.
    """
    draft = lock_draft(draft_id)
    only_drafter(actor, draft)
    only_drafting(draft, revision)
    draft.reason = clean_reason(reason)
    if acts_from and acts_from < timezone.now():
        raise Refused("acts_in_past")
    draft.acts_from = acts_from
    draft.revision += 1
    draft.edited_at = timezone.now()
    draft.save(update_fields=["reason", "acts_from", "revision", "edited_at"])
    data = {"acts_from": acts_from.isoformat() if acts_from else None, "revision": draft.revision}
    record("policy.edited", actor=actor, subject=draft, reason=draft.reason, data=data)
    return draft


def clean_reason(text: str) -> str:
    """The reason without blanks around it. Raises InvalidValue where there is none; Postgres keeps no NUL."""
    if not text.strip() or "\0" in text:
        raise InvalidValue("", "note")
    return text.strip()
