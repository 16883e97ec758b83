"""Is this a second factor of this person? Codes count their failures and are good once; passkeys answer a challenge of their own."""

import hashlib
import hmac
import struct
from datetime import timedelta

from django.conf import settings
from django.utils import timezone
from django_otp.oath import TOTP
from webauthn import base64url_to_bytes, verify_authentication_response
from webauthn.helpers.exceptions import WebAuthnException

from realname import policy
from realname.access.actor import Actor
from realname.trail import record
from registration.errors import AccountRefused
from registration.models import Authenticator, Passkey, Person, RecoveryCode
from registration.policy import CODE_ATTEMPTS, CODE_LOCK
from registration.states import SignInWay

DIGITS = 6
# steps of thirty seconds a clock may be wrong by (RFC 6238, 5.2 recommends one)
TOLERANCE = 1
# characters of base64url: 1023 bytes (WebAuthn Level 3, 6.5.1)
LONGEST_ID = 1400
# all that the library raises at what a browser, or somebody in its place, may send
REFUSED = (WebAuthnException, ValueError, TypeError, KeyError, AttributeError, IndexError, struct.error)


def accept_code(*, person: Person, entered: str) -> SignInWay | AccountRefused:
    """Judge a code of the application (six digits) or a recovery code, with the person locked. A refusal is answered, not raised:
    its count must be committed."""
    device = Authenticator.objects.select_for_update().filter(person=person, confirmed_at__isnull=False).first()
    entered = "".join(entered.split()).upper()
    if device and device.locked_until and device.locked_until > timezone.now():
        return AccountRefused("factor_locked")
    if len(entered) == DIGITS and entered.isdecimal():
        if device and accepts(device, entered):
            return SignInWay.CODE_AND_APP
    elif RecoveryCode.objects.filter(person=person, digest=recovery_digest(person, entered), used_at=None).update(used_at=timezone.now()):
        return SignInWay.CODE_AND_RECOVERY
    if device:
        count_failure(device)
    return AccountRefused("factor_wrong")


def count_failure(device: Authenticator) -> None:
    """A wrong code: after a few the device rests."""
    device.failures += 1
    if device.failures >= policy.value(CODE_ATTEMPTS):
        device.failures, device.locked_until = 0, timezone.now() + timedelta(seconds=policy.value(CODE_LOCK))
    device.save(update_fields=["failures", "locked_until"])


def accepts(device: Authenticator, entered: str) -> bool:
    """Is this the device's code of now, newer than the last accepted one? Then that is noted, so that it is none a second time."""
    otp = TOTP(bytes.fromhex(device.secret))
    otp.time = timezone.now().timestamp()
    if not otp.verify(int(entered), tolerance=TOLERANCE, min_t=device.last_step + 1):
        return False
    device.last_step, device.failures, device.locked_until = otp.t(), 0, None
    device.save(update_fields=["last_step", "failures", "locked_until"])
    return True


def recovery_digest(person: Person, code: str) -> str:
    """A recovery code is fifty random bits: a keyed digest is enough, and nothing to try without the server's key."""
    key = hashlib.sha256(b"recovery-code:" + settings.SECRET_KEY.encode()).digest()
    return hmac.new(key, person.pk.bytes + code.replace("-", "").encode(), hashlib.sha256).hexdigest()


def accept_passkey(
    *, actor: Actor, credential: dict, challenge: bytes, origins: list[str], person: Person | None = None
) -> Passkey | AccountRefused:
    """The passkey that signed this challenge, on our pages, by its holder's gesture; of `person` where one is named.

    Anything else is refused, a sign count that went back (a copied key) among it. A refusal is answered, as above. Call in a transaction.
    """
    known = Passkey.objects.select_for_update(of=("self",)).filter(credential_id=str(credential.get("id", ""))[:LONGEST_ID])
    passkey = (known.filter(person=person) if person else known).first()
    if passkey is None:
        return AccountRefused("passkey_refused")
    try:
        verified = verify_authentication_response(
            credential=credential,
            expected_challenge=challenge,
            expected_rp_id=settings.PASSKEY_RP_ID,
            expected_origin=origins,
            credential_public_key=bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
        _check_user_handle(credential, passkey)
    except REFUSED as error:
        record("account.passkey_refused", actor=actor, subject=passkey, person_id=passkey.person_id, reason=type(error).__name__)
        return AccountRefused("passkey_refused")
    passkey.sign_count, passkey.used_at = verified.new_sign_count, timezone.now()
    passkey.save(update_fields=["sign_count", "used_at"])
    return passkey


def user_handle(person: Person) -> bytes:
    """What an authenticator keeps to know whose passkey it is: the account's random id, which tells nothing."""
    return person.account.pk.bytes


def _check_user_handle(credential: dict, passkey: Passkey) -> None:
    """A discoverable credential says whose it is: that must be its holder."""
    handle = credential["response"].get("userHandle")
    if handle and base64url_to_bytes(handle) != user_handle(passkey.person):
        raise ValueError("user handle")
