"""A second person makes a draft the policy (R-29)."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname.access.actor import Actor
from realname.trail import record

from ..access import only_second
from ..errors import InvalidValue, Refused
from ..locks import lock_draft, lock_policy
from ..models import PolicyDraft, PolicyVersion
from ..parameters import parameter
from ..selectors import barriers, differences, disorder, drafted, snapshot
from ..states import DraftStatus
from ..values import forget


@transaction.atomic
def publish_draft(*, actor: Actor, draft_id: UUID, revision: int) -> PolicyVersion:
    """Make the next version, which acts from the draft's moment on, or at once; `revision` is the one that was looked at.

    Raises Refused: for the drafter, and for whatever `selectors.barriers` finds; InvalidValue where a release narrowed what may be set.
    Of two that publish at once one wins, the other is told that the base moved.
    """
    lock_policy()
    draft = lock_draft(draft_id)
    only_second(actor, draft)
    if draft.status != DraftStatus.PROPOSED:
        raise Refused("draft_closed")
    if draft.revision != revision:
        raise Refused("draft_moved")
    now = timezone.now()
    for barrier in barriers(draft, now=now):
        raise barrier
    version = _write(draft, actor=actor, acts_from=draft.acts_from or now)
    draft.move(to=DraftStatus.PUBLISHED)
    draft.version = version.number
    draft.save(update_fields=["status", "version"])
    record(
        "policy.published",
        actor=actor,
        subject=version,
        related=draft,
        reason=version.reason,
        data={
            "changes": version.changes,
            "base": draft.base,
            "acts_from": version.acts_from.isoformat(),
            "drafter": draft.drafter_id,
            "drafter_name": draft.drafter_name,
        },
    )
    forget()
    transaction.on_commit(forget)
    return version


def _write(draft: PolicyDraft, *, actor: Actor, acts_from: datetime) -> PolicyVersion:
    base, wanted = snapshot(draft.base), drafted(draft)
    for key, value in draft.changes.items():
        parameter(key).clean(value)
    if wrong := [key for key in disorder(wanted) if key not in disorder(base)]:
        raise InvalidValue(wrong[0], "order")
    highest = PolicyVersion.objects.order_by("-number").values_list("number", flat=True).first() or 0
    return PolicyVersion.objects.create(
        number=highest + 1,
        acts_from=acts_from,
        drafter_id=draft.drafter_id,
        drafter_name=draft.drafter_name,
        publisher_id=actor.id,
        publisher_name=actor.name,
        reason=draft.reason,
        changes=[change.plain() for change in differences(base, wanted)],
        values=dict(wanted.values),
    )
