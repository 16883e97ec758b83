"""The text message that invites a person whom an organisation named."""

from uuid import UUID

from django.conf import settings
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from realname.access.actor import SYSTEM
from realname.trail import record
from registration.gateways.base import Outgoing
from registration.models import BulkRow, Delivery
from registration.states import Channel, DeliveryStatus

# what it is called among the messages to phones
KIND = "bulk_invitation"
_TOLD = {
    DeliveryStatus.ACCEPTED: "bulk_row.told",
    DeliveryStatus.FAILED: "bulk_row.untold",
    DeliveryStatus.UNCONFIRMED: "bulk_row.untold",
}


class InvitationMessage:
    """Names the organisation and the page, nothing of the person: the number may be somebody else's."""

    name = KIND

    def compose(self, about: UUID, channel: Channel) -> Outgoing | None:
        """In Chinese: nobody has said yet what they read. None once it was answered, its time is over, or its organisation suspended."""
        row = BulkRow.objects.open_at(timezone.now()).filter(pk=about, phone__isnull=False).first()
        if row is None:
            return None
        with translation.override(settings.LANGUAGE_CODE):
            text = _(
                "[%(operator)s] %(organisation)s asks for a line in your name. Confirm and prove who you are: %(link)s "
                "If you do not know of this, do nothing."
            )
            facts = {
                "operator": settings.OPERATOR_NAME,
                "organisation": row.bulk_import.organisation.name,
                "link": settings.PUBLIC_URL + reverse("registration:invited", args=[row.pk]),
            }
            return Outgoing(row.phone, text % facts, row.expires_at)

    def tell(self, delivery: Delivery) -> None:
        """Write that it was sent, or could not be."""
        if name := _TOLD.get(DeliveryStatus(delivery.status)):
            row = BulkRow.objects.get(pk=delivery.about)
            record(name, actor=SYSTEM, subject=row, related=row.bulk_import, reason=delivery.cause)
