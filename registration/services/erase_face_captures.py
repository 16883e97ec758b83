"""Pictures of a face go when their purpose has ended (R-35): after the time for objections, at once where nothing was decided."""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from realname import policy
from realname.access.actor import SYSTEM, Actor
from realname.trail import record
from realname.vault.files import erase_file
from registration.locks import lock_application
from registration.models import Application, Capture, Challenge, LegalHold
from registration.policy import OBJECTION_DAYS
from registration.states import ApplicationStatus, CaptureKind

# what shows the person; photographs of the card are identity materials and kept as long as the law demands
FACE_KINDS = (CaptureKind.SELFIE, CaptureKind.CHALLENGE, CaptureKind.STATEMENT)
# a decision of these may be objected to; of the others nothing was decided
DECIDED = (ApplicationStatus.ACTIVATED, ApplicationStatus.REJECTED)
UNDECIDED = (ApplicationStatus.WITHDRAWN, ApplicationStatus.EXPIRED)


def erase_face_captures(*, limit: int = 200) -> int:
    """Erase what is due, of at most `limit` applications; answers of how many. Doubled runs are harmless."""
    due = Capture.objects.filter(due_faces("application__"), kind__in=FACE_KINDS, file__erased_at__isnull=True)
    due = due.exclude(_held("application__"))
    applications = list(due.order_by("application_id").values_list("application_id", flat=True).distinct()[:limit])
    return sum(_erase(application_id) for application_id in applications)


def erase_capture(*, actor: Actor, application: Application, capture: Capture, reason: str) -> None:
    """Destroy a capture's file, what was read from it and the course of a film. The row stays, with its digest.

    Call with the application locked.
    """
    capture.superseded_at = capture.superseded_at or timezone.now()
    capture.reading = None
    capture.save(update_fields=["superseded_at", "reading"])
    erase_file(capture.file)
    Challenge.objects.filter(capture=capture).update(course=b"", paces=[])
    record(
        "capture.erased",
        actor=actor,
        subject=application,
        person_id=application.person_id,
        related=capture,
        reason=reason,
        data={"kind": capture.kind},
    )


@transaction.atomic
def _erase(application_id: UUID) -> bool:
    application = lock_application(application_id)
    # again, under the lock: a review may have been demanded meanwhile, or a legal hold placed
    if not Application.objects.filter(due_faces(), pk=application_id).exclude(_held()).exists():
        return False
    reason = "objection_time_over" if application.status in DECIDED else "application_over"
    captures = application.captures.filter(kind__in=FACE_KINDS, file__erased_at__isnull=True).select_related("file")
    for capture in captures:
        erase_capture(actor=SYSTEM, application=application, capture=capture, reason=reason)
    return True


def _held(prefix: str = "") -> Q:
    """Applications under a legal hold; `prefix` leads to them."""
    return LegalHold.objects.acting(timezone.now()).covers(person=f"{prefix}person_id", application=f"{prefix}pk")


def due_faces(prefix: str = "", at: datetime | None = None) -> Q:
    """Applications that are over, or were decided longer ago than objections may come; `prefix` leads to them."""
    until = (at or timezone.now()) - timedelta(days=policy.value(OBJECTION_DAYS))
    return Q(**{f"{prefix}status__in": UNDECIDED}) | Q(**{f"{prefix}status__in": DECIDED, f"{prefix}decided_at__lte": until})
