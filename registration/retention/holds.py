"""What legal holds keep: which of the rows that are due, and what one hold covers."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from registration.errors import HoldRefused
from registration.models import Application, Capture, LegalHold, Line, Person
from registration.retention.base import Act, Rule
from registration.services.erase_face_captures import FACE_KINDS
from registration.states import HoldScope


def held_rows(rule: Rule, rows: QuerySet, at: datetime) -> QuerySet:
    """Those of `rows` that may not be erased.

    A hold of a person holds all of theirs; one of an application or line its rows. Keys can't be destroyed in part: any hold keeps them,
    and so does one of an application or line keep rows that belong to the person alone.
    """
    if not rule.person:
        return rows.none()
    holds = LegalHold.objects.acting(at)
    if rule.act == Act.DESTROY_KEY or not rule.application:
        return rows.filter(**{f"{rule.person}__in": holds.values("person_id")})
    return rows.filter(holds.covers(person=rule.person, application=rule.application))


@dataclass(frozen=True, slots=True)
class Held:
    """What one hold covers by itself, beside the person's key. Photographs: how many are not erased."""

    scope: HoldScope
    applications: list[Application]
    lines: list[Line]
    faces: int
    documents: int


def held_by(hold: LegalHold) -> Held:
    """What this hold covers."""
    scope = HoldScope.LINE if hold.line_id else HoldScope.APPLICATION if hold.application_id else HoldScope.PERSON
    of_one = {HoldScope.LINE: Q(line=hold.line_id), HoldScope.APPLICATION: Q(pk=hold.application_id), HoldScope.PERSON: Q()}[scope]
    applications = list(Application.objects.filter(of_one, person_id=hold.person_id).order_by("created_at"))
    captures = Capture.objects.filter(application__in=applications, file__erased_at__isnull=True)
    faces = captures.filter(kind__in=FACE_KINDS).count()
    lines = list(Line.objects.filter(application__in=applications).order_by("activated_at"))
    return Held(scope, applications, lines, faces, captures.count() - faces)


def hold_scope(*, reference: str, scope: HoldScope) -> dict[str, UUID]:
    """Whose data a hold is to keep, and how much: `person_id` and, for less than all, `application_id` or `line_id`.

    `reference` is an application's, or the whole id of a person, of whom only all can be held. Raises HoldRefused.
    """
    named = reference.strip()
    application = Application.objects.filter(reference=named.upper()).first()
    if application is None:
        if scope != HoldScope.PERSON or not (person_id := _person_named(named)):
            raise HoldRefused("hold_not_found")
        return {"person_id": person_id}
    if scope == HoldScope.PERSON:
        return {"person_id": application.person_id}
    if scope == HoldScope.APPLICATION:
        return {"person_id": application.person_id, "application_id": application.pk}
    line = Line.objects.filter(application=application).first()
    if line is None:
        raise HoldRefused("hold_no_line")
    return {"person_id": line.person_id, "line_id": line.pk}


def _person_named(named: str) -> UUID | None:
    """The person of this id: the one they were merged into, where they were."""
    try:
        found = Person.objects.filter(pk=UUID(named)).values_list("pk", "merged_into_id").first()
    except ValueError:
        return None
    return (found[1] or found[0]) if found else None
