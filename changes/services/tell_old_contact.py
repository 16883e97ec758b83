"""The old contact is told of the change, and how to stop it; from then on the cooling-off time runs (P-CHG-5)."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from changes.kinds import KINDS
from changes.locks import lock_change
from changes.models import ChangeRequest
from changes.services.language import language_of
from changes.states import ChangeStatus
from realname import policy
from realname.access.actor import SYSTEM
from realname.outside.errors import SourceRefused
from realname.trail import record
from registration.gateways.sms import SmsGateway
from registration.services.phone_digits import digits_of


def tell_old_contact(*, change_id: UUID) -> None:
    """Send the message, once, and put the change before the approvers. Raises SourceUnavailable where trying again may help.

    An old contact who cannot be reached holds up nothing, but the approvers are told so. Nothing is applied before this.
    """
    change = ChangeRequest.objects.untold().select_related("person").filter(pk=change_id).first()
    if change is None:
        return
    number = KINDS[change.kind].number_to_tell(change.person)
    reason = "" if number else "no_old_contact"
    if number:
        try:
            SmsGateway().send(number, _message(change), idempotency_key=f"change-{change.pk}")
        except SourceRefused as refusal:
            reason = refusal.reason
    _settle(change_id=change_id, reason=reason)


def _message(change: ChangeRequest) -> str:
    with translation.override(language_of(change.person_id)):
        return _(
            "[%(operator)s] Your contact phone is to be changed. If this was not you, stop it within %(hours)d hours: call us, or "
            "enter %(reference)s and the code %(code)s on our page “Stop a change”. We never ask you for this code."
        ) % {
            "operator": settings.OPERATOR_NAME,
            "hours": policy.value(KINDS[change.kind].cooling_off),
            "reference": change.reference,
            # of the change itself, not of its ChangeCode: the two codes differ
            "code": digits_of(change.pk),
        }


@transaction.atomic
def _settle(*, change_id: UUID, reason: str) -> None:
    change = lock_change(change_id)
    if change.status != ChangeStatus.CHECKED:
        return
    now = timezone.now()
    change.move(to=ChangeStatus.AWAITING_APPROVAL)
    change.told_at = None if reason else now
    change.contact_unreachable = bool(reason)
    change.cooling_off_until = now + timedelta(hours=policy.value(KINDS[change.kind].cooling_off))
    change.save(update_fields=["status", "told_at", "contact_unreachable", "cooling_off_until"])
    name = "change.contact_unreachable" if reason else "change.contact_told"
    record(name, actor=SYSTEM, subject=change, person_id=change.person_id, reason=reason)
