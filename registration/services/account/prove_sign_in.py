"""The steps of a sign-in: the code; where the number leaves a doubt the end of the ID number; a second factor where there is one."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from django.utils.crypto import constant_time_compare

from realname import policy
from realname.access.actor import Actor
from realname.trail import record
from registration.account_selectors import attempts_from, guarded, has_second_factor, holders_of, identity_lock, wrong_codes_lock
from registration.errors import AccountRefused, CodeRefused, RegistrationError
from registration.locks import lock_attempt, lock_number, lock_person
from registration.models import Person, SignIn, SignInAttempt
from registration.policy import CODE_LIFE
from registration.services.account.check_factor import accept_code, accept_passkey
from registration.services.account.open_sign_in import open_sign_in
from registration.services.resume_application import ASKED_CHARACTERS
from registration.services.sign_in_code import prove_sign_in_code as prove_code
from registration.states import SignInWay

# what the page asks for next; "" where nothing is missing
Step = str
CODE, IDENTITY, FACTOR, DONE = "code", "identity", "factor", ""


def next_step(attempt: SignInAttempt) -> Step:
    """What is still missing."""
    if attempt.proven_at is None:
        return CODE
    if attempt.person is None or attempt.identified_at is None and not has_second_factor(attempt.person):
        return IDENTITY
    return FACTOR if has_second_factor(attempt.person) else DONE


def prove_sign_in_code(*, actor: Actor, attempt_id: UUID, entered: str) -> SignInAttempt:
    """Accept the code. Raises CodeRefused (wrong, also where the number is nobody's; used, expired, locked); a guess is counted."""
    return _outliving(lambda: _judge_code(actor, attempt_id, entered))


def prove_sign_in_identity(*, actor: Actor, attempt_id: UUID, entered: str) -> SignInAttempt:
    """Accept the last six characters of the ID number: they tell whose account it is. Raises AccountRefused (wrong, locked, over)."""
    return _outliving(lambda: _judge_identity(actor, attempt_id, entered))


def prove_sign_in_factor(*, actor: Actor, attempt_id: UUID, entered: str) -> SignInWay:
    """Accept a code of the authenticator application, or a recovery code; answers which it was. Raises AccountRefused."""
    return _outliving(lambda: _judge_factor(actor, attempt_id, entered))


def prove_sign_in_passkey(*, actor: Actor, attempt_id: UUID, credential: dict, challenge: bytes, origins: list[str]) -> SignInWay:
    """Accept a passkey of this person. Raises AccountRefused."""
    return _outliving(lambda: _judge_passkey(actor, attempt_id, credential, challenge, origins))


def sign_in_by_passkey(*, actor: Actor, credential: dict, challenge: bytes, origins: list[str], described: str) -> SignIn:
    """Let in who has a passkey and unlocked it: that is two factors in one. Raises AccountRefused."""
    return _outliving(lambda: _open_by_passkey(actor, credential, challenge, origins, described))


@transaction.atomic
def finish_sign_in(*, actor: Actor, attempt_id: UUID, described: str, way: SignInWay | None = None) -> SignIn:
    """Let the person in; `way` names the second factor that was accepted.

    Raises AccountRefused where a step is missing, or a second time.
    """
    attempt = lock_attempt(attempt_id)
    missing = next_step(attempt)
    if _over(attempt) or missing not in ({DONE, FACTOR} if way else {DONE}):
        raise AccountRefused("sign_in_over")
    attempt.ended_at = timezone.now()
    attempt.save(update_fields=["ended_at"])
    plain = SignInWay.CODE if attempt.identity_attempts == 0 and _sure(attempt) else SignInWay.CODE_AND_IDENTITY
    return open_sign_in(actor=actor, person_id=attempt.person_id, way=way or plain, described=described)


def _judge_code(actor: Actor, attempt_id: UUID, entered: str) -> SignInAttempt | RegistrationError:
    attempt = lock_attempt(attempt_id)
    lock_number(attempt.phone_index)
    refusal = _refusal_of_attempt(attempt)
    if not refusal:
        try:
            # what was never sent can not be entered: the same work, and the same answer as for a wrong code
            refusal = "" if attempt.code_id and prove_code(actor=actor, code_id=attempt.code_id, entered=entered) else "code_wrong"
        except CodeRefused as refused:
            refusal = refused.code
    holders = holders_of(attempt.phone_index)
    if not refusal and not holders.persons:
        refusal = "code_wrong"
    if refusal:
        attempt.attempts += refusal == "code_wrong"
        attempt.save(update_fields=["attempts"])
        record("account.sign_in_refused", actor=actor, subject=attempt, reason=refusal)
        return CodeRefused(refusal)
    now = timezone.now()
    attempt.proven_at = now
    # the steps that follow have a while of their own
    attempt.expires_at = now + timedelta(seconds=policy.value(CODE_LIFE))
    if len(holders.persons) == 1:
        attempt.person = holders.persons[0]
        attempt.identified_at = now if holders.sure and not guarded(attempt.person) else None
    attempt.save(update_fields=["proven_at", "expires_at", "person", "identified_at"])
    return attempt


def _refusal_of_attempt(attempt: SignInAttempt) -> str:
    """Why no code is looked at, or nothing: of the attempt alone, so that it is the same where the number is nobody's."""
    if wrong_codes_lock(attempt.phone_index, attempts_from(device=attempt.device, network=attempt.network)):
        return "code_locked"
    if attempt.proven_at or attempt.ended_at:
        return "code_used"
    return "code_expired" if _over(attempt) else ""


def _judge_identity(actor: Actor, attempt_id: UUID, entered: str) -> SignInAttempt | RegistrationError:
    attempt = lock_attempt(attempt_id)
    lock_number(attempt.phone_index)
    if _over(attempt) or attempt.proven_at is None:
        return AccountRefused("sign_in_over")
    if identity_lock(attempt.phone_index):
        return AccountRefused("identity_locked")
    meant = [person for person in holders_of(attempt.phone_index).persons if _ends_with(person, entered)]
    # two people of one number whose ID numbers end alike are for a shop to tell apart
    if len(meant) != 1:
        attempt.identity_attempts += 1
        attempt.save(update_fields=["identity_attempts"])
        record("account.sign_in_refused", actor=actor, subject=attempt, reason="identity_wrong")
        return AccountRefused("identity_wrong")
    attempt.person, attempt.identified_at = meant[0], timezone.now()
    attempt.save(update_fields=["person", "identified_at"])
    return attempt


def _judge_factor(actor: Actor, attempt_id: UUID, entered: str) -> SignInWay | RegistrationError:
    attempt = lock_attempt(attempt_id)
    if _over(attempt) or attempt.proven_at is None or attempt.person is None:
        return AccountRefused("sign_in_over")
    accepted = accept_code(person=lock_person(attempt.person_id), entered=entered)
    if isinstance(accepted, AccountRefused):
        record("account.sign_in_refused", actor=actor, subject=attempt, person_id=attempt.person_id, reason=accepted.code)
    return accepted


def _judge_passkey(actor: Actor, attempt_id: UUID, credential: dict, challenge: bytes, origins: list[str]) -> SignInWay | RegistrationError:
    attempt = lock_attempt(attempt_id)
    if _over(attempt) or attempt.proven_at is None or attempt.person is None:
        return AccountRefused("sign_in_over")
    accepted = accept_passkey(actor=actor, credential=credential, challenge=challenge, origins=origins, person=attempt.person)
    return accepted if isinstance(accepted, AccountRefused) else SignInWay.CODE_AND_PASSKEY


def _open_by_passkey(actor: Actor, credential: dict, challenge: bytes, origins: list[str], described: str) -> SignIn | RegistrationError:
    accepted = accept_passkey(actor=actor, credential=credential, challenge=challenge, origins=origins)
    if isinstance(accepted, AccountRefused):
        return accepted
    return open_sign_in(actor=actor, person_id=accepted.person_id, way=SignInWay.PASSKEY, described=described)


def _outliving(judge):  # noqa: ANN001, ANN202 - what comes out is what went in
    """What is counted must outlive the refusal: raise it outside the transaction."""
    with transaction.atomic():
        outcome = judge()
    if isinstance(outcome, RegistrationError):
        raise outcome
    return outcome


def _over(attempt: SignInAttempt) -> bool:
    return attempt.ended_at is not None or attempt.expires_at <= timezone.now()


def _sure(attempt: SignInAttempt) -> bool:
    return holders_of(attempt.phone_index).sure


def _ends_with(person: Person, entered: str) -> bool:
    """Does the ID number of the person, or of their application where they are not verified yet, end so?"""
    number = person.id_number
    if number is None:
        applied = person.applications.filter(details_entered_at__isnull=False).order_by("-created_at").first()
        number = applied.id_number if applied else ""
    return bool(number) and constant_time_compare(number[-ASKED_CHARACTERS:].upper(), entered.strip().upper())
