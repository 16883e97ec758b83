"""Somebody wants to sign in by a number; whether it is known is found out by a worker, not by who asks."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname import policy
from realname.access.actor import SYSTEM, Actor
from realname.access.network import network_of
from realname.ids import phone as phones
from realname.queue import enqueue
from realname.trail import record
from realname.vault.blind_index import blind_index
from registration.account_selectors import attempts_from, number_of, wrong_codes_lock
from registration.errors import CodeRefused
from registration.locks import lock_attempt, lock_number
from registration.models import SignInAttempt
from registration.policy import CODE_INTERVAL, CODE_LIFE, CODES_PER_HOUR, CODES_PER_HOUR_IP, CODES_PER_HOUR_NUMBER, NUMBERS_PER_HOUR
from registration.services.sign_in_code import request_sign_in_code


@transaction.atomic
def begin_sign_in(*, actor: Actor, phone: str, language: str) -> SignInAttempt:
    """Known and unknown numbers get the same row, the same event and the same answer, in the same time.

    Raises ids.InvalidPhone, CodeRefused (too soon, too many, locked).
    """
    index = blind_index("phone", phones.parse(phone).number)
    lock_number(index)
    _refuse_too_many(index, actor)
    now = timezone.now()
    attempt = SignInAttempt.objects.create(
        phone_index=index,
        language=language,
        device=actor.device,
        network=network_of(actor.ip),
        created_at=now,
        expires_at=now + timedelta(seconds=policy.value(CODE_LIFE)),
    )
    record("account.sign_in_begun", actor=actor, subject=attempt)
    from registration.tasks import look_up_sign_in

    enqueue(look_up_sign_in, attempt.pk)
    return attempt


@transaction.atomic
def look_up_sign_in(*, attempt_id: UUID) -> None:
    """Have a code sent where the number is somebody's. Done twice it is one code; an attempt that is over is left alone."""
    attempt = lock_attempt(attempt_id)
    if not SignInAttempt.objects.waiting().filter(pk=attempt_id).exists():
        return
    attempt.looked_up_at = timezone.now()
    found = number_of(attempt.phone_index)
    if found is None:
        record("account.sign_in_refused", actor=SYSTEM, subject=attempt, reason="no_account")
    else:
        person, number = found
        # the place that asked: a network's first address is of that network
        asker = Actor(kind="person", id="anonymous", name="", device=attempt.device, ip=attempt.network.partition("/")[0])
        try:
            attempt.code = request_sign_in_code(actor=asker, person_id=person.pk, phone=number, language=attempt.language)
        except CodeRefused as refusal:
            record("account.sign_in_refused", actor=SYSTEM, subject=attempt, person_id=person.pk, reason=refusal.code)
    attempt.save(update_fields=["looked_up_at", "code"])


def _refuse_too_many(index: str, actor: Actor) -> None:
    """The bounds of the codes (P-REG-2), over attempts: they are counted alike for numbers that are nobody's.

    Held under the number's lock, so two tabs can't both pass.
    """
    now = timezone.now()
    lately = SignInAttempt.objects.filter(created_at__gt=now - timedelta(hours=1))
    network = network_of(actor.ip)
    place = attempts_from(device=actor.device, network=network)
    of_number = lately.filter(phone_index=index)
    of_place = of_number.filter(place)
    if wrong_codes_lock(index, place):
        raise CodeRefused("code_locked")
    if of_place.filter(created_at__gt=now - timedelta(seconds=policy.value(CODE_INTERVAL))).exists():
        raise CodeRefused("code_too_soon")
    # without a device or an address: no row has None, so nothing is counted
    others = lately.filter(device=actor.device or None).exclude(phone_index=index).values("phone_index").distinct()
    bounds = [
        (of_place, CODES_PER_HOUR),
        (of_number, CODES_PER_HOUR_NUMBER),
        (others, NUMBERS_PER_HOUR),
        (lately.filter(network=network or None), CODES_PER_HOUR_IP),
    ]
    if any(asked.count() >= policy.value(most) for asked, most in bounds):
        raise CodeRefused("code_too_many")
