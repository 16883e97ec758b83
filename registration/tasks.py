"""Thin, idempotent work of this stage."""

from datetime import timedelta
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from realname.outside.errors import SourceRefused, SourceUnavailable
from realname.queue import enqueue, sweeper
from registration.models import DataExport, InboxNotice, PhoneCode, SignInAttempt
from registration.services import erase_face_captures as erasing
from registration.services import expire_applications as expiring
from registration.services import request_phone_code as codes
from registration.services.account import begin_sign_in, end_export, export_data, notify_person

# applications whose faces one task erases: a second's work
FACE_BATCH = 200


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


@shared_task
def look_up_sign_in(attempt_id: str) -> None:
    """Find out whether a number is somebody's, and have a code sent. Delivered twice it is one code."""
    begin_sign_in.look_up_sign_in(attempt_id=UUID(attempt_id))


@shared_task(autoretry_for=(SourceUnavailable,), retry_backoff=2, retry_backoff_max=60, retry_jitter=True, max_retries=6)
def send_notice_message(notice_id: str) -> None:
    """Send the message of a notice. Delivered twice it is one message: the gateway knows the notice's id."""
    notify_person.send_message(notice_id=UUID(notice_id))


@shared_task
def make_export(export_id: str) -> None:
    """Make a copy of somebody's data. Delivered twice it is made once."""
    export_data.make_export(export_id=UUID(export_id))


@sweeper
def resend_account_work() -> int:
    """Sign-ins nobody looked up, notices whose message was not sent, copies nobody is making."""
    since = timezone.now() - timedelta(seconds=settings.RESEND_AFTER)
    now = timezone.now()
    waiting = {
        look_up_sign_in: SignInAttempt.objects.waiting().filter(created_at__lt=since),
        send_notice_message: InboxNotice.objects.untold().filter(created_at__lt=since),
        make_export: DataExport.objects.waiting().filter(requested_at__lt=since).exclude(busy_until__gt=now),
    }
    found = 0
    for task, rows in waiting.items():
        for row_id in list(rows.values_list("pk", flat=True)[:200]):
            enqueue(task, row_id)
            found += 1
    return found


@sweeper
def end_stale_exports() -> int:
    """Copies of personal data that lay ready for too long."""
    return end_export.end_stale_exports()
