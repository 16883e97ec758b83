"""A message is handed to its gateway: claimed in one short transaction, sent with no lock held, settled in another."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from registration.gateways.base import NotSent, Outgoing
from registration.gateways.kinds import kind_named
from registration.gateways.routes import gateway_named, route
from registration.locks import free_deliveries, lock_delivery
from registration.models import Delivery
from registration.services.note_receipt import take_early_receipts
from registration.services.send_message import send_message
from registration.states import DeliveryStatus, FailureCause

# Seconds between attempts where the gateway is busy or away: doubled each time, up to the longest.
FIRST_WAIT, LONGEST_WAIT = 1, 16
# Seconds after which a claim is taken for that of a dead process; longer than any gateway is waited for.
LEASE = 30
# Seconds a message waits for a gateway that has others behind it.
PATIENCE = 20
# how many one run of a sweeper looks at
BATCH = 200


def hand_over(*, delivery_id: UUID) -> None:
    """Send one message now, if it is still to be sent and nobody else is at it. Safe to call twice, or late."""
    delivery = claim(Delivery.objects.due().filter(pk=delivery_id))
    if delivery is None:
        return
    outgoing = compose(delivery)
    if outgoing is None:
        return
    try:
        ids = gateway_named(delivery.gateway).send(outgoing, key=delivery.pk)
    except NotSent as fault:
        settle_not_sent(delivery, fault)
    else:
        settle_accepted(delivery, ids)


@transaction.atomic
def claim(due: "QuerySet[Delivery]") -> Delivery | None:
    """Take the first of `due` that nobody else is taking; its `attempts` is the number of the claim."""
    free = free_deliveries(due, limit=1)
    if not free:
        return None
    (delivery,) = free
    delivery.move(to=DeliveryStatus.SUBMITTING)
    delivery.attempts += 1
    delivery.claimed_at = timezone.now()
    delivery.save(update_fields=["status", "attempts", "claimed_at"])
    return delivery


def compose(delivery: Delivery) -> Outgoing | None:
    """What a claimed message says; None, and the message ended, where nobody wants it any more."""
    outgoing = kind_named(delivery.kind).compose(delivery.about, delivery.channel)
    if outgoing is None:
        settle_not_sent(delivery, NotSent(FailureCause(delivery.cause or FailureCause.GATEWAY_DOWN), later=False, certain=True))
    return outgoing


@transaction.atomic
def settle_accepted(delivery: Delivery, message_ids: list[str]) -> None:
    """The gateway has it. Nothing happens where the claim is no longer ours."""
    held = _lock_claimed(delivery)
    if held is None:
        return
    held.move(to=DeliveryStatus.ACCEPTED)
    held.message_ids, held.accepted_at, held.cause = message_ids, timezone.now(), ""
    held.save(update_fields=["status", "message_ids", "accepted_at", "cause"])
    kind_named(held.kind).tell(held)
    take_early_receipts(held)


@transaction.atomic
def settle_not_sent(delivery: Delivery, fault: NotSent) -> None:
    """It is tried again later, or has failed, or nobody knows. Nothing happens where the claim is no longer ours."""
    held = _lock_claimed(delivery)
    if held is None:
        return
    held.uncertain = held.uncertain or not fault.certain
    held.cause = fault.cause
    if fault.later and (fault.certain or gateway_named(held.gateway).repeatable) and not _passed_on(held):
        held.move(to=DeliveryStatus.PENDING)
        held.not_before = timezone.now() + timedelta(seconds=min(FIRST_WAIT * 2 ** (held.attempts - 1), LONGEST_WAIT))
        held.save(update_fields=["status", "not_before", "uncertain", "cause"])
        return
    _end(held)


@transaction.atomic
def give_up_waiting() -> int:
    """End the messages that nobody wants any more, or that waited too long where another gateway can have them; answers how many."""
    waiting = Delivery.objects.due().filter(created_at__lt=timezone.now() - timedelta(seconds=PATIENCE))
    ended = 0
    for delivery in free_deliveries(waiting, limit=BATCH):
        if kind_named(delivery.kind).compose(delivery.about, delivery.channel) is None or _passed_on(delivery):
            delivery.cause = delivery.cause or FailureCause.GATEWAY_DOWN
            _end(delivery)
            ended += 1
    return ended


@transaction.atomic
def recover_lost() -> int:
    """What a dead process had claimed: tried again where the gateway knows the key, else left as not known; answers how many."""
    before = timezone.now() - timedelta(seconds=LEASE)
    lost = Delivery.objects.filter(status=DeliveryStatus.SUBMITTING, claimed_at__lt=before)
    found = free_deliveries(lost, limit=BATCH)
    for delivery in found:
        delivery.uncertain = True
        delivery.cause = delivery.cause or FailureCause.UNKNOWN
        if gateway_named(delivery.gateway).repeatable:
            delivery.move(to=DeliveryStatus.PENDING)
            delivery.save(update_fields=["status", "uncertain", "cause"])
        else:
            _end(delivery)
    return len(found)


def _lock_claimed(delivery: Delivery) -> Delivery | None:
    return lock_delivery(Delivery.objects.filter(pk=delivery.pk, status=DeliveryStatus.SUBMITTING, attempts=delivery.attempts))


def _passed_on(delivery: Delivery) -> bool:
    """Has it waited long enough for this gateway, is there another, and did this one surely not take it?"""
    names = [gateway.name for gateway in route(delivery.channel)]
    others = delivery.gateway in names and names[names.index(delivery.gateway) + 1 :]
    return bool(others) and not delivery.uncertain and delivery.created_at < timezone.now() - timedelta(seconds=PATIENCE)


def _end(delivery: Delivery) -> None:
    """It failed for certain, and goes another way if there is one; or nobody knows, and then it does not."""
    delivery.move(to=DeliveryStatus.UNCONFIRMED if delivery.uncertain else DeliveryStatus.FAILED)
    delivery.ended_at = timezone.now()
    delivery.save(update_fields=["status", "cause", "uncertain", "ended_at"])
    if delivery.status == DeliveryStatus.FAILED and _worth_another(delivery):
        other = send_message(kind=delivery.kind, about=delivery.about, person_id=delivery.person_id, channel=delivery.channel)
        if other is not None:
            return
    kind_named(delivery.kind).tell(delivery)


def _worth_another(delivery: Delivery) -> bool:
    """Another gateway may do better only where this one was the trouble, and the message is still wanted."""
    wanted = kind_named(delivery.kind).compose(delivery.about, delivery.channel) is not None
    return FailureCause(delivery.cause).ours and wanted
