"""A copy of personal data goes: taken, too old, or no longer wanted."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname.access.actor import SYSTEM, Actor
from realname.trail import record
from realname.vault.files import erase_file
from registration.locks import lock_export
from registration.models import DataExport


@transaction.atomic
def end_export(*, actor: Actor, export_id: UUID, end: str) -> None:
    """Erase its file. Done twice it changes nothing."""
    export = lock_export(export_id)
    if export.ended_at:
        return
    export.ended_at, export.end = timezone.now(), end
    export.save(update_fields=["ended_at", "end"])
    if export.file is not None:
        erase_file(export.file)
    record("export.ended", actor=actor, subject=export, person_id=export.person_id, reason=end)


def end_stale_exports(*, limit: int = 200) -> int:
    """Those that lay ready for too long; answers how many."""
    stale = list(DataExport.objects.stale().values_list("pk", flat=True)[:limit])
    for export_id in stale:
        end_export(actor=SYSTEM, export_id=export_id, end="expired")
    return len(stale)
