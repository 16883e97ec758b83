"""An application is put before a reviewer."""

from datetime import timedelta

from django.utils import timezone

from realname import policy
from realname.access.actor import SYSTEM
from realname.trail import record
from registration.models import Application
from verification.models import Review
from verification.policy import REVIEW_HOURS


def open_review(*, application: Application, level: str, reasons: list[str]) -> Review:
    """Open the application's review, or answer the one that is open. Call under the application's lock."""
    if existing := Review.objects.open().filter(application=application).first():
        return existing
    review = Review.objects.create(
        person_id=application.person_id,
        application=application,
        round=application.round,
        level=level,
        reasons=reasons,
        deadline_at=timezone.now() + timedelta(hours=policy.value(REVIEW_HOURS)),
    )
    record(
        "review.opened",
        actor=SYSTEM,
        subject=review,
        person_id=application.person_id,
        related=application,
        reason=reasons[0],
        data={"level": level, "reasons": reasons},
    )
    return review
