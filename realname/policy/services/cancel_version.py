"""Stop a scheduled version before it acts."""

from django.db import transaction
from django.utils import timezone

from realname.access.actor import Actor
from realname.trail import record

from ..access import only_compliance
from ..errors import Refused
from ..locks import lock_policy
from ..models import PolicyCancellation, PolicyVersion
from ..selectors import newest
from ..values import forget
from .edit_draft import clean_reason


@transaction.atomic
def cancel_version(*, actor: Actor, number: int, reason: str) -> PolicyCancellation:
    """It will never act. One person may: what acts stays what two agreed to. Only the newest, since others are laid upon it.

    Raises Refused, InvalidValue without a reason, PolicyVersion.DoesNotExist.
    """
    only_compliance(actor)
    lock_policy()
    version = PolicyVersion.objects.get(pk=number)
    if version.acts_from <= timezone.now():
        raise Refused("acts_already")
    if newest().number != number:
        raise Refused("not_newest")
    cancellation = PolicyCancellation.objects.create(version=version, actor_id=actor.id, actor_name=actor.name, reason=clean_reason(reason))
    record("policy.cancelled", actor=actor, subject=version, reason=cancellation.reason)
    forget()
    transaction.on_commit(forget)
    return cancellation
