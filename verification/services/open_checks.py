"""A submitted application goes into verification: its checks are opened."""

from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname import policy
from realname.access.actor import SYSTEM
from realname.trail import record
from registration.locks import lock_application
from registration.states import ApplicationStatus
from verification.models import Check
from verification.pipeline import checks_for
from verification.policy import CHECK_DEADLINE
from verification.services.send_checks import send_ready_checks


@transaction.atomic
def open_checks(*, application_id: UUID) -> None:
    """Open the checks of the current round and send those that wait for nothing. Does nothing where they are open already."""
    application = lock_application(application_id)
    if application.status != ApplicationStatus.SUBMITTED:
        return
    application.move(to=ApplicationStatus.VERIFYING)
    application.save(update_fields=["status"])
    deadline = timezone.now() + timedelta(seconds=policy.value(CHECK_DEADLINE))
    runners = checks_for(application)
    Check.objects.bulk_create(
        Check(
            person_id=application.party(runner.kind.party).vault_person_id(),
            application=application,
            round=application.round,
            kind=runner.kind,
            deadline_at=deadline,
        )
        for runner in runners
    )
    record(
        "verification.opened",
        actor=SYSTEM,
        subject=application,
        person_id=application.person_id,
        data={"round": application.round, "checks": [str(runner.kind) for runner in runners]},
    )
    send_ready_checks(application_id=application.pk, round_=application.round)
