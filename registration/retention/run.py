"""The daily erasure: rule by rule, person by person, each in a short transaction of its own that also counts it."""

from datetime import datetime, timedelta
from uuid import UUID

import structlog
from django.db import transaction
from django.db.models import Min, QuerySet
from django.utils import timezone

from realname import policy
from realname.access.actor import SYSTEM
from realname.trail import SubjectRef, record
from registration.locks import lock_for_erasure, lock_retention_run, one_retention_at_a_time
from registration.models import RetentionRun, RetentionStop
from registration.models.retention_run import CONFIRMED_FOR
from registration.policy import RETENTION_GAP_DAYS
from registration.retention.base import Rule, rule_named, rules
from registration.retention.holds import held_rows

log = structlog.get_logger(__name__)


def run_batch(*, limit: int = 200, only: str = "") -> bool:
    """Go on with today's runs, or begin them, by at most `limit` persons; answers whether there is more to do.

    Does nothing while another process is at it, where the clock went back, or where it waits to be confirmed (`RetentionStop`).
    """
    with one_retention_at_a_time() as mine:
        if not mine or not _opened(timezone.now(), only):
            return False
        waiting = RetentionRun.objects.filter(dry=False, ended_at__isnull=True)
        order = {rule.name: place for place, rule in enumerate(rules())}
        for run in sorted(waiting.filter(rule__in=[only] if only else order), key=lambda run: (run.as_of, order[run.rule])):
            limit -= _go_on(run, rule_named(run.rule), limit)
            if limit <= 0:
                return True
        return False


def dry_run(*, only: str = "") -> list[RetentionRun]:
    """What a run at this moment would find: counts and the oldest of each rule. Changes no data; the report itself is kept."""
    now = timezone.now()
    runs = []
    for rule in rules():
        if only in {"", rule.name}:
            runs.append(RetentionRun(rule=rule.name, dry=True, day=timezone.localdate(now), as_of=now, ended_at=now, **_found(rule, now)))
    return RetentionRun.objects.bulk_create(runs)


def waiting_stop() -> RetentionStop | None:
    """For which nothing is erased now, until compliance says whether the clock is right."""
    return RetentionStop.objects.waiting(timezone.now(), gap=timedelta(days=policy.value(RETENTION_GAP_DAYS))).first()


def _found(rule: Rule, at: datetime) -> dict[str, object]:
    rows = rule.due(at)
    oldest = rows.order_by(rule.since).values_list(rule.since, flat=True).first()
    return {"due": rows.count(), "held": held_rows(rule, rows, at).count(), "oldest": oldest}


def _opened(now: datetime, only: str) -> bool:
    """May runs go on now? Opens today's. A clock that went back, or leapt ahead unconfirmed, opens none and lets none go on."""
    last = RetentionRun.objects.filter(dry=False).order_by("-as_of").values_list("as_of", flat=True).first()
    if last and now < last:
        return False
    if last and now > last + timedelta(days=policy.value(RETENTION_GAP_DAYS)) and not _confirmed(last, now):
        return False
    for rule in rules():
        if only in {"", rule.name}:
            RetentionRun.objects.get_or_create(rule=rule.name, day=timezone.localdate(now), dry=False, defaults={"as_of": now})
    return True


@transaction.atomic
def _confirmed(last: datetime, now: datetime) -> bool:
    """Did somebody say that the clock is right? A confirmation holds a day, and no longer than the clock they saw."""
    stop, found = RetentionStop.objects.get_or_create(last_run=last, defaults={"found_at": now})
    if found:
        record("retention.stopped", actor=SYSTEM, subject=stop, data={"days": (now - last).days})
        log.error("retention_stopped", days=(now - last).days)
    return bool(stop.confirmed_at and stop.confirmed_at <= now < stop.confirmed_at + CONFIRMED_FOR)


def _go_on(run: RetentionRun, rule: Rule, limit: int) -> int:
    """Look at the next persons of the run; answers how many. Fewer than `limit`: the run has ended."""
    if run.cursor is None:
        RetentionRun.objects.filter(pk=run.pk).update(oldest=rule.due(run.as_of).aggregate(oldest=Min(rule.since))["oldest"])
    persons = _persons_due(run, rule)[:limit] if rule.person else []
    for person_id in persons:
        try:
            _erase_of(run, rule, person_id)
        except Exception as error:  # noqa: BLE001 - one person's fault must not keep everybody else's data
            log.error("retention_failed", rule=rule.name, person_id=str(person_id), error=type(error).__name__)
            _failed(run, person_id)
    if len(persons) < limit:
        _end(run, rule)
    return len(persons)


def _persons_due(run: RetentionRun, rule: Rule) -> QuerySet:
    """The ids of those not looked at yet, in order."""
    after = {f"{rule.person}__gt": run.cursor} if run.cursor else {f"{rule.person}__isnull": False}
    return rule.due(run.as_of).filter(**after).order_by(rule.person).values_list(rule.person, flat=True).distinct()


@transaction.atomic
def _erase_of(run: RetentionRun, rule: Rule, person_id: UUID) -> None:
    """All that is due of one person: under their locks, asked anew, without what is held."""
    lock_for_erasure(person_id)
    rows = rule.due(run.as_of).filter(**{rule.person: person_id})
    held = list(held_rows(rule, rows, timezone.now()).values_list("pk", flat=True))
    found = list(rows.values_list("pk", flat=True))
    erased = _erased(rule, [pk for pk in found if pk not in set(held)])
    if erased:
        subject = SubjectRef("retention_run", str(run.pk))
        record("retention.erased", actor=SYSTEM, subject=subject, person_id=person_id, data={"rule": rule.name, "rows": erased})
    _count(run, cursor=person_id, due=len(found), erased=erased, held=len(held))


def _erased(rule: Rule, keys: list[object]) -> int:
    return rule.erase(_rows(rule, keys)) if keys else 0


def _rows(rule: Rule, keys: list[object]) -> QuerySet:
    return rule.due(timezone.now()).model._base_manager.filter(pk__in=keys)


@transaction.atomic
def _failed(run: RetentionRun, person_id: UUID) -> None:
    rows = rule_named(run.rule).due(run.as_of).filter(**{rule_named(run.rule).person: person_id}).count()
    _count(run, cursor=person_id, due=rows, failed=rows)


@transaction.atomic
def _end(run: RetentionRun, rule: Rule) -> None:
    """The rest is nobody's (a number that was tried and is not known): no hold, no lock. Then the run is over."""
    nobodys: list[object] = []
    if rule.person != "pk":
        rows = rule.due(run.as_of)
        nobodys = list((rows.filter(**{f"{rule.person}__isnull": True}) if rule.person else rows).values_list("pk", flat=True))
    erased = _erased(rule, nobodys)
    _count(run, due=len(nobodys), erased=erased, ended_at=timezone.now())
    run.refresh_from_db()
    counts = {"rule": run.rule, "due": run.due, "erased": run.erased, "held": run.held, "failed": run.failed}
    record("retention.run", actor=SYSTEM, subject=run, data=counts)


def _count(run: RetentionRun, *, due: int = 0, erased: int = 0, held: int = 0, failed: int = 0, **fields: object) -> None:
    locked = lock_retention_run(run.pk)
    locked.due, locked.erased = locked.due + due, locked.erased + erased
    locked.held, locked.failed = locked.held + held, locked.failed + failed
    for name, value in fields.items():
        setattr(locked, name, value)
    locked.save()
