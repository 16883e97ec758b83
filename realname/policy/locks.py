"""Every lock of policy, in the order in which they are taken: the policy, the draft, its dry run."""

from uuid import UUID

from django.db import connection

from realname.policy.models import DryRun, PolicyDraft


def lock_policy() -> None:
    """Wait until no other transaction publishes or cancels; held to the end of ours.

    An advisory lock and not a row lock: the row that is about to be written does not exist yet.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended('policy', 0))")


def lock_draft(draft_id: UUID) -> PolicyDraft:
    """The draft, locked. Raises PolicyDraft.DoesNotExist."""
    return PolicyDraft.objects.select_for_update().get(pk=draft_id)


def lock_dry_run(run_id: UUID) -> DryRun | None:
    """The dry run, locked; nothing where it is gone."""
    return DryRun.objects.select_for_update().filter(pk=run_id).first()
