"""A person sees one of their numbers in full."""

from uuid import UUID

from django.db import transaction

from realname.access.actor import Actor
from realname.trail import record
from registration.models import Line


@transaction.atomic
def show_number(*, actor: Actor, line_id: UUID) -> str:
    """The number, written down as shown. Raises Line.DoesNotExist (not theirs)."""
    line = Line.objects.get(pk=line_id, person_id=actor.id)
    record("line.number_shown", actor=actor, subject=line, person_id=line.person_id, purpose="own_lookup")
    return line.number
