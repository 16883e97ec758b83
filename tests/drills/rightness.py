"""What must be true after any fault, of everything in the database and of what lies outside of it (P-ALL-4, P-VER-6).

The events are folded by the tables of moves and compared with the rows, both ways: one too many and one too few are both found.
"""

import os
import sqlite3
import time
from collections import Counter
from collections.abc import Iterator

from realname.trail.dispatch import is_pending
from realname.trail.models import Event
from realname.trail.seal import seal_trail
from realname.trail.verify import verify_trail
from realname.vault.files import read_file
from realname.vault.models import EncryptedFile
from realname.vault.sweep import sweep_orphans
from registration.models import Application, Capture, Consent, Delivery, Line, PhoneCode
from registration.states import APPLICATION_MOVES, ApplicationStatus, CaptureStatus, DeliveryStatus
from tests.drills.plant import Plant
from verification.models import Check, Decision, Inquiry, Review
from verification.states import CHECK_MOVES, Outcome

_S = ApplicationStatus
# which state an event of an application leads to; a decision to review does so by its outcome
LEADS_TO = {
    "application.submitted": _S.SUBMITTED,
    "verification.opened": _S.VERIFYING,
    "application.approved": _S.APPROVED,
    "application.rejected": _S.REJECTED,
    "application.asked_again": _S.NEEDS_RESUBMISSION,
    "application.withdrawn": _S.WITHDRAWN,
    "application.expired": _S.EXPIRED,
    "review.requested": _S.IN_REVIEW,
    "line.activated": _S.ACTIVATED,
}
# taken by the gateway as far as we know
TAKEN = (DeliveryStatus.ACCEPTED, DeliveryStatus.DELIVERED)


def assert_all_right(plant: Plant) -> None:
    """Everything at rest is as it must be. Call once nothing automatic is left to do."""
    for faults in (
        list(_applications()),
        list(_checks()),
        list(_decisions()),
        list(_lines()),
        list(_codes(plant)),
        list(_sources(plant)),
        list(_captures()),
        list(_files(plant)),
    ):
        assert not faults, faults[:10]
    _assert_trail_verifies()


def _applications() -> Iterator[str]:
    """Each is in the one state its events lead to, by lawful moves only."""
    told: dict[str, list[Event]] = {}
    for event in Event.objects.filter(name__in=[*LEADS_TO, "application.started", "application.decided"]).order_by("id"):
        told.setdefault(event.related_id if event.name == "line.activated" else event.subject_id, []).append(event)
    rows = {str(application.pk): application for application in Application.objects.all()}
    yield from (f"events of no application {key}" for key in told.keys() - rows.keys())
    for key, application in rows.items():
        names = [event.name for event in told.get(key, [])]
        if names[:1] != ["application.started"] or names.count("application.started") != 1:
            yield f"{key} did not start once: {names}"
            continue
        state = _S.DRAFT
        for event in told[key][1:]:
            to = _led_to(event)
            if to and not APPLICATION_MOVES.allows(state, to):
                yield f"{key}: {event.name} at {state}: {names}"
            state = to or state
        if state != application.status:
            yield f"{key} is {application.status}, its events say {state}: {names}"
        if names.count("application.submitted") != application.round:
            yield f"{key} of round {application.round} was submitted otherwise: {names}"


def _led_to(event: Event) -> str:
    if event.name == "application.decided":
        return _S.IN_REVIEW if event.data["outcome"] == Outcome.REVIEW else ""
    return LEADS_TO[event.name]


def _checks() -> Iterator[str]:
    """Each check of a round is there once, ended once, as its event says, and nobody holds it any more."""
    completed = _by_subject("check.completed")
    waited = _by_subject("check.waiting")
    rows = {str(check.pk): check for check in Check.objects.all()}
    yield from (f"{len(events)} events of no check {key}" for key, events in completed.items() if key not in rows)
    for key, check in rows.items():
        events = completed.get(key, [])
        if len(events) != check.has_ended:
            yield f"{check.kind} is {check.status} and was ended {len(events)} times"
        elif events and (events[0].data["status"], events[0].reason) != (check.status, check.reason):
            yield f"{check.kind} is {check.status}, its event says {events[0].data['status']}"
        if not check.has_ended or check.claim or check.status not in CHECK_MOVES.moves:
            yield f"{check.kind} of {check.application_id} is left {check.status}, claim {check.claim}"
        if len(waited.get(key, [])) != (check.waiting_since is not None):
            yield f"{check.kind} waits since {check.waiting_since}, told {len(waited.get(key, []))} times"
    opened = {
        (event.subject_id, event.data["round"]): sorted(event.data["checks"]) for event in Event.objects.filter(name="verification.opened")
    }
    there: dict[tuple, list[str]] = {}
    for check in rows.values():
        there.setdefault((str(check.application_id), check.round), []).append(check.kind)
    yield from (
        f"checks of {key} differ from what was opened"
        for key in opened.keys() | there.keys()
        if sorted(there.get(key, [])) != opened.get(key)
    )


def _decisions() -> Iterator[str]:
    """One event a decision (the database lets none be twice), one open review of each application in review and of no other."""
    yield from _one_each("application.decided", Decision.objects.filter(automatic=True).values_list("pk", flat=True))
    waiting = Counter(Review.objects.open().values_list("application_id", flat=True))
    in_review = Application.objects.filter(status=_S.IN_REVIEW).values_list("pk", flat=True)
    if waiting != Counter(dict.fromkeys(in_review, 1)):
        yield f"open reviews {len(waiting)}, applications in review {len(in_review)}"
    yield from _one_each("review.opened", Review.objects.values_list("pk", flat=True), subject=True)


def _lines() -> Iterator[str]:
    """One line of each activated application, of no other, and of each number; one event for each."""
    lines = list(Line.objects.all())
    activated = Application.objects.filter(status=_S.ACTIVATED).values_list("pk", flat=True)
    if Counter(line.application_id for line in lines) != Counter(dict.fromkeys(activated, 1)):
        yield "lines and activated applications differ"
    yield from (
        f"number of {index} has {count} lines" for index, count in Counter(line.number_index for line in lines).items() if count > 1
    )
    yield from _one_each("line.activated", [line.pk for line in lines], subject=True)


def _codes(plant: Plant) -> Iterator[str]:
    """Each code was asked for once; the gateway has each message once, and none that we know nothing of (P-REG-2)."""
    codes = {str(pk) for pk in PhoneCode.objects.values_list("pk", flat=True)}
    asked = Counter(event.data["code"] for event in Event.objects.filter(name="phone_code.requested"))
    if asked != Counter(dict.fromkeys(codes, 1)):
        yield f"{len(codes)} codes, asked for: {asked.most_common(3)}"
    sent = Counter((event.data["code"], event.data["channel"]) for event in Event.objects.filter(name="phone_code.sent"))
    deliveries = {str(delivery.pk): delivery for delivery in Delivery.objects.all()}
    for key, delivery in deliveries.items():
        told = sent.get((str(delivery.about), delivery.channel), 0)
        if delivery.kind == "phone_code" and told != (delivery.accepted_at is not None):
            yield f"message {key} is {delivery.status} and was told as sent {told} times"
    with sqlite3.connect(f"file:{plant.var}/sandbox/sandbox.sqlite?mode=ro", uri=True) as db:
        there = list(db.execute("SELECT idempotency_key, phone, text, channel FROM messages"))
    # over HTTP a message has our key; over SMPP the SMSC's id, which we learn with its answer
    known = deliveries | {message_id: delivery for delivery in deliveries.values() for message_id in delivery.message_ids}
    yield from (f"the gateway has a message of ours unknown to us: {key}" for key in _unknown(there, known))
    of_codes = [(known[key].about, channel) for key, *_, channel in there if key in known and known[key].kind == "phone_code"]
    yield from (f"{key} was handed over {count} times" for key, count in Counter(of_codes).items() if count > 1)
    # whatever key it came by: nobody reads the same code twice on one channel
    yield from (f"a phone has the same text {count} times" for count in Counter(row[1:] for row in there).values() if count > 1)
    at_gateway = {str(known[key].pk) for key, *_ in there if key in known}
    yield from (
        f"{key} was taken, and the gateway has it not" for key, d in deliveries.items() if d.status in TAKEN and key not in at_gateway
    )
    yield from (
        f"{key} is left {d.status}" for key, d in deliveries.items() if d.status in (DeliveryStatus.PENDING, DeliveryStatus.SUBMITTING)
    )


def _unknown(there: list[tuple[str, str, str, str]], known: dict[str, Delivery]) -> list[str]:
    """Keys of messages that are none of ours; one whose answer was lost may be at the gateway, once, by an id we never learnt."""
    unconfirmed = [delivery.about for delivery in known.values() if delivery.status == DeliveryStatus.UNCONFIRMED]
    lost = Counter(code.phone for code in PhoneCode.objects.filter(pk__in=unconfirmed))
    unknown = []
    for key, phone, *_ in there:
        if key not in known and lost[phone] == 0:
            unknown.append(key)
        elif key not in known:
            lost[phone] -= 1
    return unknown


def _sources(plant: Plant) -> Iterator[str]:
    """No question was charged twice, each that was charged is in our books, and each answer of ours was charged."""
    with sqlite3.connect(f"file:{plant.var}/sandbox/sandbox.sqlite?mode=ro", uri=True) as db:
        charged = list(db.execute("SELECT request_key, service, act, id_number FROM charges"))
    asked = set(Inquiry.objects.values_list("request_key", flat=True))
    answered = set(Inquiry.objects.filter(answered_at__isnull=False).values_list("request_key", flat=True))
    yield from (
        f"{service}/{act} was charged {count} times for one"
        for (service, act, _), count in Counter(row[1:] for row in charged).items()
        if count > 1
    )
    yield from (f"charged and not in our books: {key}" for key, *_ in charged if key not in asked)
    yield from (f"answered and not charged: {key}" for key in answered - {key for key, *_ in charged})


def _captures() -> Iterator[str]:
    """Each capture was told once and none is told that is not there; none is left as it was sent."""
    names = ("document.captured", "selfie.captured", "challenge.captured", "statement.captured", "visit.photographed")
    told = Counter(Event.objects.filter(name__in=names).values_list("related_id", flat=True))
    if told != Counter({str(pk): 1 for pk in Capture.objects.values_list("pk", flat=True)}):
        yield f"{Capture.objects.count()} captures, told {told.total()}"
    looked_at = Capture.objects.exclude(application__status__in=ApplicationStatus.editable()).current()
    yield from (f"{capture.kind} was never looked at" for capture in looked_at.filter(status=CaptureStatus.PENDING))
    yield from _one_each("consent.given", Consent.objects.values_list("application_id", flat=True), subject=True)


def _files(plant: Plant) -> Iterator[str]:
    """Each current capture can be read and is what was told; the sweep leaves nothing that has no row."""
    for capture in Capture.objects.current().filter(file__erased_at__isnull=True).select_related("file"):
        if not read_file(capture.file):
            yield f"{capture.kind} is empty"
    past = time.time() - 2 * 3600
    for path in plant.files.rglob("*"):
        os.utime(path, (past, past))
    sweep_orphans()
    left = Counter(path.name for path in plant.files.rglob("*") if path.is_file())
    living = Counter(file.storage_name.rsplit("/", 1)[-1] for file in EncryptedFile.objects.filter(erased_at=None))
    if left != living:
        yield f"files without a row {len(left - living)}, rows without a file {len(living - left)}"


def _assert_trail_verifies() -> None:
    """All of it sealed, and nothing altered, missing or slipped in."""
    until = time.monotonic() + 30
    while is_pending():
        assert time.monotonic() < until, "a transaction is left open"
        time.sleep(0.1)
    # another sealer may be at work: then ours answers without having sealed
    while (report := verify_trail(processes=1)).unsealed:
        assert time.monotonic() < until, report.unsealed
        seal_trail()
    assert report.sound, report.faults[:5]
    assert report.rows == Event.objects.count() > 0


def _by_subject(name: str) -> dict[str, list[Event]]:
    found: dict[str, list[Event]] = {}
    for event in Event.objects.filter(name=name):
        found.setdefault(event.subject_id, []).append(event)
    return found


def _one_each(name: str, rows, *, subject: bool = False) -> Iterator[str]:
    """One event of that name for each row, and none besides."""
    told = Counter(Event.objects.filter(name=name).values_list("subject_id" if subject else "related_id", flat=True))
    there = Counter(str(row) for row in rows)
    yield from (
        f"{name}: {key} told {told[key]} times, is there {there[key]} times"
        for key in told.keys() | there.keys()
        if told[key] != there[key]
    )
