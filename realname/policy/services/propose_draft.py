"""A draft goes to a second person, and comes back."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname.access.actor import Actor
from realname.trail import record

from ..access import only_compliance, only_drafter
from ..errors import Refused
from ..locks import lock_draft
from ..models import PolicyDraft
from ..selectors import changed_underneath, differences, drafted, newest
from ..states import DraftStatus
from .edit_draft import clean_reason, only_drafting


@transaction.atomic
def propose_draft(*, actor: Actor, draft_id: UUID, revision: int) -> PolicyDraft:
    """Hand it to whoever publishes; from now on it is fixed. Raises Refused, or InvalidValue where it gives no reason."""
    draft = lock_draft(draft_id)
    only_drafter(actor, draft)
    only_drafting(draft, revision)
    clean_reason(draft.reason)
    if not draft.changes:
        raise Refused("nothing_changed")
    if draft.base != newest().number:
        raise Refused("base_moved", [change.key for change in changed_underneath(draft)])
    if draft.acts_from and draft.acts_from < timezone.now():
        raise Refused("acts_in_past")
    draft.move(to=DraftStatus.PROPOSED)
    draft.save(update_fields=["status"])
    record("policy.proposed", actor=actor, subject=draft, reason=draft.reason, data={"changes": draft.changes, "base": draft.base})
    return draft


@transaction.atomic
def return_draft(*, actor: Actor, draft_id: UUID, note: str) -> PolicyDraft:
    """Give a proposed draft back to its author, or take one's own back. Raises Refused, InvalidValue without a note."""
    draft = lock_draft(draft_id)
    only_compliance(actor)
    if draft.status != DraftStatus.PROPOSED:
        raise Refused("draft_closed")
    draft.move(to=DraftStatus.DRAFTING)
    draft.save(update_fields=["status"])
    record("policy.returned", actor=actor, subject=draft, reason=clean_reason(note))
    return draft


@transaction.atomic
def renew_draft(*, actor: Actor, draft_id: UUID, revision: int) -> PolicyDraft:
    """Its author has seen what changed underneath, and lays the draft upon the newest version: dry runs are old by that.

    What the newest version has by itself by now is no change any more. Raises Refused.
    """
    draft = lock_draft(draft_id)
    only_drafter(actor, draft)
    only_drafting(draft, revision)
    wanted, base = drafted(draft), newest()
    draft.changes = {change.key: change.new for change in differences(base, wanted) if change.key in draft.changes}
    draft.base = base.number
    draft.revision += 1
    draft.edited_at = timezone.now()
    draft.save(update_fields=["changes", "base", "revision", "edited_at"])
    record("policy.renewed", actor=actor, subject=draft, data={"base": draft.base, "revision": draft.revision})
    return draft


@transaction.atomic
def withdraw_draft(*, actor: Actor, draft_id: UUID) -> PolicyDraft:
    """Give it up: its author alone may. Raises Refused."""
    draft = lock_draft(draft_id)
    only_drafter(actor, draft)
    if draft.status not in DraftStatus.open():
        raise Refused("draft_closed")
    draft.move(to=DraftStatus.WITHDRAWN)
    draft.save(update_fields=["status"])
    record("policy.withdrawn", actor=actor, subject=draft)
    return draft
