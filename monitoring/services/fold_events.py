"""Fold what is new."""

from django.db import IntegrityError, transaction

from monitoring.fold import BATCH, fold_slice
from monitoring.models import FoldCursor


def fold_events(*, limit: int = BATCH) -> int:
    """Fold everything new into the active generation, slice by slice; answers how many events."""
    generation, folded = active_generation(), 0
    while done := fold_slice(generation, limit=limit):
        folded += done
    return folded


def active_generation() -> int:
    """The generation that the pages show; the first one is made here."""
    active = FoldCursor.objects.filter(active=True).values_list("generation", flat=True)
    if not active:
        try:
            with transaction.atomic():
                FoldCursor.objects.create(generation=1, active=True)
        except IntegrityError:
            pass  # another process was quicker
    return active.all()[0]
