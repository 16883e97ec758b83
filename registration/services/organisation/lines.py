"""What a clerk sees and ends of the lines of their organisation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import F

from realname.access.actor import Actor
from realname.masking import mask_name, mask_phone
from realname.trail import record
from realname.vault.errors import KeyErased
from registration.errors import OrganisationRefused
from registration.models import Application, Line, Organisation
from registration.services.organisation.register_organisation import require_clerk
from registration.services.terminate_line import terminate_line
from registration.states import EndReason, LineStatus

PAGE = 50


@dataclass(frozen=True, slots=True)
class LineShown:
    """A line, masked. `promised`: an application that takes it over is on its way."""

    id: UUID
    number: str
    user: str
    status: LineStatus
    since: datetime
    until: datetime | None
    reason: str
    held: bool
    promised: bool


@transaction.atomic
def show_lines(*, actor: Actor, organisation: Organisation, page: int) -> tuple[list[LineShown], bool]:
    """A page of its lines, those in use first, the newest first; whether there are more. That they were shown stands in the trail."""
    lines = organisation.lines.select_related("person").order_by(F("ended_at").desc(nulls_first=True), "-activated_at", "pk")
    found = list(lines[page * PAGE : page * PAGE + PAGE + 1])
    promised = _promised(found)
    record("organisation.lines_shown", actor=actor, subject=organisation, data={"page": page, "lines": len(found[:PAGE])})
    return [_shown(line, promised) for line in found[:PAGE]], len(found) > PAGE


@transaction.atomic
def show_line(*, actor: Actor, line: Line) -> tuple[LineShown, list[LineShown]]:
    """A line of an organisation, and all lines of that organisation that had its number, the newest first: who used it when."""
    same = line.organisation.lines.filter(number_index=line.number_index).select_related("person").order_by("-activated_at", "pk")
    record("organisation.lines_shown", actor=actor, subject=line.organisation, related=line, data={"lines": len(same)})
    shown = [_shown(one, _promised(same)) for one in same]
    return next(one for one in shown if one.id == line.pk), shown


def end_line(*, actor: Actor, organisation_id: UUID, line_id: UUID) -> Line:
    """End a line of it; its user is told. Raises OrganisationRefused (not theirs to do, no line of it)."""
    require_clerk(actor)
    if not Line.objects.filter(pk=line_id, organisation_id=organisation_id).exists():
        raise OrganisationRefused("organisation_line")
    return terminate_line(actor=actor, line_id=line_id, reason=EndReason.ORGANISATION)


def _promised(lines: Iterable[Line]) -> set[UUID]:
    """Those that an application on its way takes over."""
    return set(Application.objects.open().filter(takes_over__in=[line.pk for line in lines]).values_list("takes_over_id", flat=True))


def _shown(line: Line, promised: set[UUID]) -> LineShown:
    try:
        number, user = mask_phone(line.number), mask_name(line.person.name)
    except KeyErased:
        number = user = "–"
    return LineShown(
        id=line.pk,
        number=number,
        user=user,
        status=LineStatus(line.status),
        since=line.activated_at,
        until=line.ended_at,
        reason=line.get_end_reason_display(),
        held=line.status in LineStatus.held(),
        promised=line.pk in promised,
    )
