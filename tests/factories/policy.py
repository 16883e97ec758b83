"""Policy as it comes about: drafted by one compliance officer, published by another."""

from datetime import datetime
from typing import Any
from uuid import UUID, uuid4

from realname import policy
from realname.access.actor import Actor
from realname.policy import rehearsal
from realname.policy.models import PolicyDraft, PolicyVersion
from realname.policy.parameters import parameter
from realname.policy.services import dry_run
from realname.policy.services.edit_draft import edit_draft, explain_draft
from realname.policy.services.propose_draft import propose_draft
from realname.policy.services.publish_draft import publish_draft
from realname.policy.services.start_draft import start_draft


def officer(name: str = "compliance") -> Actor:
    """A compliance officer nobody else is."""
    return Actor(kind="staff", id=str(uuid4()), name=name, role="compliance")


DRAFTER, PUBLISHER = officer("drafter"), officer("publisher")


def drafted(values: dict[str, Any], *, actor: Actor = DRAFTER, note: str = "test", acts_from: datetime | None = None) -> PolicyDraft:
    """A draft with its reason, still being drafted."""
    draft = start_draft(actor=actor)
    draft = edit_draft(actor=actor, draft_id=draft.pk, revision=draft.revision, values=values)
    return explain_draft(actor=actor, draft_id=draft.pk, revision=draft.revision, reason=note, acts_from=acts_from)


def proposed(values: dict[str, Any], **kwargs: Any) -> PolicyDraft:
    """A draft that waits for a second person, with a dry run where one is needed."""
    draft = drafted(values, **kwargs)
    if not rehearsal.covered().isdisjoint(draft.changes):
        rehearsed(draft.pk)
    return propose_draft(actor=kwargs.get("actor", DRAFTER), draft_id=draft.pk, revision=draft.revision)


def rehearsed(draft_id: UUID, wanted: int = 200) -> Any:
    """A dry run that a worker has worked out."""
    run = dry_run.start_dry_run(actor=DRAFTER, draft_id=draft_id, wanted=wanted)
    dry_run.run_dry_run(run_id=run.pk)
    run.refresh_from_db()
    return run


def published(values: dict[str, Any], **kwargs: Any) -> PolicyVersion:
    """A version, from draft to publication."""
    draft = proposed(values, **kwargs)
    return publish_draft(actor=PUBLISHER, draft_id=draft.pk, revision=draft.revision)


def set_value(*, key: str, value: Any, note: str = "test") -> PolicyVersion | None:
    """A version with one value changed, acting; none where it is so already."""
    if policy.value(parameter(key)) == value:
        return None
    return published({key: value}, note=note)
