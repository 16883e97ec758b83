"""Applicants for the workers: through the services, with real pictures, and what must be true at their end."""

import time
from collections import Counter
from functools import cache
from itertools import count

import numpy as np
from django.db import transaction

from demo import faces
from demo.applicants import applicants
from demo.specimens import IdCard, draw_front, photograph, to_jpeg
from demo.specimens.motions import FRAMES_PER_SECOND, perform
from realname.images import decode, encode_jpeg
from realname.paths import models_dir
from realname.trail.models import Event
from registration.models import Application, Capture, Challenge, Line
from registration.services.capture_document import capture_document
from registration.services.capture_selfie import capture_selfie
from registration.services.note_reading import note_reading
from registration.services.submit_application import submit_application
from registration.states import ApplicationStatus, CaptureKind, CaptureStatus, VerificationPath
from tests.factories import registration as make
from tests.sandbox_process import SandboxProcess
from verification.engines.base import BACK_FIELDS, FRONT_FIELDS
from verification.models import Check, Decision

STEPS, SCHEDULE = ("turn_left", "open_mouth"), (1500, 4500, 7500)
TAKES = 12  # more applicants than any test has at a time
_takes = count()
# which side the first look takes each photograph for, and what it reads there
READ_OF = {CaptureKind.DOCUMENT_FRONT: ("front", FRONT_FIELDS), CaptureKind.DOCUMENT_BACK: ("back", BACK_FIELDS)}
ON_ITS_WAY = (ApplicationStatus.SUBMITTED, ApplicationStatus.VERIFYING)


@cache
def pictures() -> tuple[bytes, bytes, bytes]:
    """Front, back and selfie of one specimen person; drawn once."""
    clean = applicants(0)[0]
    return clean.front(), clean.back(), clean.selfie_jpeg()


@cache
def childs_card() -> bytes:
    """The front of another person's card; drawn once."""
    return to_jpeg(photograph(draw_front(IdCard.make("child"), faces.portrait("biden")), seed=1))


@cache
def film(take: int) -> list[np.ndarray]:
    """The same person doing STEPS while SCHEDULE asks for them, each time a little later; each take is made once."""
    first, second, end = SCHEDULE
    later = 80 * take
    return list(
        perform(decode((models_dir() / "obama3.jpg").read_bytes()).bgr, STEPS, (first + 900 - later, second + later, end), seed=take)
    )


def movements() -> list[tuple[int, bytes]]:
    """The next take, with a camera's noise: no two answers hold the same frame, and no two of a test the same film."""
    random = np.random.default_rng()
    number = next(_takes) % TAKES
    if number == 0:
        # the takes begin anew, and tests of this folder share a database: those of earlier ones are forgotten
        Challenge.objects.update(course=b"", paces=[])
    take = film(number)
    noisy = (frame.astype(np.int16) + random.integers(-2, 3, frame.shape, dtype=np.int16) for frame in take)
    pictures = (encode_jpeg(frame.clip(0, 255).astype(np.uint8)[:, :, ::-1]) for frame in noisy)
    return [(round(index * 1000 / FRAMES_PER_SECOND), picture) for index, picture in enumerate(pictures)]


def drafted(sandbox: SandboxProcess, *, path: VerificationPath = VerificationPath.FACE, **kwargs) -> Application:
    """A complete draft of a new person whom the authority knows.

    Its photographs count as looked at, with what the card would say; faces are looked at for real when the checks run.
    """
    application = make.drafted(path=path, **kwargs)
    sandbox.add_identity(application.name, application.id_number)
    return photographed(application)


def drafted_for_another(sandbox: SandboxProcess, representation: str = "guardian", *, selfie: bytes = b"") -> Application:
    """A complete draft of two people whom the authority knows: the card with the face of `pictures()` is of who acts."""
    application = make.with_representatives_details(make.represented(representation))
    for party in application.parties:
        sandbox.add_identity(application.party(party).name, application.party(party).id_number)
    return photographed(application, selfie=selfie)


def photographed(application: Application, *, selfie: bytes = b"") -> Application:
    """All the photographs it needs, looked at; of movements where it shows a face. `selfie` takes the place of the right one."""
    front, back, own = pictures()
    sides = {"front": front, "back": back}
    if application.representation:
        sides = {"front": childs_card(), "back": back, "representative_front": front, "representative_back": back, "relation": back}
    actor = make.person_actor(application)
    # in one transaction, so that no worker reads the photographs first
    with transaction.atomic():
        for side, picture in sides.items():
            _looked_at(capture_document(actor=actor, application_id=application.pk, side=side, content=picture))
        if not application.face_free:
            _looked_at(capture_selfie(actor=actor, application_id=application.pk, content=selfie or own))
            # its movements are judged for real, by the check
            _looked_at(make.answered(application, movements(), steps=STEPS, schedule=SCHEDULE))
    return application


def _looked_at(capture: Capture) -> None:
    identity, place = capture.identity, CaptureKind(capture.kind).place
    side, fields = READ_OF.get(place, ("", ()))
    values = {field: getattr(identity, field) for field in fields}
    read = {
        field: {"text": value.isoformat() if hasattr(value, "isoformat") else value, "confidence": 0.99, "review": False}
        for field, value in values.items()
    }
    reading = {
        "side": side,
        "turned": 0,
        "fields": read,
        "quality": [],
        "engine": "ocr",
        "engine_version": "1",
        "quality_version": "1",
        "threshold": 0.9,
        "milliseconds": 0,
        "quality_milliseconds": 0,
    }
    note_reading(capture_id=capture.pk, status=CaptureStatus.GOOD, findings=[], reading=reading if side else {})


def forget_readings(application: Application) -> None:
    """As if the first look had been lost: the checks must read the photographs themselves."""
    for capture in application.captures.current():
        capture.reading = capture.read_at = None
        capture.save(update_fields=["reading", "read_at"])


def submit(application: Application, *, key: str = "once") -> Application:
    """Hand it in."""
    return submit_application(actor=make.person_actor(application), application_id=application.pk, submission_key=key)


def handed_in(sandbox: SandboxProcess, **kwargs) -> Application:
    """A complete application, submitted."""
    return submit(drafted(sandbox, **kwargs))


def wait_until(condition, *, seconds: float = 60, what: object = "") -> None:
    """Poll; fails with `what` after so many seconds."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"Not within {seconds} s: {what() if callable(what) else what}"
        time.sleep(0.02)


def wait_for_end(application: Application, *, seconds: float = 60) -> Application:
    """Wait until nothing automatic is left to do."""

    def _standing() -> object:
        return list(Check.objects.filter(application=application).values_list("kind", "status", "reason", "attempts", "faults"))

    wait_until(lambda: not Application.objects.filter(pk=application.pk, status__in=ON_ITS_WAY).exists(), seconds=seconds, what=_standing)
    application.refresh_from_db()
    return application


def assert_ended_once(application: Application) -> None:
    """One event for each check, one decision a round, one line at most, nothing left running."""
    checks = list(Check.objects.filter(application=application))
    assert checks
    assert all(check.has_ended for check in checks)
    assert all(check.claim is None and check.claimed_until is None for check in checks)
    completed = Counter(Event.objects.filter(name="check.completed", related_id=str(application.pk)).values_list("subject_id", flat=True))
    assert completed == {str(check.pk): 1 for check in checks}
    about = Counter(Event.objects.filter(subject_kind="application", subject_id=str(application.pk)).values_list("name", flat=True))
    assert about["application.submitted"] == about["verification.opened"] == about["application.decided"] == application.round
    assert Decision.objects.filter(application=application, automatic=True).count() == application.round
    activated = application.status == ApplicationStatus.ACTIVATED
    assert Line.objects.filter(application=application).count() == activated
    assert Event.objects.filter(name="line.activated", related_id=str(application.pk)).count() == activated
    assert about["application.approved"] == activated


def assert_activated_once(application: Application) -> None:
    """The right end of a clean application, once."""
    reasons = list(Check.objects.filter(application=application).exclude(status="passed").values_list("kind", "status", "reason"))
    assert application.status == ApplicationStatus.ACTIVATED, reasons
    assert not reasons
    assert_ended_once(application)
