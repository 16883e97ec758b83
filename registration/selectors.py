"""Questions of this stage."""

from datetime import timedelta

from django.db.models import Sum
from django.utils import timezone

from realname import policy
from registration.models import Application, Capture, Line, PhoneCode
from registration.policy import CAPTURE_TRIES, CODE_ATTEMPTS, CODE_LOCK
from registration.states import CaptureKind, CaptureStatus, StatementWay


def codes_locked(phone_index: str) -> bool:
    """Were too many wrong codes entered for this number lately, over all its codes?"""
    since = timezone.now() - timedelta(seconds=policy.value(CODE_LOCK))
    guesses = PhoneCode.objects.filter(phone_index=phone_index, created_at__gt=since).aggregate(total=Sum("attempts"))["total"] or 0
    return guesses >= policy.value(CODE_ATTEMPTS)


def needed_captures(application: Application) -> tuple[CaptureKind, ...]:
    """What this application must show, by its way of verification (R-33)."""
    documents = (CaptureKind.DOCUMENT_FRONT, CaptureKind.DOCUMENT_BACK)
    if not application.face_free:
        return (*documents, CaptureKind.SELFIE)
    return (*documents, CaptureKind.STATEMENT) if application.statement_way == StatementWay.VIDEO else documents


def current_captures(application: Application) -> dict[str, Capture]:
    """The current captures by kind."""
    return {capture.kind: capture for capture in application.captures.current()}


def usable(capture: Capture) -> bool:
    """May this capture be submitted? A rejected one may after several tries: then a reviewer looks, and nobody is stuck (P-REG-7)."""
    if capture.status != CaptureStatus.REJECTED:
        return True
    rejected = Capture.objects.filter(application_id=capture.application_id, kind=capture.kind, status=CaptureStatus.REJECTED)
    # each round of asking begins anew
    if decided_at := capture.application.decided_at:
        rejected = rejected.filter(created_at__gt=decided_at)
    return rejected.count() >= policy.value(CAPTURE_TRIES)


def missing_parts(application: Application) -> list[str]:
    """What must be done before submission, in the order of the pages: consent, phone, capture kinds, details."""
    missing = []
    if not application.phone_proven_at:
        missing.append("phone")
    captures = current_captures(application)
    for kind in needed_captures(application):
        capture = captures.get(kind)
        asked_again = (
            kind in application.items_to_resubmit and capture and capture.created_at <= (application.decided_at or capture.created_at)
        )
        if capture is None or not usable(capture) or asked_again:
            missing.append(str(kind))
    if not application.details_entered_at or "details" in application.items_to_resubmit and not _details_renewed(application):
        missing.append("details")
    return missing


def _details_renewed(application: Application) -> bool:
    return bool(application.decided_at and application.details_entered_at > application.decided_at)


def number_is_taken(application: Application) -> bool:
    """Is its number a live line, or in another application on its way (P-REG-5)?"""
    others = Application.objects.open().filter(phone_index=application.phone_index).exclude(pk=application.pk)
    live = Line.objects.held().filter(number_index=application.phone_index).exclude(application=application)
    return live.exists() or others.exists()


def lines_held(person_id) -> int:
    """How many lines count against this person's limit (R-13)."""
    return Line.objects.held().filter(person_id=person_id).count()


def lines_held_by_identity(id_number_index: str) -> int:
    """How many lines the holder of this identity number has, known by its blind index."""
    return Line.objects.held().filter(person__id_number_index=id_number_index).count()
