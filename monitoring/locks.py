"""Every row lock of this stage: taken here and nowhere else; of several cursors the older generation first."""

from monitoring.models import FoldCursor


def lock_cursor(generation: int) -> FoldCursor | None:
    """The cursor, locked until the transaction ends; nothing where another process holds it or the generation is gone."""
    return FoldCursor.objects.select_for_update(skip_locked=True).filter(pk=generation).first()


def lock_active_cursor() -> FoldCursor | None:
    """The active cursor, waited for."""
    return FoldCursor.objects.select_for_update().filter(active=True).first()
