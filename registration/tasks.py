"""Thin, idempotent work of this stage."""

from datetime import timedelta
from uuid import UUID

from celery import shared_task
from django.conf import settings
from django.utils import timezone

from realname.queue import enqueue, sweeper
from registration.gateways.routes import GATEWAYS
from registration.models import BulkImport, Capture, DataExport, Delivery, SignInAttempt
from registration.retention import run as retention
from registration.services import api_access as api
from registration.services import clean_capture as cleaning
from registration.services import erase_face_captures as erasing
from registration.services import expire_applications as expiring
from registration.services import file_faces as filing
from registration.services import hand_over as handing
from registration.services import note_receipt as receipts
from registration.services import release_number as releasing
from registration.services import return_numbers as returning
from registration.services import tell_code as telling
from registration.services.account import begin_sign_in, end_export, export_data
from registration.services.account import call_to_sign_in as calling
from registration.services.account import freeze_person as freezing
from registration.services.bulk import forget as forgetting_rows
from registration.services.bulk import work_through as bulk
from registration.states import ApplicationStatus

# applications whose faces one task erases: a second's work
FACE_BATCH = 200
# persons of whom one task erases what is due: some ten seconds' work
RETENTION_BATCH = 200
# numbers that one task returns into stock: a second's work
NUMBER_BATCH = 500


@shared_task
def hand_over(*delivery_ids: str) -> None:
    """Hand messages to their gateway. Delivered twice each is one message; what failed or was not reached the sweeper sends again."""
    for delivery_id in delivery_ids:
        handing.hand_over(delivery_id=UUID(delivery_id))


@shared_task
def erase_face_captures() -> None:
    """Erase the faces whose time is over (R-35), a batch at a time so that no task grows long; then see whether those left are to be
    filed (R-36)."""
    if erasing.erase_face_captures(limit=FACE_BATCH) == FACE_BATCH:
        enqueue(erase_face_captures)
    else:
        filing.open_filing()


@shared_task
def run_retention() -> None:
    """Erase what is due today (R-06, R-28), a batch at a time; killed, delayed or doubled it goes on where it was."""
    if retention.run_batch(limit=RETENTION_BATCH):
        enqueue(run_retention)


@shared_task
def freeze_ended_services() -> None:
    """Freeze people whose service has ended (R-28), a batch at a time; who ended their last line is frozen with it already."""
    if freezing.freeze_ended_services(limit=RETENTION_BATCH) == RETENTION_BATCH:
        enqueue(freeze_ended_services)


@shared_task
def clean_capture(capture_id: str) -> None:
    """Decode a photograph that nobody has looked at and nobody will: bytes as sent are not kept."""
    cleaning.clean_left_behind(capture_id=UUID(capture_id))


@sweeper
def clean_captures() -> int:
    """Photographs still as they were sent, of applications whose captures are no longer looked at as they come."""
    since = timezone.now() - timedelta(seconds=settings.RESEND_AFTER)
    left = Capture.objects.as_sent().filter(created_at__lt=since).exclude(application__status__in=ApplicationStatus.editable())
    waiting = list(left.values_list("pk", flat=True)[:200])
    for capture_id in waiting:
        enqueue(clean_capture, capture_id)
    return len(waiting)


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
def hand_over_due() -> int:
    """Messages whose task was lost, or whose next attempt is due. Those of a process of its own are found by that."""
    due = Delivery.objects.due().filter(gateway__in=[gateway.name for gateway in GATEWAYS.values() if not gateway.in_own_process])
    waiting = list(due.filter(not_before__lt=timezone.now() - timedelta(seconds=1)).values_list("pk", flat=True)[:200])
    for delivery_id in waiting:
        enqueue(hand_over, delivery_id)
    return len(waiting)


@sweeper
def recover_lost_deliveries() -> int:
    """Messages a dead process had claimed, and those that waited too long for their gateway."""
    return handing.recover_lost() + handing.give_up_waiting()


@sweeper
def call_for_silent_codes() -> int:
    """Codes of whose text message nobody has heard."""
    return telling.call_for_silent()


@sweeper
def forget_early_receipts() -> int:
    """Receipts that belong to nothing."""
    return receipts.forget_early_receipts()


@sweeper
def expire_applications() -> int:
    """Drafts and unanswered resubmissions past their day."""
    return expiring.expire_applications()


@shared_task
def look_up_sign_in(attempt_id: str) -> None:
    """Find out whether a number is somebody's, and have a code sent. Delivered twice it is one code."""
    begin_sign_in.look_up_sign_in(attempt_id=UUID(attempt_id))


@shared_task
def call_to_sign_in(attempt_id: str) -> None:
    """Call with a sign-in code, where there is one. Delivered twice it is one call."""
    calling.call_to_sign_in(attempt_id=UUID(attempt_id))


@shared_task
def make_export(export_id: str) -> None:
    """Make a copy of somebody's data. Delivered twice it is made once."""
    export_data.make_export(export_id=UUID(export_id))


@sweeper
def resend_account_work() -> int:
    """Sign-ins nobody looked up or called, copies nobody is making."""
    since = timezone.now() - timedelta(seconds=settings.RESEND_AFTER)
    now = timezone.now()
    waiting = {
        look_up_sign_in: SignInAttempt.objects.waiting().filter(created_at__lt=since),
        call_to_sign_in: SignInAttempt.objects.to_be_called().filter(call_asked_at__lt=since),
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


@sweeper
def forget_api_leftovers() -> int:
    """Accesses and kept answers of apps whose time is over, and their tokens."""
    return api.forget_leftovers()


@shared_task
def work_bulk_import(import_id: str) -> None:
    """Work through some rows of a list of people, and send for the next ones."""
    if bulk.work_through(import_id=UUID(import_id)):
        enqueue(work_bulk_import, import_id)


@sweeper
def resend_bulk_imports() -> int:
    """Lists that nobody is at any more."""
    since = timezone.now() - timedelta(seconds=settings.RESEND_AFTER)
    waiting = list(BulkImport.objects.under_way().filter(touched_at__lt=since).values_list("pk", flat=True)[:200])
    for import_id in waiting:
        enqueue(work_bulk_import, import_id)
    return len(waiting)


@sweeper
def forget_bulk_leftovers() -> int:
    """Lists nobody confirmed, invitations nobody answered."""
    return forgetting_rows.forget_what_is_over()
