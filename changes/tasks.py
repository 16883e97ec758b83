"""Thin, idempotent work of this stage."""

from datetime import timedelta
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from changes.models import ChangeRequest
from changes.services import apply_change as applying
from changes.services import tell_old_contact as telling
from changes.services import withdraw_change as withdrawing
from realname.queue import enqueue, sweeper


@shared_task
def tell_old_contact(change_id: str) -> None:
    """Tell the old contact. Delivered twice it is one message."""
    telling.tell_old_contact(change_id=UUID(change_id))


@sweeper
def tell_old_contacts() -> int:
    """Old contacts that were to be told and were not."""
    return _send_all(tell_old_contact, ChangeRequest.objects.untold().filter(proven_at__lt=timezone.now() - timedelta(seconds=10)))


@sweeper
def apply_due_changes() -> int:
    """Approved changes whose cooling-off time is over."""
    return applying.apply_due_changes()


@sweeper
def withdraw_stale_changes() -> int:
    """Requests that nobody proved in time."""
    return withdrawing.withdraw_stale_changes()


def _send_all(task, rows) -> int:
    ids = list(rows.values_list("pk", flat=True)[:200])
    for each in ids:
        enqueue(task, each)
    return len(ids)
