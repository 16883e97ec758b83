"""The stops of the erasure, and every answer to them: the trail has them all, the newest and those that were taken back."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime

from realname.trail.models import Event
from registration.models import RetentionStop

CONFIRMED, REFUSED = "retention.confirmed", "retention.clock_refused"


@dataclass(frozen=True, slots=True)
class Answer:
    """What one officer said of the clock; `right` says whether it is."""

    at: datetime
    who: str
    right: bool
    reason: str


def answered_stops(most: int) -> list[tuple[RetentionStop, list[Answer]]]:
    """The newest stops, each with its answers, the newest last."""
    stops = list(RetentionStop.objects.all()[:most])
    events = Event.objects.filter(
        subject_kind="retention_stop", subject_id__in=[str(stop.pk) for stop in stops], name__in=(CONFIRMED, REFUSED)
    )
    answers: dict[str, list[Answer]] = defaultdict(list)
    for event in events.order_by("at", "id"):
        answers[event.subject_id].append(Answer(event.at, event.actor_name, event.name == CONFIRMED, event.reason))
    return [(stop, answers[str(stop.pk)]) for stop in stops]
