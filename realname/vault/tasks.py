"""What the scheduler runs for the vault."""

from celery import shared_task

from realname.vault.sweep import sweep_orphans


@shared_task(name="vault.sweep_orphans")
def sweep_orphan_files() -> int:
    """Delete stored files that no row needs. Once a day is enough."""
    return sweep_orphans()
