"""A person is let into their account; a device that was never seen is told of."""

import hashlib
from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from realname import policy
from realname.access.actor import Actor
from realname.access.network import network_of
from realname.trail import record
from registration.inbox import NEW_DEVICE
from registration.locks import lock_person
from registration.models import Application, Person, SignIn
from registration.policy import ACCOUNT_LIFE
from registration.services.account.notify_person import notify_person
from registration.states import SignInWay


def device_digest(device: str) -> str:
    """What is kept of the device cookie: enough to know it again."""
    return hashlib.sha256(device.encode()).hexdigest()


def open_sign_in(*, actor: Actor, person_id: UUID, way: SignInWay, described: str) -> SignIn:
    """Let the browser of `actor` into the account. Call in the transaction in which the last step was accepted."""
    person = lock_person(person_id)
    now = timezone.now()
    new_device = not _known(person, actor.device)
    sign_in = SignIn.objects.create(
        person=person,
        device=device_digest(actor.device),
        described=described[:60],
        network=network_of(actor.ip),
        way=way,
        new_device=new_device,
        started_at=now,
        seen_at=now,
        expires_at=now + timedelta(seconds=policy.value(ACCOUNT_LIFE)),
    )
    by = Actor(kind="person", id=str(person.pk), name="", device=actor.device, ip=actor.ip)
    record("account.signed_in", actor=by, subject=sign_in, person_id=person.pk, data={"way": way, "new_device": new_device})
    if new_device:
        notify_person(person_id=person.pk, kind=NEW_DEVICE, facts={"device": described})
    return sign_in


def _known(person: Person, device: str) -> bool:
    """Was this device in the account before (and never disowned), or did it make an application that is the person's?"""
    if not device:
        return False
    before = SignIn.objects.filter(person=person, device=device_digest(device)).exclude(end="disowned")
    return before.exists() or Application.objects.filter(person=person, device=device).exists()
