"""Fold the whole trail anew, beside the numbers on show, and then change over."""

from django.db import transaction
from django.db.models import Max

from monitoring.fold import BATCH, fold_slice
from monitoring.locks import lock_active_cursor
from monitoring.models import FoldCursor, KeptStart, Rollup


def rebuild_rollups(*, limit: int = BATCH) -> int:
    """Rebuild every rollup from the trail; answers how many events were folded. Pages show the old numbers until the end."""
    generation = (FoldCursor.objects.aggregate(newest=Max("generation"))["newest"] or 0) + 1
    FoldCursor.objects.create(generation=generation)
    folded = 0
    while done := fold_slice(generation, limit=limit):
        folded += done
    with transaction.atomic():
        old = lock_active_cursor()
        # while the old one rests under our lock, ours catches up with it and passes it
        while done := fold_slice(generation, limit=limit):
            folded += done
        if old is not None:
            _drop(old.generation)
        FoldCursor.objects.filter(pk=generation).update(active=True)
    return folded


def _drop(generation: int) -> None:
    Rollup.objects.filter(generation=generation).delete()
    KeptStart.objects.filter(generation=generation).delete()
    FoldCursor.objects.filter(pk=generation).delete()
