"""A person who was refused automatically demands that a human decides (R-29)."""

from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname.access.actor import Actor
from realname.states import TransitionNotAllowed
from realname.trail import record
from registration.access import require_own
from registration.errors import ApplicationClosed, NumberInApplication, ReviewRefused
from registration.locks import lock_application, lock_number
from registration.models import Application
from registration.services.reserve_number import keep_again
from registration.states import ApplicationStatus


@transaction.atomic
def request_review(*, actor: Actor, application_id: UUID) -> Application:
    """Put a refused application before a reviewer, once. Asked twice meanwhile it is one review.

    Raises TransitionNotAllowed; ReviewRefused where it was demanded before; NumberRegistered, NumberNotKept or NumberInApplication
    where the number went on without it (P-REG-5).
    """
    application = lock_application(application_id)
    require_own(actor, application)
    if application.status == ApplicationStatus.IN_REVIEW:
        return application
    if application.status != ApplicationStatus.REJECTED:
        # a running verification may also go into review, but not because its person says so
        raise TransitionNotAllowed(application.status, ApplicationStatus.IN_REVIEW)
    application.move(to=ApplicationStatus.IN_REVIEW)
    if application.review_requested_at:
        raise ReviewRefused
    if not application.phone_index:
        raise ApplicationClosed  # its person was erased
    lock_number(application.phone_index)
    if Application.objects.open().filter(phone_index=application.phone_index).exclude(pk=application.pk).exists():
        raise NumberInApplication
    keep_again(actor=actor, application=application)
    application.decided_at = None
    application.review_requested_at = timezone.now()
    application.save(update_fields=["status", "decided_at", "review_requested_at"])
    record("review.requested", actor=actor, subject=application, person_id=application.person_id)
    return application
