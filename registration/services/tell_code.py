"""A code as a message: what it says on each channel, and what follows when it arrived or did not."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone, translation
from django.utils.translation import gettext as _

from realname import policy
from realname.access.actor import SYSTEM
from realname.trail import record
from registration.gateways.base import Outgoing
from registration.models import Delivery, PhoneCode
from registration.policy import CODE_FALLBACK, RECEIPT_WAIT
from registration.services.issue_code import EVENTS, KIND
from registration.services.phone_digits import digits_of
from registration.services.send_message import send_message
from registration.states import Channel, DeliveryStatus, FailureCause

VERBS = {
    DeliveryStatus.ACCEPTED: "sent",
    DeliveryStatus.DELIVERED: "arrived",
    DeliveryStatus.FAILED: "failed",
    DeliveryStatus.UNCONFIRMED: "failed",
}


class PhoneCodeMessage:
    """The one-time codes of this stage."""

    name = KIND

    def compose(self, about: UUID, channel: Channel) -> Outgoing | None:
        """The code's digits; None once it can't be entered any more."""
        code = PhoneCode.objects.live().filter(pk=about).first()
        if code is None:
            return None
        return Outgoing(code.phone, _text(code, channel), code.expires_at)

    def tell(self, delivery: Delivery) -> None:
        """Write the event, and call where the message failed and policy says that this goes by itself."""
        code = PhoneCode.objects.select_related("application", "person").get(pk=delivery.about)
        record(
            f"{EVENTS[code.purpose]}.{VERBS[delivery.status]}",
            actor=SYSTEM,
            subject=code.subject,
            person_id=code.person_id,
            reason=delivery.cause,
            data={"code": str(code.pk), "channel": delivery.channel, "gateway": delivery.gateway},
        )
        failed = VERBS[delivery.status] == "failed" and delivery.channel == Channel.SMS
        if failed and FailureCause(delivery.cause).call_may_help:
            call_by_itself(code)


def call_by_itself(code: PhoneCode) -> None:
    """A voice call, once, where policy says that nobody need ask for it."""
    if policy.value(CODE_FALLBACK) == "automatic" and code.live:
        send_message(kind=KIND, about=code.pk, person_id=code.person_id, channel=Channel.VOICE)


def call_for_silent() -> int:
    """Codes whose text message nobody has reported on for too long; answers how many were called for."""
    if policy.value(CODE_FALLBACK) != "automatic":
        return 0
    before = timezone.now() - timedelta(seconds=policy.value(RECEIPT_WAIT))
    # an older one is over anyway, and is not looked at again and again
    recent = timezone.now() - timedelta(hours=1)
    silent = Delivery.objects.filter(kind=KIND, channel=Channel.SMS, status=DeliveryStatus.ACCEPTED, accepted_at__range=(recent, before))
    called = Delivery.objects.filter(kind=KIND, channel=Channel.VOICE, created_at__gte=recent)
    codes = PhoneCode.objects.live().filter(pk__in=silent.values("about")).exclude(pk__in=called.values("about"))[:200]
    for code in codes:
        with transaction.atomic():
            call_by_itself(PhoneCode.objects.select_for_update(of=("self",)).get(pk=code.pk))
    return len(codes)


def _text(code: PhoneCode, channel: Channel) -> str:
    digits = digits_of(code.pk)
    with translation.override(code.language):
        if channel == Channel.VOICE:
            # each digit a word of its own, and the whole said twice
            spoken = {"operator": settings.OPERATOR_NAME, "digits": ", ".join(digits)}
            return _("This is %(operator)s. Your code is: %(digits)s. Once more: %(digits)s. Never tell it to anybody.") % spoken
        return _("[%(operator)s] Your code is %(code)s, valid for %(minutes)d minutes. Never tell it to anybody.") % {
            "operator": settings.OPERATOR_NAME,
            "code": digits,
            "minutes": (code.expires_at - code.created_at).total_seconds() // 60,
        }
