"""The health of the system itself, read where it stands now (P-MON-7)."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import connection
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext_lazy as _

from changes.models import ChangeRequest
from monitoring.fold import events_behind
from monitoring.kpis.base import duration, percent
from monitoring.models import FoldCursor
from realname import policy
from realname.access.models import Role
from realname.trail.canonical import HORIZON
from realname.trail.models import ListenerCursor, Seal
from registration.models import Delivery, RetentionRun
from registration.policy import FACE_FILING_AT
from registration.retention.faces import people_with_face_data
from registration.retention.run import waiting_stop
from verification.models import Check, SourceStanding
from verification.selectors import waiting_applications
from verification.sources.base import Source
from verification.sources.budget import LOW_SHARE, used_share
from verification.sources.order import SOURCES
from verification.sources.policy import ALARM_MINUTES, ALARM_WAITING, WAIT_OWNER

# The sealer comes every ten seconds, the sweeper every five: what waits longer than a few turns of theirs needs a look.
SEAL_LATE_SECONDS = 60
LEFT_SECONDS = 30
MANY = 1000
# of the number from which on a filing of face data is due
FACE_WARNING_SHARE = 0.8


@dataclass(frozen=True)
class Sign:
    """One sign of health: `tone` is good, warn or bad, and never the only carrier of the meaning."""

    label: Any
    value: str
    tone: str = "good"
    note: Any = ""


def signs() -> list[Sign]:
    """All of them, in the order of the page."""
    return [_seal(), _fold(), *_left_behind(), _faces(), *_retention(), _waiting(), *_sources(), *_listeners()]


def _seal() -> Sign:
    """How old the oldest event is that no seal covers."""
    last = Seal.objects.order_by("-number").first()
    after = (last.upper_txid, last.upper_id) if last else (0, 0)
    sql = f"SELECT at FROM trail_event WHERE (txid, id) > (%s, %s) AND txid < {HORIZON} ORDER BY txid, id LIMIT 1"  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql, after)
        row = cursor.fetchone()
    lag = (timezone.now() - row[0]).total_seconds() if row else 0.0
    tone = "good" if lag < SEAL_LATE_SECONDS else "bad"
    return Sign(
        _("Oldest event without a seal"), duration(lag) if row else "0 s", tone, "" if tone == "good" else _("The sealer is behind.")
    )


def _fold() -> Sign:
    """How many events these numbers do not hold yet."""
    active = FoldCursor.objects.filter(active=True).first()
    behind = events_behind(active.txid, active.event_id) if active else events_behind(0, 0)
    return Sign(_("Events not in these numbers yet"), _many(behind), "good" if behind < MANY else "warn")


def _left_behind() -> list[Sign]:
    """What the sweeper would send again: work whose message was lost, or whose worker died."""
    before = timezone.now() - timedelta(seconds=LEFT_SECONDS)
    counts = {
        _("Checks left behind"): Check.objects.left_behind().filter(not_before__lt=before).count(),
        _("Messages to phones not sent yet"): Delivery.objects.due().filter(created_at__lt=before).count(),
        _("Old contacts not told yet"): ChangeRequest.objects.untold().filter(proven_at__lt=before).count(),
    }
    return [Sign(label, str(count), "warn" if count else "good") for label, count in counts.items()]


def _faces() -> Sign:
    """How many people's faces are stored, of as many as make a filing due (R-36)."""
    stored, most = people_with_face_data(), policy.value(FACE_FILING_AT)
    label, value = _("People with stored face data"), f"{stored} / {most}"
    if stored >= most:
        return Sign(label, value, "bad", _("A filing with the provincial authority is due within 30 working days."))
    if stored >= FACE_WARNING_SHARE * most:
        return Sign(label, value, "warn", _("From %(most)d on a filing with the provincial authority is due.") % {"most": most})
    return Sign(label, value)


def _retention() -> list[Sign]:
    """Whether old data are erased; nothing where there was no run yet."""
    last = RetentionRun.objects.filter(dry=False).order_by("-as_of").first()
    if last is None:
        return []
    label, value = _("Last erasure of old data"), date_format(timezone.localtime(last.as_of), "SHORT_DATETIME_FORMAT")
    if waiting_stop():
        return [Sign(label, value, "bad", _("It is stopped: compliance must confirm that the clock is right."))]
    late = timezone.now() - last.as_of > timedelta(days=2)
    return [Sign(label, value, "warn" if late else "good", _("It is late: look at the worker of the queue bulk.") if late else "")]


def _waiting() -> Sign:
    """Applications that no source answers: how many, since when, whose they are, and when the first goes to a reviewer (P-VER-6)."""
    found, label = waiting_applications(), _("Applications waiting for an authority")
    if not found["count"]:
        return Sign(label, "0")
    note = _("The oldest for %(time)s; the first goes to a reviewer on %(deadline)s. Looked after by: %(owner)s.") % {
        "time": duration((timezone.now() - found["oldest"]).total_seconds()),
        "deadline": date_format(timezone.localtime(found["first_deadline"]), "SHORT_DATETIME_FORMAT"),
        "owner": Role(policy.value(WAIT_OWNER)).label,
    }
    return Sign(label, str(found["count"]), "bad" if found["count"] >= policy.value(ALARM_WAITING) else "warn", note)


def _sources() -> list[Sign]:
    """Whether each source answers, and what of its budget is used."""
    down = dict(SourceStanding.objects.filter(down_since__isnull=False).values_list("name", "down_since"))
    return [_source(source, down.get(source.name)) for source in SOURCES.values() if source.is_configured()]


def _source(source: Source, down_since: datetime | None) -> Sign:
    share = used_share(source.name)
    budget = _("%(share)s of its budget is used.") % {"share": percent(round(share * 1000), 1000)}
    if down_since:
        lasts = (timezone.now() - down_since).total_seconds()
        late = lasts >= 60 * policy.value(ALARM_MINUTES)
        return Sign(source.label, _("does not answer for %(time)s") % {"time": duration(lasts)}, "bad" if late else "warn", budget)
    return Sign(source.label, str(_("answers")), "warn" if share >= LOW_SHARE else "good", budget)


def _listeners() -> list[Sign]:
    """Who reads the trail, and who fails at it. Of an error only its type is shown: its text may quote what it failed at."""
    found = []
    for cursor in ListenerCursor.objects.order_by("-failures", "name"):
        if cursor.failures:
            value = _("failed %(times)d times in a row") % {"times": cursor.failures}
            found.append(Sign(cursor.name, value, "bad", cursor.last_error.split(":", 1)[0][:80]))
        else:
            found.append(Sign(cursor.name, str(_("reads along"))))
    return found


def _many(count: int) -> str:
    return str(count) if count < MANY else f"≥ {MANY}"
