"""Bring all data keys under the ring's current wrapping keys."""

from collections.abc import Callable

from django.db import transaction
from django.db.models import Q, QuerySet

from realname.vault import keyring_file, keys
from realname.vault.keyring import PURPOSES
from realname.vault.models import DataKey

BATCH = 500


def rewrap_all(*, batch: int = BATCH, progress: Callable[[int], None] | None = None) -> int:
    """Rewrap every data key that an older key wraps; returns how many. Killed half-way, the next run does the rest.

    Ciphertexts are not touched: they name their data key, whose bytes stay the same. Raises KeyUnknown, leaving that
    batch as it was, when the ring lacks a key that is still in use.
    """
    done = 0
    while count := _rewrap_batch(batch):
        done += count
        if progress:
            progress(done)
    return done


def waiting() -> QuerySet[DataKey]:
    """The living data keys that a current wrapping key does not wrap."""
    ring = keyring_file.load()
    old = Q()
    for purpose in PURPOSES:
        old |= Q(purpose=purpose) & ~Q(kek_id=ring.current(purpose).id)
    return DataKey.objects.filter(old, erased_at=None)


@transaction.atomic
def _rewrap_batch(size: int) -> int:
    """One short transaction; an erasure of the same row waits for it or is waited for."""
    rows = list(waiting().select_for_update().order_by("pk")[:size])
    for row in rows:
        keys.wrap(keys.unwrap(row), row=row)
    DataKey.objects.bulk_update(rows, ["kek_id", "wrapped_key"])
    return len(rows)
