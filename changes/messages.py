"""The messages of this stage: the code to the new number, and the word to the old one."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from changes.kinds import KINDS
from changes.models import ChangeCode, ChangeRequest
from changes.services.language import language_of
from changes.services.request_change import CODE
from changes.services.tell_old_contact import TOLD, settle_told
from realname import policy
from realname.access.actor import SYSTEM
from realname.trail import record
from registration.gateways.base import Outgoing
from registration.models import Delivery
from registration.services.phone_digits import digits_of
from registration.states import Channel, DeliveryStatus

FAILED = (DeliveryStatus.FAILED, DeliveryStatus.UNCONFIRMED)


class ChangeCodeMessage:
    """The one-time code that proves the new number of a change."""

    name = CODE

    def compose(self, about: UUID, channel: Channel) -> Outgoing | None:
        """Its digits; None once they can't be entered any more."""
        code = ChangeCode.objects.live().filter(pk=about).first()
        if code is None:
            return None
        with translation.override(language_of(code.person_id)):
            text = _("[%(operator)s] Code %(code)s: with it you make this number your contact phone. Never tell it to a stranger.") % {
                "operator": settings.OPERATOR_NAME,
                "code": digits_of(code.pk),
            }
        return Outgoing(code.phone, text, code.expires_at)

    def tell(self, delivery: Delivery) -> None:
        """Note once that the gateway took it, or that it did not arrive."""
        code = ChangeCode.objects.select_related("change").get(pk=delivery.about)
        if delivery.status == DeliveryStatus.ACCEPTED:
            self._note(code, "change_code.sent", "sent_at", "")
        elif delivery.status in FAILED:
            self._note(code, "change_code.failed", "failed_at", delivery.cause)

    def _note(self, code: ChangeCode, event: str, field: str, reason: str) -> None:
        setattr(code, field, timezone.now())
        code.save(update_fields=[field])
        record(event, actor=SYSTEM, subject=code.change, person_id=code.person_id, reason=reason)


class ContactToldMessage:
    """The word to the old contact, with the way to stop the change."""

    name = TOLD

    def compose(self, about: UUID, channel: Channel) -> Outgoing | None:
        """What is to happen, and the stop code; None once the change went on or ended."""
        change = ChangeRequest.objects.untold().select_related("person").filter(pk=about).first()
        number = KINDS[change.kind].number_to_tell(change.person) if change else ""
        if not number:
            return None
        hours = policy.value(KINDS[change.kind].cooling_off)
        with translation.override(language_of(change.person_id)):
            text = _(
                "[%(operator)s] Your contact phone is to be changed. If this was not you, stop it within %(hours)d hours: call us, or "
                "enter %(reference)s and the code %(code)s on our page “Stop a change”. We never ask you for this code."
            ) % {
                "operator": settings.OPERATOR_NAME,
                "hours": hours,
                "reference": change.reference,
                # of the change itself, not of its ChangeCode: the two codes differ
                "code": digits_of(change.pk),
            }
        return Outgoing(number, text, timezone.now() + timedelta(hours=hours))

    def tell(self, delivery: Delivery) -> None:
        """The change goes before the approvers, who see whether its old contact could be told."""
        if delivery.status == DeliveryStatus.ACCEPTED:
            settle_told(change_id=delivery.about, reason="")
        elif delivery.status in FAILED:
            settle_told(change_id=delivery.about, reason=delivery.cause)
