"""Who waits for a sign-in code in vain asks to be called; whether there is anybody to call is found out by a worker, not by who asks."""

from datetime import timedelta
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from realname import policy
from realname.access.actor import SYSTEM, Actor
from realname.queue import enqueue
from realname.trail import record
from registration.errors import CodeRefused
from registration.locks import lock_attempt
from registration.models import Delivery, PhoneCode, SignInAttempt
from registration.policy import RECEIPT_WAIT
from registration.services.issue_code import KIND
from registration.services.send_message import send_message
from registration.states import Channel, DeliveryStatus, FailureCause


def call_due(attempt: SignInAttempt) -> bool:
    """Has the code been waited for long enough? By the clock alone: how its message stands would tell whose numbers we know."""
    waited = timezone.now() - attempt.created_at > timedelta(seconds=policy.value(RECEIPT_WAIT))
    return bool(settings.VOICE_GATEWAYS) and attempt.proven_at is None and waited


@transaction.atomic
def ask_for_sign_in_call(*, actor: Actor, attempt_id: UUID) -> SignInAttempt:
    """Known and unknown numbers get the same event and answer, in the same time. Twice is once. Raises CodeRefused (no_call)."""
    attempt = lock_attempt(attempt_id)
    if attempt.ended_at or not call_due(attempt):
        raise CodeRefused("no_call")
    if attempt.call_asked_at is None:
        attempt.call_asked_at = timezone.now()
        attempt.save(update_fields=["call_asked_at"])
        record("account.call_asked", actor=actor, subject=attempt)
        from registration.tasks import call_to_sign_in as work

        enqueue(work, attempt.pk)
    return attempt


@transaction.atomic
def call_to_sign_in(*, attempt_id: UUID) -> None:
    """Call with the digits of the code that was sent, where one was and a call may help. Done twice it is one call."""
    attempt = lock_attempt(attempt_id)
    if not SignInAttempt.objects.to_be_called().filter(pk=attempt_id).exists():
        return
    attempt.called_at = timezone.now()
    attempt.save(update_fields=["called_at"])
    code = PhoneCode.objects.live().select_related("person").filter(pk=attempt.code_id).first()
    if code is None or not _call_may_help(code):
        return
    if send_message(kind=KIND, about=code.pk, person_id=code.person_id, channel=Channel.VOICE):
        record("sign_in_code.called", actor=SYSTEM, subject=code.person, person_id=code.person_id, data={"code": str(code.pk)})


def _call_may_help(code: PhoneCode) -> bool:
    """Not where the network says that there is no such number."""
    failed = Delivery.objects.of(KIND, code.pk).filter(channel=Channel.SMS, status=DeliveryStatus.FAILED).order_by("-created_at").first()
    return failed is None or FailureCause(failed.cause).call_may_help
