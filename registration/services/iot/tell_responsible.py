"""Who answers for a line of a thing is told by a text message that it was stopped: which, why, and what to do (R-21)."""

from uuid import UUID

from django.conf import settings
from django.utils import translation
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from realname.access.actor import SYSTEM
from realname.masking import mask_phone
from realname.trail import record
from registration.gateways.base import Outgoing
from registration.models import Delivery, IotLine
from registration.services.account.notify_person import WORTH_SENDING
from registration.states import Channel, DeliveryStatus, IotBreak

# what it is called among the messages to phones
KIND = "iot_stopped"
TEXTS: dict[IotBreak, Promise] = {
    IotBreak.DEVICE_CHANGED: _(
        "[%(operator)s] %(organisation)s, device line %(number)s: its card was seen in another device, so it was stopped. State what "
        "happened, with the IMEI of the device, to the clerk who keeps your lines."
    ),
    IotBreak.FUNCTION_NOT_GRANTED: _(
        "[%(operator)s] %(organisation)s, device line %(number)s: it was used for what it may not do, so it was stopped. State what "
        "happened to the clerk who keeps your lines."
    ),
    IotBreak.OUTSIDE_PLACE: _(
        "[%(operator)s] %(organisation)s, device line %(number)s: it was used outside its places, so it was stopped. State what "
        "happened to the clerk who keeps your lines."
    ),
    IotBreak.OVER_CAP: _(
        "[%(operator)s] %(organisation)s, device line %(number)s: it used more data than it may in a month, so it was stopped. State what "
        "happened to the clerk who keeps your lines."
    ),
}
_TOLD = {DeliveryStatus.ACCEPTED: "iot_line.told", DeliveryStatus.FAILED: "iot_line.untold", DeliveryStatus.UNCONFIRMED: "iot_line.untold"}


class StoppedMessage:
    """One for each stop: `about` is its id."""

    name = KIND

    def compose(self, about: UUID, channel: Channel) -> Outgoing | None:
        """In Chinese: what an organisation's contact reads is not known. None once it was lifted, ended or stopped anew."""
        line = IotLine.objects.stopped().select_related("use__organisation").filter(stop_id=about).first()
        if line is None:
            return None
        with translation.override(settings.LANGUAGE_CODE):
            facts = {"operator": settings.OPERATOR_NAME, "organisation": line.use.organisation.name, "number": mask_phone(line.number)}
            text = str(TEXTS[IotBreak(line.stop_reason)]) % facts
        return Outgoing(line.use.contact_phone, text, line.stopped_at + WORTH_SENDING)

    def tell(self, delivery: Delivery) -> None:
        """Write that it was sent, or could not be."""
        line = IotLine.objects.filter(stop_id=delivery.about).first()
        if line is not None and (name := _TOLD.get(DeliveryStatus(delivery.status))):
            record(name, actor=SYSTEM, subject=line, reason=delivery.cause)
