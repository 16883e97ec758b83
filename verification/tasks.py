"""Thin, idempotent work of this stage."""

from datetime import timedelta
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from realname.access.actor import SYSTEM
from realname.queue import enqueue, sweeper
from registration.models import Application, Capture
from registration.states import ApplicationStatus, CaptureStatus
from verification.models import Check, Review
from verification.services import ask_register as register
from verification.services import decide as deciding
from verification.services import end_overdue_checks as overdue
from verification.services import open_checks as opening
from verification.services import read_capture as reading
from verification.services import release_waiting as releasing
from verification.services import run_check as running
from verification.services import send_checks as sending
from verification.services import settle_review as settling
from verification.services import watch_sources as watching
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


@shared_task
def open_inquiries(organisation_id: str) -> None:
    """Have the register asked about an organisation. Does nothing where it was, or is being."""
    register.open_inquiries(actor=SYSTEM, organisation_id=UUID(organisation_id))


@shared_task
def ask_register(inquiry_id: str) -> None:
    """Put one question to the register. Does nothing if it is answered."""
    register.ask(inquiry_id=UUID(inquiry_id))


@sweeper
def resend_inquiries() -> int:
    """Questions to the register that nobody answered yet."""
    left = register.due_inquiries(limit=BATCH)
    for inquiry_id in left:
        enqueue(ask_register, inquiry_id)
    return len(left)


@shared_task
def settle_review(application_id: str) -> None:
    """Open the review of an application that is to be reviewed and has none; close that of one that was withdrawn."""
    settling.settle_review(application_id=UUID(application_id))


@sweeper
def resend_checks() -> int:
    """Checks that are due and that nobody is at work on."""
    return sending.resend_left_behind(limit=BATCH)


@sweeper
def end_overdue_checks() -> int:
    """Checks past their deadline that nobody is at work on."""
    return overdue.end_overdue_checks()


@sweeper
def watch_sources() -> int:
    """Sources that fail or are back: told, and those who wait for one that is back are sent again."""
    return watching.watch_sources() + releasing.release_waiting()


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
    """Captures of unfinished applications that nobody has looked at, or whose looker was killed."""
    now = timezone.now()
    waiting = Capture.objects.current().filter(
        Q(look_until__isnull=True, created_at__lt=now - timedelta(seconds=settings.RESEND_AFTER)) | Q(look_until__lte=now),
        status=CaptureStatus.PENDING,
        application__status__in=ApplicationStatus.editable(),
    )
    left = list(waiting.order_by("created_at").values_list("pk", flat=True)[:BATCH])
    for capture_id in left:
        enqueue(read_capture, capture_id)
    return len(left)


@sweeper
def settle_reviews() -> int:
    """Applications in review without an open review, and open reviews of applications that are not."""
    open_ones = Review.objects.open().values("application_id")
    unopened = Application.objects.filter(status=ApplicationStatus.IN_REVIEW).exclude(pk__in=open_ones).values_list("pk", flat=True)
    unclosed = Review.objects.open().exclude(application__status=ApplicationStatus.IN_REVIEW).values_list("application_id", flat=True)
    left = [*unopened[:BATCH], *unclosed[:BATCH]]
    for application_id in left:
        enqueue(settle_review, application_id)
    return len(left)
