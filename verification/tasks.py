"""Thin, idempotent work of this stage."""

from datetime import timedelta
from uuid import UUID

from celery import shared_task
from django.utils import timezone

from realname.queue import enqueue, sweeper
from registration.models import Application, Capture
from registration.states import ApplicationStatus, CaptureStatus
from verification.models import Check
from verification.pipeline import RUNNERS
from verification.services import decide as deciding
from verification.services import open_checks as opening
from verification.services import read_capture as reading
from verification.services import run_check as running
from verification.states import CheckStatus

# how many of each kind one sweep sends again
BATCH = 500


@shared_task
def read_capture(capture_id: str) -> None:
    """Look at a capture while the person is there. Does nothing if it was looked at."""
    reading.read_capture(capture_id=UUID(capture_id))


@shared_task
def open_checks(application_id: str) -> None:
    """Open the checks of a submitted application. Does nothing if they are open."""
    opening.open_checks(application_id=UUID(application_id))


@shared_task
def run_check(check_id: str) -> None:
    """Run one check. Does nothing if it has ended: safe to deliver twice."""
    running.run_check(check_id=UUID(check_id))


@shared_task
def decide(application_id: str) -> None:
    """Decide a round whose checks have ended. Does nothing if it was decided."""
    deciding.decide(application_id=UUID(application_id))


@sweeper
def resend_checks() -> int:
    """Checks that are due and that nobody is at work on."""
    left = list(Check.objects.left_behind().order_by("not_before").values_list("pk", "kind")[:BATCH])
    for check_id, kind in left:
        enqueue(run_check, check_id, queue=RUNNERS[kind].queue)
    return len(left)


@sweeper
def resend_decisions() -> int:
    """Applications in verification whose checks have all ended."""
    verifying = Application.objects.filter(status=ApplicationStatus.VERIFYING)
    open_ones = Check.objects.exclude(status__in=CheckStatus.ended()).values("application_id")
    left = list(verifying.exclude(pk__in=open_ones).values_list("pk", flat=True)[:BATCH])
    for application_id in left:
        enqueue(decide, application_id)
    return len(left)


@sweeper
def reopen_submitted() -> int:
    """Applications that were submitted and whose event nobody has acted on."""
    since = timezone.now() - timedelta(seconds=5)
    left = list(Application.objects.filter(status=ApplicationStatus.SUBMITTED, submitted_at__lt=since).values_list("pk", flat=True)[:BATCH])
    for application_id in left:
        enqueue(open_checks, application_id)
    return len(left)


@sweeper
def reread_captures() -> int:
    """Captures that nobody has looked at for five seconds."""
    since = timezone.now() - timedelta(seconds=5)
    waiting = Capture.objects.current().filter(status=CaptureStatus.PENDING, created_at__lt=since)
    left = list(waiting.values_list("pk", flat=True)[:BATCH])
    for capture_id in left:
        enqueue(read_capture, capture_id)
    return len(left)
