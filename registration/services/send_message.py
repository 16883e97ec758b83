"""A message is to go to a phone: it is put down here, and a worker or the SMPP process hands it over."""

from collections.abc import Iterable
from uuid import UUID

from realname.queue import enqueue
from registration.gateways.routes import route
from registration.models import Delivery
from registration.states import Channel, DeliveryStatus

# messages that one task hands over where many are put down at once: each may wait for its gateway's timeout, within the task's time
HINTED = 10


def send_message(*, kind: str, about: UUID, person_id: UUID | None, channel: Channel = Channel.SMS) -> Delivery | None:
    """Put a message down for the first gateway of the channel that did not refuse it yet; None where none is left.

    What is on its way on this channel, or arrived, is answered and not sent again. Call in a transaction that holds what the
    message is about.
    """
    earlier = list(Delivery.objects.of(kind, about).filter(channel=channel))
    for delivery in earlier:
        if delivery.status != DeliveryStatus.FAILED:
            return delivery
    tried = {delivery.gateway for delivery in earlier}
    gateway = next((gateway for gateway in route(channel) if gateway.name not in tried), None)
    if gateway is None:
        return None
    new = Delivery(kind=kind, about=about, person_id=person_id, channel=channel, gateway=gateway.name)
    # two may come here at once (the person asks for a call that goes by itself already): one makes the row, and both go on with it
    Delivery.objects.bulk_create([new], ignore_conflicts=True)
    delivery = Delivery.objects.of(kind, about).filter(channel=channel).exclude(status=DeliveryStatus.FAILED).get()
    if not gateway.in_own_process:
        from registration.tasks import hand_over

        enqueue(hand_over, delivery.pk)
    return delivery


def send_messages(*, kind: str, abouts: Iterable[UUID], channel: Channel = Channel.SMS) -> None:
    """Put down a first message about each of many things of nobody's yet, by one statement; where the channel has no gateway, none.

    What was put down about one of them already is left as it is. Call in a transaction that holds what they are about.
    """
    gateway = next(iter(route(channel)), None)
    if gateway is None:
        return
    new = [Delivery(kind=kind, about=about, channel=channel, gateway=gateway.name) for about in abouts]
    Delivery.objects.bulk_create(new, ignore_conflicts=True)
    if not gateway.in_own_process:
        from registration.tasks import hand_over

        for begin in range(0, len(new), HINTED):
            enqueue(hand_over, *(delivery.pk for delivery in new[begin : begin + HINTED]))
