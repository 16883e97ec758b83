"""Which decisions would have fallen otherwise: asked for at the desk, worked out by a worker."""

import uuid
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname.access.actor import Actor
from realname.queue import Queue, enqueue
from realname.trail import record

from .. import rehearsal
from ..access import only_compliance
from ..errors import Refused
from ..locks import lock_draft, lock_dry_run
from ..models import DryRun
from ..selectors import drafted, needs_dry_run, snapshot
from ..states import DraftStatus, DryRunStatus
from ..values import Snapshot

DEFAULT, FEWEST, MOST = 200, 1, 5000  # applications; 5,000 take a worker well under its time limit
LEASE = 30  # seconds a worker may be silent before another takes over
MAX_ATTEMPTS = 3


@transaction.atomic
def start_dry_run(*, actor: Actor, draft_id: UUID, wanted: int = DEFAULT) -> DryRun:
    """Ask for one over the last `wanted` decided applications. Raises Refused."""
    draft = lock_draft(draft_id)
    only_compliance(actor)
    if draft.status not in DraftStatus.open():
        raise Refused("draft_closed")
    if not needs_dry_run(draft):
        raise Refused("nothing_to_rehearse")
    if draft.dry_runs.filter(status=DryRunStatus.WAITING).exists():
        raise Refused("dry_run_running")
    wanted = min(max(wanted, FEWEST), MOST)
    run = DryRun.objects.create(draft=draft, base=draft.base, changes=draft.changes, wanted=wanted, started_by=actor.name)
    record("policy.rehearsed", actor=actor, subject=draft, data={"changes": draft.changes, "base": draft.base, "wanted": wanted})
    send(run.pk)
    return run


def send(run_id: UUID) -> None:
    """Send it to a worker; sending twice is harmless."""
    from ..tasks import run_dry_run

    enqueue(run_dry_run, run_id, queue=Queue.BULK)


def run_dry_run(*, run_id: UUID) -> None:
    """Work it out. Does nothing if it has ended, or somebody is at work on it. A worker that dies is followed by another."""
    claim = uuid.uuid4()
    job = _claim(run_id, claim)
    if job is None:
        return
    before, after, wanted = job
    mine = DryRun.objects.filter(pk=run_id, claim=claim, status=DryRunStatus.WAITING)

    def progress(looked_at: int, total: int) -> bool:
        until = timezone.now() + timedelta(seconds=LEASE)
        return bool(mine.update(looked_at=looked_at, total=total, claimed_until=until))

    result = rehearsal.registered().run(before=before, after=after, wanted=wanted, progress=progress)
    if result is not None:
        mine.update(status=DryRunStatus.DONE, result=result, ended_at=timezone.now(), claim=None, claimed_until=None)


@transaction.atomic
def _claim(run_id: UUID, claim: UUID) -> tuple[Snapshot, Snapshot, int] | None:
    """Take it for `LEASE` seconds, with the draft as it stands: what is edited afterwards makes the result an old one."""
    draft_id = DryRun.objects.filter(pk=run_id).values_list("draft_id", flat=True).first()
    if draft_id is None:
        return None
    draft = lock_draft(draft_id)
    run, now = lock_dry_run(run_id), timezone.now()
    if run is None or run.status != DryRunStatus.WAITING or (run.claimed_until and run.claimed_until > now):
        return None
    if run.attempts >= MAX_ATTEMPTS:
        run.move(to=DryRunStatus.FAILED)
        run.ended_at = now
        run.save(update_fields=["status", "ended_at"])
        return None
    run.claim, run.claimed_until = claim, now + timedelta(seconds=LEASE)
    run.base, run.changes = draft.base, draft.changes
    run.attempts += 1
    run.save(update_fields=["claim", "claimed_until", "base", "changes", "attempts"])
    return snapshot(draft.base), drafted(draft), run.wanted
