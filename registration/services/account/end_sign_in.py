"""A browser is signed out: by its person, from another device, or because it was somebody else's."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname import policy
from realname.access.actor import Actor
from realname.trail import record
from registration.inbox import GUARDED
from registration.locks import lock_person
from registration.models import Authenticator, DataExport, Passkey, Person, RecoveryCode, SignIn
from registration.policy import ACCOUNT_GUARD
from registration.services.account.end_export import end_export
from registration.services.account.notify_person import notify_person
from registration.states import SignInEnd


@transaction.atomic
def end_sign_in(*, actor: Actor, sign_in_id: UUID, end: SignInEnd) -> None:
    """End one sign-in of the actor's person. Done twice it is one. Raises SignIn.DoesNotExist (not theirs)."""
    sign_in = SignIn.objects.select_for_update(of=("self",)).get(pk=sign_in_id, person_id=actor.id)
    _end(actor, sign_in, end)


@transaction.atomic
def end_all_sign_ins(*, actor: Actor, person_id: UUID, end: SignInEnd) -> int:
    """End every sign-in of a person; answers how many were open."""
    open_ones = SignIn.objects.select_for_update(of=("self",)).filter(person_id=person_id, ended_at=None).order_by("pk")
    return sum(_end(actor, sign_in, end) for sign_in in open_ones)


@transaction.atomic
def disown_sign_in(*, actor: Actor, sign_in_id: UUID) -> Person:
    """ "This wasn't me": everybody is signed out, what was made in that sign-in goes, and for some days nothing that could harm is done.

    The next sign-in asks for more than the code. Raises SignIn.DoesNotExist (not theirs).
    """
    person = lock_person(UUID(actor.id))
    disowned = SignIn.objects.get(pk=sign_in_id, person=person)
    person.guarded_until = timezone.now() + timedelta(hours=policy.value(ACCOUNT_GUARD))
    person.save(update_fields=["guarded_until"])
    end_all_sign_ins(actor=actor, person_id=person.pk, end=SignInEnd.DISOWNED)
    SignIn.objects.filter(pk=disowned.pk).update(end=SignInEnd.DISOWNED)
    removed = _remove_planted(actor, person, disowned)
    for export in DataExport.objects.filter(person=person, ended_at=None):
        end_export(actor=actor, export_id=export.pk, end="disowned")
    record("account.disowned", actor=actor, subject=disowned, person_id=person.pk, data={"factors_removed": removed})
    notify_person(person_id=person.pk, kind=GUARDED)
    return person


def _end(actor: Actor, sign_in: SignIn, end: SignInEnd) -> int:
    if sign_in.ended_at is not None:
        return 0
    sign_in.ended_at, sign_in.end = timezone.now(), end
    sign_in.save(update_fields=["ended_at", "end"])
    record("account.signed_out", actor=actor, subject=sign_in, person_id=sign_in.person_id, reason=end)
    return 1


def _remove_planted(actor: Actor, person: Person, disowned: SignIn) -> int:
    """Keys that an intruder made to come back with; recovery codes may have been read, so they go too."""
    passkeys = Passkey.objects.filter(person=person, sign_in=disowned).delete()[0]
    applications = Authenticator.objects.filter(person=person, sign_in=disowned).delete()[0]
    RecoveryCode.objects.filter(person=person).delete()
    if passkeys + applications:
        record("second_factor.removed", actor=actor, subject=person, person_id=person.pk, reason="disowned")
    return passkeys + applications
