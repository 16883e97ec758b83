"""One check: claim, work, settle. No lock is held while models run or a source is asked."""

import random
import time
import uuid
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from uuid import UUID

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from realname import policy
from realname.access.actor import SYSTEM
from realname.outside import SourceRefused, SourceUnavailable
from realname.queue import enqueue
from realname.trail import record
from registration.models import Application
from registration.selectors import current_captures
from registration.states import ApplicationStatus
from verification.checks.base import Context, Result, failed
from verification.locks import lock_check
from verification.models import Check
from verification.pictures import PictureUnusable
from verification.pipeline import RUNNERS
from verification.policy import CHECK_FAULTS, RETRY_PAUSE, RETRY_PAUSE_MOST
from verification.services.send_checks import is_ready, send_ready_checks
from verification.sources.outcomes import outcome_of_waiting
from verification.sources.policy import WAIT_DAYS, WAIT_OWNER
from verification.states import CheckStatus

log = structlog.get_logger(__name__)


@dataclass(frozen=True)
class Claim:
    """The right to settle a check: only the newest claim's result counts."""

    check: Check
    token: UUID


def run_check(*, check_id: UUID) -> None:
    """Run one check to its end. Does nothing if it has ended, waits for others, or somebody is at work on it."""
    claim = _claim(check_id)
    if claim is None:
        return
    started = time.monotonic()
    try:
        # one version of the policy for the whole check, and it is kept with the result (P-VER-7)
        with policy.hold() as snapshot:
            result = RUNNERS[claim.check.kind].run(_context(claim.check))
    except SourceUnavailable as error:
        _ask_again_later(claim, error)
        return
    except SourceRefused as error:
        result = Result(status=CheckStatus.ERROR, reason="NOT_CHECKED", engine=error.source, findings=[error.reason])
    except PictureUnusable as unusable:
        # handed in before anybody had decoded it
        result = failed("PHOTO_UNUSABLE", engine="decoder", findings=[f"{unusable.kind}:{unusable.code}"])
    except Exception as error:
        log.exception("check_fault", check=str(check_id), kind=claim.check.kind, error=type(error).__name__)
        _give_back(claim)
        return
    spent = round((time.monotonic() - started) * 1000)
    milliseconds = spent if result.milliseconds is None else result.milliseconds
    _settle(claim, result, milliseconds=milliseconds, policy_version=snapshot.number)


@transaction.atomic
def _claim(check_id: UUID) -> Claim | None:
    """Take the check for `CHECK_LEASE` seconds, unless there is nothing to do."""
    check, now = lock_check(check_id), timezone.now()
    if check is None or check.has_ended or (check.status == CheckStatus.RUNNING and check.claimed_until > now):
        return None
    siblings = {each.kind: each for each in Check.objects.filter(application_id=check.application_id, round=check.round)}
    if not is_ready(check, siblings) or check.not_before > now:
        # the message came too early: whoever makes it ready sends it again, or the sweeper does
        Check.objects.filter(pk=check.pk).update(sent_at=None)
        return None
    application = check.application
    if application.status != ApplicationStatus.VERIFYING or application.round != check.round:
        # withdrawn meanwhile: nobody is asked about a person who took it back
        write_result(check, Result(status=CheckStatus.ERROR, reason="NOT_CHECKED", findings=["application_closed"]), milliseconds=None)
        return None
    # an attempt that never came back (killed worker) or ended in a fault of ours counts
    if check.faults >= policy.value(CHECK_FAULTS):
        write_result(check, Result(status=CheckStatus.ERROR, reason="NOT_CHECKED", findings=["too_many_faults"]), milliseconds=None)
        return None
    check.move(to=CheckStatus.RUNNING)
    check.claim = uuid.uuid4()
    check.claimed_until = now + timedelta(seconds=settings.CHECK_LEASE)
    check.started_at = check.started_at or now
    check.attempts += 1
    # taken back when the attempt comes back with an answer: what stays counts the attempts that died
    check.faults += 1
    check.save(update_fields=["status", "claim", "claimed_until", "started_at", "attempts", "faults"])
    return Claim(check=check, token=check.claim)


def _context(check: Check) -> Context:
    application = Application.objects.get(pk=check.application_id)
    before = {each.kind: each for each in Check.objects.filter(application_id=check.application_id, round=check.round)}
    return Context(check=check, application=application, captures=current_captures(application), before=before)


def _ask_again_later(claim: Claim, error: SourceUnavailable) -> None:
    """Nobody answered: wait and ask again, until the deadline passes. Never counted against anybody (P-VER-6)."""
    with transaction.atomic():
        check = _still_ours(claim)
        if check is None:
            return
        now = timezone.now()
        check.faults -= 1
        check.waiting_reason, check.tried_at = error.reason, now
        if check.waiting_since is None:
            _begin_to_wait(check, error)
        elif now >= check.deadline_at:
            write_result(check, unanswered(error.reason), milliseconds=None)
            return
        pause = min(policy.value(RETRY_PAUSE_MOST), policy.value(RETRY_PAUSE) * 2 ** min(check.attempts - 1, 10))
        pause *= random.uniform(0.5, 1.0)  # noqa: S311 - jitter
        check.move(to=CheckStatus.WAITING)
        check.not_before = min(now + timedelta(seconds=pause), check.deadline_at)
        check.sent_at = check.claim = check.claimed_until = None
        check.save()


def _begin_to_wait(check: Check, error: SourceUnavailable) -> None:
    """A visible state with an end and an owner: the deadline is that of waiting from now on, not that of a worker's turn."""
    check.waiting_since = check.tried_at
    check.deadline_at = check.waiting_since + timedelta(days=policy.value(WAIT_DAYS))
    check.owner = policy.value(WAIT_OWNER)
    record(
        "check.waiting",
        actor=SYSTEM,
        subject=check,
        person_id=check.person_id,
        related=check.application,
        reason=error.reason,
        data={"kind": check.kind, "source": error.source, "deadline": check.deadline_at.isoformat(), "owner": check.owner},
    )


def unanswered(reason: str) -> Result:
    """Nobody answered in all the time there was: a reviewer takes over, and it is held against nobody."""
    return Result(status=CheckStatus.ERROR, reason=str(outcome_of_waiting(reason)), findings=[reason])


def _give_back(claim: Claim) -> None:
    """A fault of ours: let the sweeper try again; after CHECK_FAULTS the next claim gives up."""
    with transaction.atomic():
        check = _still_ours(claim)
        if check is not None:
            check.move(to=CheckStatus.PENDING)
            # a machine too busy for it now is so for a while yet: each pause is four times the one before
            pause = policy.value(RETRY_PAUSE) * 4 ** max(check.faults - 1, 0)
            check.not_before = timezone.now() + timedelta(seconds=min(pause, policy.value(RETRY_PAUSE_MOST)))
            check.sent_at = None
            check.save(update_fields=["status", "not_before", "sent_at"])


@transaction.atomic
def _settle(claim: Claim, result: Result, *, milliseconds: int, policy_version: int) -> None:
    check = _still_ours(claim)
    if check is not None:
        check.faults -= 1
        write_result(check, result, milliseconds=milliseconds, policy_version=policy_version)


def _still_ours(claim: Claim) -> Check | None:
    """The check, locked, if nobody has taken it over since."""
    check = lock_check(claim.check.pk)
    return check if check is not None and check.claim == claim.token and check.status == CheckStatus.RUNNING else None


def write_result(check: Check, result: Result, *, milliseconds: int | None, policy_version: int | None = None) -> None:
    """Write what came out, tell it, and send what waited for it. Without `policy_version` nothing was looked at."""
    check.move(to=result.status)
    for field in ("reason", "engine", "engine_version", "threshold", "score", "measures", "findings", "detail", "input_digest"):
        setattr(check, field, getattr(result, field))
    check.milliseconds, check.policy_version = milliseconds, policy_version
    check.ended_at = timezone.now()
    check.claim = check.claimed_until = None
    check.save()
    record(
        "check.completed",
        actor=SYSTEM,
        subject=check,
        person_id=check.person_id,
        related=check.application,
        reason=check.reason,
        data={
            "kind": check.kind,
            "status": check.status,
            "round": check.round,
            "score": check.score,
            "threshold": check.threshold,
            "policy": check.policy_version,
            "engine": check.engine,
            "version": check.engine_version,
            "milliseconds": milliseconds,
            "attempts": check.attempts,
        },
    )
    # after the commit: of two checks that end together, the later one then sees the other ended
    transaction.on_commit(partial(advance, application_id=check.application_id, round_=check.round), robust=True)


def advance(*, application_id: UUID, round_: int) -> None:
    """Send what waited for an ended check; where all have ended, have the round decided."""
    if Check.objects.open().filter(application_id=application_id, round=round_).exists():
        send_ready_checks(application_id=application_id, round_=round_)
    else:
        from verification.tasks import decide

        enqueue(decide, application_id)
