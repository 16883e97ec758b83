"""Thin, idempotent work of this stage."""

from datetime import timedelta
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from realname.outside.errors import SourceRefused, SourceUnavailable
from realname.queue import enqueue, sweeper
from registration.models import Capture, PhoneCode
from registration.services import clean_capture as cleaning
from registration.services import erase_face_captures as erasing
from registration.services import expire_applications as expiring
from registration.services import release_number as releasing
from registration.services import request_phone_code as codes
from registration.services import return_numbers as returning
from registration.states import ApplicationStatus

# applications whose faces one task erases: a second's work
FACE_BATCH = 200
# numbers that one task returns into stock: a second's work
NUMBER_BATCH = 500


@shared_task(autoretry_for=(SourceUnavailable,), retry_backoff=1, retry_backoff_max=20, retry_jitter=True, max_retries=6)
def send_phone_code(code_id: str) -> None:
    """Hand a code to the gateway. Delivered twice it is one message: the gateway knows the code's id."""
    try:
        codes.deliver_phone_code(code_id=UUID(code_id))
    except SourceRefused as refusal:
        codes.settle_delivery(code_id=UUID(code_id), sent=False, reason=refusal.__class__.__name__)


@shared_task
def erase_face_captures() -> None:
    """Erase the faces whose time is over (R-35), a batch at a time so that no task grows long."""
    if erasing.erase_face_captures(limit=FACE_BATCH) == FACE_BATCH:
        enqueue(erase_face_captures)


@shared_task
def clean_capture(capture_id: str) -> None:
    """Decode a photograph that nobody has looked at and nobody will: bytes as sent are not kept."""
    cleaning.clean_left_behind(capture_id=UUID(capture_id))


@sweeper
def clean_captures() -> int:
    """Photographs still as they were sent, of applications whose captures are no longer looked at as they come."""
    since = timezone.now() - timedelta(seconds=settings.RESEND_AFTER)
    left = Capture.objects.as_sent().filter(created_at__lt=since).exclude(application__status__in=ApplicationStatus.editable())
    for capture_id in list(left.values_list("pk", flat=True)[:200]):
        enqueue(clean_capture, capture_id)
    return len(left)


@shared_task
def return_numbers() -> None:
    """End the quarantine of the numbers that have rested, a batch at a time so that no task grows long."""
    if returning.return_numbers(limit=NUMBER_BATCH) == NUMBER_BATCH:
        enqueue(return_numbers)


@sweeper
def release_lapsed_numbers() -> int:
    """Numbers reserved for too long, or for an application that is over."""
    return releasing.release_lapsed_numbers()


@sweeper
def resend_codes() -> int:
    """Codes that were to be sent more than ten seconds ago and were not."""
    waiting = PhoneCode.objects.unsent().filter(created_at__lt=timezone.now() - timedelta(seconds=10))
    for code_id in list(waiting.values_list("pk", flat=True)[:200]):
        enqueue(send_phone_code, code_id)
    return len(waiting)


@sweeper
def expire_applications() -> int:
    """Drafts and unanswered resubmissions past their day."""
    return expiring.expire_applications()
