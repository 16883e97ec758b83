"""Questions of this stage."""

from datetime import datetime, timedelta
from uuid import UUID

from django.utils import timezone

from changes.kinds import KINDS
from changes.models import ChangeRequest
from changes.states import ChangeKind, ChangeStatus
from realname import policy
from realname.ids import phone as phones
from realname.vault.blind_index import blind_index
from registration.models import Line, Person


def subscriber_by_number(text: str) -> Person | None:
    """The verified person who holds this number as a line. Raises InvalidPhone."""
    index = blind_index("phone", phones.parse(text).number)
    line = Line.objects.held().select_related("person").filter(number_index=index, person__verified_at__isnull=False).first()
    return line.person if line else None


def changed_recently(person_id: UUID, kind: ChangeKind) -> bool:
    """Was this applied within the interval that policy asks for?"""
    since = timezone.now() - timedelta(days=policy.value(KINDS[kind].interval))
    return ChangeRequest.objects.filter(person_id=person_id, kind=kind, status=ChangeStatus.APPLIED, ended_at__gt=since).exists()


def approvals_missing(change: ChangeRequest) -> int:
    """How many people must still agree."""
    return max(0, policy.value(KINDS[change.kind].approvals) - change.approvals.count())


def value_as_of(person: Person, kind: ChangeKind, at: datetime) -> str | None:
    """What the record said at a moment, by the applied changes alone (P-CHG-4): they are the history."""
    applied = ChangeRequest.objects.filter(person_id=person.pk, kind=kind, status=ChangeStatus.APPLIED)
    if earlier := applied.filter(ended_at__lte=at).order_by("-ended_at").first():
        return earlier.after
    later = applied.filter(ended_at__gt=at).order_by("ended_at").first()
    return later.before if later else KINDS[kind].current(person)
