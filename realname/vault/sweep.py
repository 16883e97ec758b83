"""Finds stored files that no row needs: rolled back, killed half-way, or erased while the storage was down."""

from collections.abc import Iterable
from datetime import timedelta
from itertools import islice
from uuid import UUID

from django.core.files.storage import Storage, storages
from django.utils import timezone

from realname.vault.models import EncryptedFile

ORPHAN_AGE = timedelta(hours=1)  # far longer than any transaction, whose file lies there before its row is seen
BATCH = 1000


def sweep_orphans() -> int:
    """Delete stored files older than an hour that have no living row. Returns how many. May be killed and run again."""
    storage = storages["vault"]
    deleted = 0
    for folder in _listed(storage, "")[0]:
        names = iter(_listed(storage, folder)[1])
        while batch := list(islice(names, BATCH)):
            for name in _without_row(batch):
                path = f"{folder}/{name}"
                if _is_old(storage, path):
                    storage.delete(path)
                    deleted += 1
    return deleted


def _listed(storage: Storage, folder: str) -> tuple[list[str], list[str]]:
    try:
        return storage.listdir(folder)
    except FileNotFoundError:
        return [], []  # nothing was ever stored


def _without_row(names: Iterable[str]) -> list[str]:
    ids = {name: _id(name) for name in names}
    wanted = set(EncryptedFile.objects.filter(pk__in=[key for key in ids.values() if key], erased_at=None).values_list("pk", flat=True))
    return [name for name, key in ids.items() if key not in wanted]


def _id(name: str) -> UUID | None:
    try:
        return UUID(hex=name)
    except ValueError:
        return None  # a part of a file whose writer was killed


def _is_old(storage: Storage, path: str) -> bool:
    try:
        return storage.get_modified_time(path) < timezone.now() - ORPHAN_AGE
    except FileNotFoundError:
        return False
