"""A person adds and removes what they sign in with beside the code."""

import secrets
from base64 import b32encode
from urllib.parse import quote
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from webauthn import verify_registration_response
from webauthn.helpers import bytes_to_base64url

from realname.access.actor import Actor
from realname.trail import record
from registration.account_selectors import has_second_factor
from registration.errors import AccountRefused
from registration.inbox import FACTOR_ADDED, FACTOR_REMOVED
from registration.locks import lock_person
from registration.models import Authenticator, Passkey, Person, RecoveryCode, SignIn
from registration.services.account.check_factor import LONGEST_ID, REFUSED, accepts, count_failure, recovery_digest
from registration.services.account.notify_person import notify_person

MOST_PASSKEYS = 10
RECOVERY_CODES = 8
_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0/O, 1/I/L: they are written down by hand
_TRANSPORTS = {"usb", "nfc", "ble", "internal", "hybrid", "smart-card"}


@transaction.atomic
def begin_authenticator(*, actor: Actor) -> Authenticator:
    """The application waiting for its first code; made at the first call, so that a reload shows the same secret.

    Raises AccountRefused where one is in use already, or the person is not verified.
    """
    person = _verified(actor)
    waiting = Authenticator.objects.filter(person=person).first()
    if waiting is None:
        return Authenticator.objects.create(person=person, secret=secrets.token_hex(20))
    if waiting.confirmed_at:
        raise AccountRefused("factor_wrong")
    return waiting


def confirm_authenticator(*, actor: Actor, sign_in: SignIn, entered: str) -> list[str]:
    """Take it into use by its first code; answers new recovery codes, which are shown once. Raises AccountRefused (wrong; counted)."""
    with transaction.atomic():
        person = _verified(actor)
        device = Authenticator.objects.select_for_update().filter(person=person, confirmed_at=None).first()
        locked = device is not None and device.locked_until is not None and device.locked_until > timezone.now()
        right = device is not None and not locked and entered.isdecimal() and accepts(device, entered)
        if right:
            device.confirmed_at, device.sign_in = timezone.now(), sign_in
            device.save(update_fields=["confirmed_at", "sign_in"])
            _tell(actor, person, FACTOR_ADDED, "authenticator")
            return _new_recovery_codes(person)
        if device is not None and not locked:
            count_failure(device)
    raise AccountRefused("factor_locked" if locked else "factor_wrong")


@transaction.atomic
def remove_authenticator(*, actor: Actor) -> None:
    """Done twice it changes nothing."""
    person = _verified(actor)
    if Authenticator.objects.filter(person=person).delete()[0]:
        _tell(actor, person, FACTOR_REMOVED, "authenticator")
    _forget_codes_of_nothing(person)


@transaction.atomic
def add_passkey(*, actor: Actor, sign_in: SignIn, credential: dict, challenge: bytes, origins: list[str], name: str) -> list[str]:
    """Keep the public half of a new passkey; answers new recovery codes where it is the first second factor.

    Raises AccountRefused (not made for this challenge, on our pages and by its holder's gesture; known already; too many).
    """
    person = _verified(actor)
    if person.passkeys.count() >= MOST_PASSKEYS:
        raise AccountRefused("passkeys_too_many")
    try:
        made = verify_registration_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=settings.PASSKEY_RP_ID,
            expected_origin=origins,
            require_user_verification=True,
        )
        transports = [str(one) for one in credential["response"].get("transports") or () if one in _TRANSPORTS]
    except REFUSED:
        raise AccountRefused("passkey_refused") from None
    credential_id = bytes_to_base64url(made.credential_id)
    if len(credential_id) > LONGEST_ID or Passkey.objects.filter(credential_id=credential_id).exists():
        raise AccountRefused("passkey_refused")
    first = not has_second_factor(person)
    passkey = Passkey.objects.create(
        person=person,
        sign_in=sign_in,
        credential_id=credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        transports=transports,
        name=name,
    )
    _tell(actor, person, FACTOR_ADDED, "passkey", passkey=str(passkey.pk))
    return _new_recovery_codes(person) if first else []


@transaction.atomic
def remove_passkey(*, actor: Actor, passkey_id: UUID) -> None:
    """Raises Passkey.DoesNotExist (not theirs, or gone)."""
    person = _verified(actor)
    Passkey.objects.get(pk=passkey_id, person=person).delete()
    _tell(actor, person, FACTOR_REMOVED, "passkey", passkey=str(passkey_id))
    _forget_codes_of_nothing(person)


@transaction.atomic
def renew_recovery_codes(*, actor: Actor) -> list[str]:
    """New ones in the place of the old. Raises AccountRefused where there is no second factor to recover from."""
    person = _verified(actor)
    if not has_second_factor(person):
        raise AccountRefused("factor_wrong")
    return _new_recovery_codes(person)


@transaction.atomic
def remove_all_factors(*, actor: Actor, person_id: UUID, reason: str) -> None:
    """For a person who lost them and showed their document at the desk: the next sign-in asks for the ID number beside the code."""
    person = lock_person(person_id)
    Passkey.objects.filter(person=person).delete()
    Authenticator.objects.filter(person=person).delete()
    RecoveryCode.objects.filter(person=person).delete()
    record("second_factor.removed", actor=actor, subject=person, person_id=person.pk, reason=reason)
    notify_person(person_id=person.pk, kind=FACTOR_REMOVED)


def provisioning_uri(device: Authenticator, *, account: str) -> str:
    """What the QR code says to the application (the key URI format that authenticator applications share)."""
    secret = b32encode(bytes.fromhex(device.secret)).decode().rstrip("=")
    issuer = quote(settings.OPERATOR_NAME)
    return f"otpauth://totp/{issuer}:{quote(account)}?secret={secret}&issuer={issuer}&digits=6&period=30"


def _verified(actor: Actor) -> Person:
    """The actor's person, locked. A second factor belongs to an account, and that to a verified person (P-REG-4)."""
    person = lock_person(UUID(actor.id))
    if person.verified_at is None:
        raise AccountRefused("factor_needs_account")
    return person


def _tell(actor: Actor, person: Person, kind: str, what: str, **data: str) -> None:
    name = "second_factor.added" if kind == FACTOR_ADDED else "second_factor.removed"
    record(name, actor=actor, subject=person, person_id=person.pk, data={"kind": what, **data})
    notify_person(person_id=person.pk, kind=kind)


def _new_recovery_codes(person: Person) -> list[str]:
    codes = ["".join(secrets.choice(_LETTERS) for _ in range(10)) for _ in range(RECOVERY_CODES)]
    RecoveryCode.objects.filter(person=person).delete()
    RecoveryCode.objects.bulk_create(RecoveryCode(person=person, digest=recovery_digest(person, code)) for code in codes)
    return [f"{code[:5]}-{code[5:]}" for code in codes]


def _forget_codes_of_nothing(person: Person) -> None:
    if not has_second_factor(person):
        RecoveryCode.objects.filter(person=person).delete()
