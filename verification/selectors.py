"""Questions of this stage."""

from datetime import timedelta
from typing import Any

from django.db.models import Case, Count, IntegerField, Max, Min, QuerySet, Value, When
from django.utils import timezone

from realname.access.models import Staff
from realname.trail.models import Event
from registration.models import Application
from registration.reason_texts import Wait
from risk.states import RiskLevel
from verification.models import Check, Review

# the graver the risk, the earlier in the queue; then by deadline
_PRIORITY = {RiskLevel.CRITICAL: 0, RiskLevel.HIGH: 1, RiskLevel.MEDIUM: 2, RiskLevel.LOW: 3}

# Seconds of waiting that a person is not told of: a source that misses one question mostly takes the next.
HICCUP_SECONDS = 15


def review_queue() -> QuerySet[Review]:
    """Open reviews, most urgent first (P-VER-5)."""
    priority = Case(
        *(When(level=level, then=Value(rank)) for level, rank in _PRIORITY.items()), default=Value(4), output_field=IntegerField()
    )
    return Review.objects.open().select_related("application", "reviewer").annotate(priority=priority).order_by("priority", "deadline_at")


def checks_of_round(application: Application) -> dict[str, Check]:
    """The checks of the current round, by kind."""
    return {check.kind: check for check in Check.objects.filter(application=application, round=application.round)}


def progress(application: Application) -> tuple[int, int]:
    """Ended checks and all checks of the current round."""
    checks = checks_of_round(application).values()
    return sum(check.has_ended for check in checks), len(checks)


def wait(application: Application) -> Wait | None:
    """What the current round waits for, once it is more than a hiccup."""
    now = timezone.now()
    # one that is being asked again at this moment has not been answered either
    waiting = Check.objects.open().filter(
        application=application, round=application.round, waiting_since__lte=now - timedelta(seconds=HICCUP_SECONDS)
    )
    found = waiting.aggregate(next_try_at=Max("not_before"), deadline_at=Max("deadline_at"))
    return Wait(max(found["next_try_at"], now), found["deadline_at"]) if found["next_try_at"] else None


def waiting_applications() -> dict[str, Any]:
    """How many applications wait for sources (`count`), since when the oldest does, and when the first deadline passes."""
    return Check.objects.waiting().aggregate(
        count=Count("application_id", distinct=True), oldest=Min("waiting_since"), first_deadline=Min("deadline_at")
    )


def opened_under_claim(review: Review, reviewer: Staff) -> set[str]:
    """What this reviewer was shown unmasked since they last took the review: "fields", and the ids of captures (P-ALL-4)."""
    mine = Event.objects.filter(actor_kind="staff", actor_id=str(reviewer.pk))
    taken = mine.filter(name="review.taken", subject_kind="review", subject_id=str(review.pk)).order_by("id").last()
    if taken is None:
        return set()
    seen = mine.filter(name="pii.viewed", related_kind="review", related_id=str(review.pk), id__gt=taken.pk)
    return {data.get("thing") or data["what"] for data in seen.values_list("data", flat=True)}
