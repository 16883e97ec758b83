"""What this stage hears from the floors below. A handler only sends a task: the task may be delivered twice."""

from uuid import UUID

from realname.queue import enqueue
from realname.trail import listens_to
from realname.trail.models import Event
from verification import tasks
from verification.services.forget_person import forget_person


@listens_to("document.captured", "selfie.captured", "challenge.captured", "statement.captured", name="verification.read_capture")
def read_capture(event: Event) -> None:
    """A capture is looked at at once, so that the person hears of a defect while they are there (P-REG-7)."""
    enqueue(tasks.read_capture, event.related_id)


@listens_to("application.submitted", name="verification.open_checks")
def open_checks(event: Event) -> None:
    """A submitted application goes into verification."""
    enqueue(tasks.open_checks, event.subject_id)


@listens_to("review.requested", "application.withdrawn", name="verification.settle_review")
def settle_review(event: Event) -> None:
    """A refused person demands a human decision (R-29), or a person under review takes the application back."""
    enqueue(tasks.settle_review, event.subject_id)


@listens_to("organisation.registered", "organisation.correction_proposed", name="verification.open_inquiries")
def open_inquiries(event: Event) -> None:
    """The register is asked before a reviewer looks: about what was entered, and what shall be instead."""
    enqueue(tasks.open_inquiries, event.subject_id)


@listens_to("person.erased", name="verification.forget_person")
def person_erased(event: Event) -> None:
    """The person's keys are gone: what was asked about them finds nobody any more."""
    forget_person(person_id=UUID(event.subject_id))
