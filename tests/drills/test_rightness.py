"""The drills' own assertion finds what it is there to find: one row, event, message, question or file too many or too few."""

import sqlite3
from collections.abc import Callable
from contextlib import closing
from uuid import uuid4

import pytest
from django.db import transaction
from django.db.models import F
from django.utils import timezone

from realname.access.actor import SYSTEM
from realname.trail import record
from realname.trail.subject import SubjectRef
from realname.vault.files import store_file
from realname.vault.models import EncryptedFile
from registration.models import Application, Capture, Consent, Delivery, Line
from registration.states import ApplicationStatus, CaptureStatus, DeliveryStatus, LineStatus
from tests.drills import rightness
from tests.drills.crowd import wait_for_rest
from tests.drills.plant import Plant
from verification.models import Check, Decision, Inquiry, Review
from verification.states import CheckStatus

# what makes a wrong; where a transaction does not undo it, it answers what does
Wrong = Callable[[Plant], object]


class _UndoneError(Exception):
    pass


def _told(name: str, kind: str, key: object = None, **data: object) -> None:
    record(name, actor=SYSTEM, subject=SubjectRef(kind, str(key or uuid4())), data=data)


def _of(status: ApplicationStatus) -> Application:
    return Application.objects.filter(status=status).first()


def _ended_twice(_plant: Plant) -> None:
    check = Check.objects.first()
    data = {"status": check.status, "kind": check.kind}
    record("check.completed", actor=SYSTEM, subject=check, person_id=check.person_id, reason=check.reason, data=data)


def _one_check_is(**values: object) -> Wrong:
    def _wrong(_plant: Plant) -> None:
        Check.objects.filter(pk=Check.objects.filter(status=CheckStatus.PASSED).first().pk).update(**values)

    return _wrong


def _without(rows: Callable[[], object]) -> Wrong:
    """The first of them is gone."""

    def _wrong(_plant: Plant) -> None:
        first = rows().first()
        type(first).objects.filter(pk=first.pk).delete()

    return _wrong


def _one_number_twice(_plant: Plant) -> None:
    one, other = Line.objects.all()[:2]
    ended = {"status": LineStatus.TERMINATED, "ended_at": timezone.now(), "end_reason": "holder"}
    Line.objects.filter(pk=other.pk).update(number_index=one.number_index, **ended)


def _sent_twice(_plant: Plant) -> None:
    delivery = Delivery.objects.filter(kind="phone_code", accepted_at__isnull=False).first()
    _told("phone_code.sent", "application", code=str(delivery.about), channel=delivery.channel)


def _two_messages_of_one_code(_plant: Plant) -> None:
    one, other = Delivery.objects.filter(kind="phone_code", accepted_at__isnull=False)[:2]
    Delivery.objects.filter(pk=other.pk).update(about=one.about, status=DeliveryStatus.FAILED)


def _taken_by_nobody(_plant: Plant) -> None:
    Delivery.objects.create(kind="notice", about=uuid4(), channel="sms", gateway="http", status=DeliveryStatus.ACCEPTED)


def _outside(plant: Plant, statement: str, *values: object) -> None:
    with closing(sqlite3.connect(plant.var / "sandbox" / "sandbox.sqlite", timeout=10)) as db, db:
        db.execute(statement, values)


def _same_text_again(plant: Plant) -> Callable[[], object]:
    key = uuid4().hex
    columns = "phone, text, received_at, channel"
    copied = f"INSERT INTO messages (message_id, idempotency_key, {columns}) SELECT ?, ?, {columns} FROM messages LIMIT 1"  # noqa: S608
    _outside(plant, copied, key, key)
    return lambda: _outside(plant, "DELETE FROM messages WHERE idempotency_key = ?", key)


def _charged_again(plant: Plant) -> Callable[[], object]:
    key = uuid4().hex
    _outside(plant, "INSERT INTO charges SELECT service, ?, act, id_number FROM charges LIMIT 1", key)
    return lambda: _outside(plant, "DELETE FROM charges WHERE request_key = ?", key)


def _answered_unasked(_plant: Plant) -> None:
    inquiry = Inquiry.objects.filter(answered_at__isnull=False).first()
    Inquiry.objects.filter(pk=inquiry.pk).update(request_key=uuid4().hex)


def _empty_file(_plant: Plant) -> None:
    capture = Capture.objects.current().filter(file__erased_at__isnull=True).first()
    empty = store_file(person_id=capture.person_id, kind=capture.kind, content=b"", media_type="image/jpeg")
    Capture.objects.filter(pk=capture.pk).update(file=empty)


def _row_without_file(_plant: Plant) -> None:
    file = EncryptedFile.objects.filter(erased_at=None).first()
    file.pk = uuid4()
    file.save(force_insert=True)


def _file_without_row(plant: Plant) -> Callable[[], object]:
    stray = plant.files / "stray"  # in no folder of the vault, where the sweep does not look
    stray.write_bytes(b"?")
    return stray.unlink


WRONGS: tuple[tuple[str, str, Wrong], ...] = (
    ("_applications", "events of no application", lambda _: _told("application.submitted", "application")),
    ("_applications", "did not start once", lambda _: _told("application.started", "application", Application.objects.first().pk)),
    ("_applications", "application.expired at", lambda _: _told("application.expired", "application", _of(ApplicationStatus.ACTIVATED).pk)),
    (
        "_applications",
        "its events say",
        lambda _: Application.objects.filter(status=ApplicationStatus.IN_REVIEW).update(status=ApplicationStatus.REJECTED),
    ),
    ("_applications", "was submitted otherwise", lambda _: Application.objects.update(round=F("round") + 1)),
    ("_checks", "events of no check", _without(Check.objects.all)),
    ("_checks", "differ from what was opened", _without(Check.objects.all)),
    ("_checks", "was ended 2 times", _ended_twice),
    ("_checks", "its event says", _one_check_is(status=CheckStatus.FAILED)),
    ("_checks", "is left running", _one_check_is(status=CheckStatus.RUNNING)),
    ("_checks", "is left passed, claim", _one_check_is(claim=uuid4())),
    ("_checks", "waits since", _one_check_is(waiting_since=timezone.now())),
    ("_decisions", "application.decided", _without(Decision.objects.all)),
    ("_decisions", "open reviews", _without(Review.objects.open)),
    ("_decisions", "review.opened", lambda _: _told("review.opened", "review")),
    ("_lines", "lines and activated applications differ", _without(Line.objects.all)),
    ("_lines", "has 2 lines", _one_number_twice),
    ("_lines", "line.activated", lambda _: _told("line.activated", "line")),
    ("_codes", "codes, asked for", lambda _: _told("phone_code.requested", "application", code=str(uuid4()))),
    ("_codes", "was told as sent 2 times", _sent_twice),
    ("_codes", "unknown to us", _without(lambda: Delivery.objects.filter(accepted_at__isnull=False))),
    ("_codes", "was handed over 2 times", _two_messages_of_one_code),
    ("_codes", "a phone has the same text", _same_text_again),
    ("_codes", "the gateway has it not", _taken_by_nobody),
    ("_codes", "is left pending", lambda _: Delivery.objects.update(status=DeliveryStatus.PENDING)),
    ("_sources", "was charged 2 times for one", _charged_again),
    ("_sources", "charged and not in our books", _without(lambda: Inquiry.objects.filter(answered_at__isnull=False))),
    ("_sources", "answered and not charged", _answered_unasked),
    ("_captures", "captures, told", lambda _: _told("selfie.captured", "application")),
    ("_captures", "was never looked at", lambda _: Capture.objects.current().update(status=CaptureStatus.PENDING)),
    ("_captures", "consent.given", _without(Consent.objects.all)),
    ("_files", "is empty", _empty_file),
    ("_files", "rows without a file 1", _row_without_file),
    ("_files", "files without a row 1", _file_without_row),
)
OF_THE_PLANT = {"_codes", "_sources", "_files"}


@pytest.fixture(scope="module")
def some_at_rest(the_plant) -> None:
    """A few people who have come through."""
    from tests.drills.crowd import FACES, Crowd

    the_plant.sandbox.good_weather()
    Crowd(the_plant, FACES + 2).all_in()
    wait_for_rest(the_plant)


@pytest.mark.parametrize(("look", "says", "wrong"), WRONGS, ids=[f"{look} {says}" for look, says, _ in WRONGS])
def test_a_wrong_is_found(look, says, wrong, the_plant, some_at_rest):
    looks = getattr(rightness, look)
    arguments = (the_plant,) if look in OF_THE_PLANT else ()
    assert not list(looks(*arguments))
    with pytest.raises(_UndoneError), transaction.atomic():
        undo = wrong(the_plant)
        try:
            found = list(looks(*arguments))
        finally:
            if callable(undo):
                undo()
        assert any(says in fault for fault in found), found
        raise _UndoneError
