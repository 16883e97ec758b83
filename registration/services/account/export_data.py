"""A person asks for a copy of all we have of them; a worker makes it; they take it once."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from realname import policy
from realname.access.actor import SYSTEM, Actor
from realname.queue import enqueue
from realname.trail import record
from realname.vault.errors import KeyErased
from realname.vault.files import erase_file, read_file, write_file
from registration.account_selectors import guarded
from registration.errors import AccountRefused
from registration.export.package import package
from registration.inbox import EXPORT_READY
from registration.locks import lock_export, lock_person
from registration.models import DataExport
from registration.policy import EXPORT_LIFE, EXPORTS_PER_DAY
from registration.services.account.end_export import end_export
from registration.services.account.notify_person import notify_person

# seconds a worker is believed to be at one copy: the hard limit of a task
LEASE = settings.CELERY_TASK_TIME_LIMIT
# a copy that so many workers began and none ended is given up
MOST_ATTEMPTS = 3


@transaction.atomic
def request_export(*, actor: Actor, language: str) -> DataExport:
    """Ask for a copy. Asked while one is being made, it is that one; one that lies ready is erased for it.

    Raises AccountRefused (exports_too_many, account_guarded).
    """
    person = lock_person(UUID(actor.id))
    if guarded(person):
        raise AccountRefused("account_guarded")
    exports = DataExport.objects.filter(person=person)
    if waiting := exports.waiting().first():
        return waiting
    if exports.filter(requested_at__gt=timezone.now() - timedelta(days=1)).count() >= policy.value(EXPORTS_PER_DAY):
        raise AccountRefused("exports_too_many")
    for older in exports.ready():
        end_export(actor=actor, export_id=older.pk, end="replaced")
    export = DataExport.objects.create(person=person, language=language)
    record("export.requested", actor=actor, subject=export, person_id=person.pk)
    from registration.tasks import make_export

    enqueue(make_export, export.pk)
    return export


def make_export(*, export_id: UUID) -> None:
    """Claim, gather and encrypt, settle. Delivered twice it is made once; nothing is done for one that has ended."""
    export = _claim(export_id)
    if export is None:
        return
    try:
        content = package(export.person, language=export.language)
        file = write_file(person_id=export.person_id, kind="data_export", content=content, media_type="application/zip")
    except KeyErased:
        end_export(actor=SYSTEM, export_id=export_id, end="erased")
        return
    with transaction.atomic():
        export = lock_export(export_id)
        if export.ready_at or export.ended_at:
            return  # the sweep takes the file
        file.save(force_insert=True)
        now = timezone.now()
        export.file, export.ready_at, export.expires_at = file, now, now + timedelta(seconds=policy.value(EXPORT_LIFE))
        export.save(update_fields=["file", "ready_at", "expires_at"])
        record("export.made", actor=SYSTEM, subject=export, person_id=export.person_id, data={"bytes": len(content)})
        notify_person(person_id=export.person_id, kind=EXPORT_READY)


@transaction.atomic
def take_export(*, actor: Actor, export_id: UUID) -> bytes:
    """The copy, once: what is taken is erased.

    Raises DataExport.DoesNotExist (not theirs), AccountRefused (export_over, account_guarded).
    """
    person = lock_person(UUID(actor.id))
    export = lock_export(export_id)
    if export.person_id != person.pk:
        raise DataExport.DoesNotExist
    if guarded(person):
        raise AccountRefused("account_guarded")
    if not DataExport.objects.ready().filter(pk=export_id).exists():
        raise AccountRefused("export_over")
    content = read_file(export.file)
    export.ended_at, export.end = timezone.now(), "taken"
    export.save(update_fields=["ended_at", "end"])
    erase_file(export.file)
    record("export.taken", actor=actor, subject=export, person_id=person.pk)
    return content


@transaction.atomic
def _claim(export_id: UUID) -> DataExport | None:
    export = lock_export(export_id)
    now = timezone.now()
    if export.ready_at or export.ended_at or export.busy_until and export.busy_until > now:
        return None
    if export.attempts >= MOST_ATTEMPTS:
        end_export(actor=SYSTEM, export_id=export_id, end="failed")
        return None
    export.attempts += 1
    export.busy_until = now + timedelta(seconds=LEASE)
    export.save(update_fields=["attempts", "busy_until"])
    return export
