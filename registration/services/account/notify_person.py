"""A person is told something: in their account's inbox, and where it matters by a message to their phone too."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.utils import translation

from realname.access.actor import SYSTEM
from realname.trail import record
from registration.account_selectors import language_of, phone_of
from registration.gateways.base import Outgoing
from registration.inbox import kind_of, render
from registration.models import Delivery, InboxNotice
from registration.services.send_message import send_message
from registration.states import Channel, DeliveryStatus

# what these messages are called among the messages to phones
NOTICE = "notice"
# a day later the inbox is where it is read
WORTH_SENDING = timedelta(days=1)
_TOLD = {DeliveryStatus.ACCEPTED: "notice.told", DeliveryStatus.FAILED: "notice.untold", DeliveryStatus.UNCONFIRMED: "notice.untold"}


def notify_person(*, person_id: UUID, kind: str, facts: dict[str, str] | None = None) -> InboxNotice:
    """Put a notice of a registered kind (registration/inbox.py) into the inbox. Call in the transaction of what it tells of.

    `facts` fill the placeholders of its text; they are encrypted. Raises UnknownNotice.
    """
    told = kind_of(kind)
    notice = InboxNotice.objects.create(person_id=person_id, kind=kind, facts=facts or {})
    if told.message is not None:
        send_message(kind=NOTICE, about=notice.pk, person_id=person_id)
    return notice


class NoticeMessage:
    """The notices that also go to the phone."""

    name = NOTICE

    def compose(self, about: UUID, channel: Channel) -> Outgoing | None:
        """The notice's message in its reader's language; None where no phone of theirs is known (any more)."""
        notice = InboxNotice.objects.select_related("person").get(pk=about)
        message, number = kind_of(notice.kind).message, phone_of(notice.person)
        if message is None or not number:
            return None
        with translation.override(language_of(notice.person)):
            text = render(message, {**(notice.facts or {}), "operator": settings.OPERATOR_NAME})
        return Outgoing(number, text, notice.created_at + WORTH_SENDING)

    def tell(self, delivery: Delivery) -> None:
        """Write that it was sent, or could not be."""
        if name := _TOLD.get(DeliveryStatus(delivery.status)):
            notice = InboxNotice.objects.get(pk=delivery.about)
            record(name, actor=SYSTEM, subject=notice, person_id=notice.person_id, reason=delivery.cause)
