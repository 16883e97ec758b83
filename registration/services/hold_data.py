"""Compliance places a legal hold; another compliance officer lifts it. Both keep the erasure out while they act."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname.access.actor import Actor
from realname.access.models import Role
from realname.trail import record
from realname.vault.erase import is_erased
from registration.errors import HoldRefused
from registration.locks import lock_for_erasure, lock_hold, lock_retention_stop
from registration.models import Application, LegalHold, Line, Person, RetentionStop
from registration.retention.stops import CONFIRMED, REFUSED


@transaction.atomic
def place_hold(
    *,
    actor: Actor,
    person_id: UUID,
    reason: str,
    authority_reference: str,
    application_id: UUID | None = None,
    line_id: UUID | None = None,
    until: datetime | None = None,
) -> LegalHold:
    """Hold all of a person, or one application or line of theirs.

    Raises HoldRefused (not compliance, no reason or reference, over already, nothing left to hold), DoesNotExist (no such person,
    or not theirs).
    """
    _require_compliance(actor)
    if not reason.strip() or not authority_reference.strip():
        raise HoldRefused("hold_incomplete")
    if until and until <= timezone.now():
        raise HoldRefused("hold_over")
    person = lock_for_erasure(person_id)
    if person is None:
        raise Person.DoesNotExist
    if is_erased(person.pk):
        raise HoldRefused("hold_nothing_left")
    hold = LegalHold.objects.create(
        person=person,
        application=Application.objects.get(pk=application_id, person=person) if application_id else None,
        line=Line.objects.get(pk=line_id, person=person) if line_id else None,
        reason=reason.strip(),
        authority_reference=authority_reference.strip(),
        until=until,
        placed_by_id=actor.id,
        placed_by_name=actor.name,
    )
    record("legal_hold.placed", actor=actor, subject=hold, person_id=person.pk)
    return hold


@transaction.atomic
def lift_hold(*, actor: Actor, hold_id: UUID, reason: str) -> LegalHold:
    """Lift it. Done twice it is once. Raises HoldRefused (not compliance, no reason, or who placed it), LegalHold.DoesNotExist."""
    _require_compliance(actor)
    _require_reason(reason)
    hold = lock_hold(hold_id)
    if hold.placed_by_id == actor.id:
        raise HoldRefused("hold_second_person")
    if hold.lifted_at is None:
        hold.lifted_at, hold.lifted_by_id, hold.lifted_by_name = timezone.now(), actor.id, actor.name
        hold.lift_reason = reason.strip()
        hold.save(update_fields=["lifted_at", "lifted_by_id", "lifted_by_name", "lift_reason"])
        record("legal_hold.lifted", actor=actor, subject=hold, person_id=hold.person_id)
    return hold


@transaction.atomic
def confirm_clock(*, actor: Actor, stop_id: UUID, reason: str) -> RetentionStop:
    """Say that the clock is right: the erasure goes on for a day, and by itself from then on.

    Raises HoldRefused (not compliance, no reason), RetentionStop.DoesNotExist.
    """
    return _answer(actor, stop_id, CONFIRMED, reason, confirmed_at=timezone.now())


@transaction.atomic
def refuse_clock(*, actor: Actor, stop_id: UUID, reason: str) -> RetentionStop:
    """Say that the clock is wrong: nothing is erased until it is right again, or confirmed. Takes a confirmation back.

    Raises HoldRefused (not compliance, no reason), RetentionStop.DoesNotExist.
    """
    return _answer(actor, stop_id, REFUSED, reason, confirmed_at=None)


def _answer(actor: Actor, stop_id: UUID, event: str, reason: str, *, confirmed_at: datetime | None) -> RetentionStop:
    _require_compliance(actor)
    _require_reason(reason)
    stop = lock_retention_stop(stop_id)
    stop.confirmed_at = confirmed_at
    stop.save(update_fields=["confirmed_at"])
    record(event, actor=actor, subject=stop, reason=reason.strip())
    return stop


def _require_compliance(actor: Actor) -> None:
    if actor.role != Role.COMPLIANCE:
        raise HoldRefused("hold_not_allowed")


def _require_reason(reason: str) -> None:
    if not reason.strip():
        raise HoldRefused("hold_reason_missing")
