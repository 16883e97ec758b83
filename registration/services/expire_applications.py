"""What was left unfinished for too long ends."""

from django.db import transaction

from realname.access.actor import SYSTEM
from realname.trail import record
from registration.locks import lock_application
from registration.models import Application
from registration.states import ApplicationStatus


def expire_applications(*, limit: int = 200) -> int:
    """Expire drafts and unanswered resubmissions past their day; answers how many."""
    stale = list(Application.objects.stale().values_list("pk", flat=True)[:limit])
    return sum(_expire(application_id) for application_id in stale)


@transaction.atomic
def _expire(application_id) -> int:
    application = lock_application(application_id)
    if not application.editable:
        return 0
    application.move(to=ApplicationStatus.EXPIRED)
    application.save(update_fields=["status"])
    record("application.expired", actor=SYSTEM, subject=application, person_id=application.person_id)
    return 1
