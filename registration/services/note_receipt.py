"""A gateway reports how a message ended: late, twice, out of order, or before we know the message. All of it is harmless."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from registration.gateways.base import Receipt
from registration.gateways.kinds import kind_named
from registration.locks import lock_delivery, lock_message_ids
from registration.models import Delivery, EarlyReceipt
from registration.states import DeliveryStatus, FailureCause

# A receipt that no message has asked for by then never will be.
EARLY_LIFE = timedelta(days=1)


@transaction.atomic
def note_receipt(receipt: Receipt) -> None:
    """Note a receipt. What it says of an unknown message is kept for a day, in case the message is settled after it."""
    lock_message_ids([receipt.message_id])
    if receipt.key is not None:
        found = Delivery.objects.filter(pk=receipt.key, gateway=receipt.gateway)
    else:
        found = Delivery.objects.filter(message_ids__contains=[receipt.message_id], gateway=receipt.gateway)
    delivery = lock_delivery(found)
    if delivery is not None and delivery.status not in (DeliveryStatus.PENDING, DeliveryStatus.SUBMITTING):
        _apply(delivery, receipt)
        return
    EarlyReceipt.objects.get_or_create(
        gateway=receipt.gateway, message_id=receipt.message_id, arrived=receipt.arrived, defaults={"cause": receipt.cause or ""}
    )


def take_early_receipts(delivery: Delivery) -> None:
    """Apply what was reported of a message before its settlement. Call with its row locked."""
    # whoever notes a receipt at this moment has either not looked for the message yet, or has put the receipt down
    lock_message_ids(delivery.message_ids)
    early = EarlyReceipt.objects.filter(gateway=delivery.gateway, message_id__in=delivery.message_ids).order_by("received_at")
    for row in early:
        cause = FailureCause(row.cause) if row.cause else None
        _apply(delivery, Receipt(row.gateway, row.message_id, row.arrived, cause))
    early.delete()


def forget_early_receipts() -> int:
    """Those that no message has asked for within a day."""
    return EarlyReceipt.objects.filter(received_at__lt=timezone.now() - EARLY_LIFE).delete()[0]


def _apply(delivery: Delivery, receipt: Receipt) -> None:
    """Arrival goes before failure: a phone that has the message has it, whatever was said before."""
    if delivery.status == DeliveryStatus.FAILED and delivery.accepted_at is None:
        # this gateway never took it, and by now it may have gone another way
        return
    if receipt.arrived:
        if receipt.message_id not in delivery.arrived_ids and receipt.message_id in delivery.message_ids:
            delivery.arrived_ids = [*delivery.arrived_ids, receipt.message_id]
        whole = set(delivery.arrived_ids) >= set(delivery.message_ids)
        to, cause = (DeliveryStatus.DELIVERED if whole else delivery.status), ""
    else:
        to, cause = DeliveryStatus.FAILED, receipt.cause or FailureCause.UNKNOWN
    moved = delivery.can_move(to=to)
    if moved:
        delivery.move(to=to)
        delivery.cause, delivery.ended_at = cause, timezone.now()
    delivery.save(update_fields=["status", "cause", "ended_at", "arrived_ids"])
    if moved:
        kind_named(delivery.kind).tell(delivery)
