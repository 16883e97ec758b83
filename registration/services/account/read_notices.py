"""A person reads what they were told."""

from collections.abc import Sequence
from uuid import UUID

from django.utils import timezone

from realname.access.actor import Actor
from registration.models import InboxNotice


def read_notices(*, actor: Actor, notice_ids: Sequence[UUID]) -> int:
    """Mark these notices of the actor as read; answers how many were new. Reading one's own notices is no event."""
    return InboxNotice.objects.unread().filter(pk__in=notice_ids, person_id=actor.id).update(read_at=timezone.now())
