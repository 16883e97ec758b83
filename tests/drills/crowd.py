"""People who register at the same time, each with patience: what fails them through our fault they try again."""

import re
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor

import httpx
from django.db import DatabaseError, InterfaceError, connection

from registration.errors import CaptureRefused, CodeRefused
from registration.models import Application, Capture, Delivery, PhoneCode
from registration.services.prove_phone import prove_phone
from registration.services.request_phone_code import request_phone_code
from registration.states import ApplicationStatus, DeliveryStatus, VerificationPath
from tests.drills.plant import Plant
from tests.factories import registration as make
from tests.pipeline.applicants import photographed, submit, wait_until
from verification.models import Check

# what a page answers with "try again in a moment", or nobody answers at all
FAILURES = (DatabaseError, InterfaceError, OSError, httpx.HTTPError)
PATIENCE_SECONDS = 120
RELUCTANCE_SECONDS = 4
AT_ONCE = 5  # people at the same moment
FACES = 2  # how many of a crowd show their face: models take seconds for each


class Crowd:
    """`size` people, AT_ONCE of them at a time, until all have handed in."""

    def __init__(self, plant: Plant, size: int) -> None:
        self._plant, self._size = plant, size
        self._pool = ThreadPoolExecutor(AT_ONCE)
        self._done = 0
        self._lock = threading.Lock()
        paths = [VerificationPath.FACE] * FACES + [VerificationPath.FACE_FREE] * (size - FACES)
        self._people: list[Future[Application]] = [self._pool.submit(self._register, path) for path in paths]

    def wait_for_share(self, share: float) -> None:
        """Until so many of them have handed in: 0 to 1."""
        wait_until(lambda: self._done >= share * self._size or self._failed(), seconds=PATIENCE_SECONDS, what=lambda: self._done)

    def all_in(self) -> list[Application]:
        """Their applications, once all have handed in. Raises what somebody met that is no passing failure."""
        try:
            return [person.result(timeout=PATIENCE_SECONDS) for person in self._people]
        finally:
            self._pool.shutdown(cancel_futures=True)

    def _failed(self) -> bool:
        return any(person.done() and person.exception() for person in self._people)

    def _register(self, path: VerificationPath) -> Application:
        try:
            application = patiently(lambda: make.started(path=path))
            prove(self._plant, application)
            application = patiently(lambda: make.with_details(Application.objects.get(pk=application.pk)))
            patiently(lambda: self._plant.sandbox.add_identity(application.name, application.id_number))
            patiently(lambda: photographed(application))
            application = patiently(lambda: hand_in(application))
            with self._lock:
                self._done += 1
            return application
        finally:
            connection.close()


def patiently(step: Callable):
    """What the step answers, tried until it does. Raises the last failure when patience is over."""
    until = time.monotonic() + PATIENCE_SECONDS
    while True:
        try:
            return step()
        except (*FAILURES, CaptureRefused) as failure:
            ours = not isinstance(failure, CaptureRefused) or failure.code == "not_stored"
            if not ours or time.monotonic() > until:
                raise
            connection.close()
            time.sleep(0.3)


def prove(plant: Plant, application: Application) -> None:
    """Ask for a code, read it on the phone, enter it; where the page says that it did not arrive, ask for another."""
    phone = make.new_phone()
    patiently(lambda: ask_code(application, phone))
    entered = read_code(plant, phone, again=lambda: patiently(lambda: ask_again(application, phone)))
    patiently(lambda: enter(application, entered))


def ask_code(application: Application, phone: str) -> PhoneCode:
    """A code; the one asked for before, where it was made although the page said otherwise."""
    try:
        return request_phone_code(actor=make.person_actor(application), application_id=application.pk, phone=phone)
    except CodeRefused as refusal:
        if refusal.code != "code_too_soon":
            raise
        return PhoneCode.objects.filter(application=application).latest("created_at")


def ask_again(application: Application, phone: str) -> None:
    """Another code, if the newest is known not to have arrived, or nobody knows."""
    newest = PhoneCode.objects.filter(application=application).latest("created_at")
    if Delivery.objects.of("phone_code", newest.pk).filter(status__in=(DeliveryStatus.FAILED, DeliveryStatus.UNCONFIRMED)).exists():
        # a person reads what the page says before they press again; five times an hour are the most (P-REG-2)
        time.sleep(RELUCTANCE_SECONDS)
        ask_code(application, phone)


def read_code(plant: Plant, phone: str, *, again: Callable[[], object] = lambda: None) -> str:
    """The digits on the phone, once they are there. `again` is done each time they are not."""
    found: list[str] = []

    def _arrived() -> bool:
        messages = patiently(lambda: plant.sandbox.inbox(phone))
        found[:] = [re.search(r"\b(\d{6})\b", each["text"]).group(1) for each in messages if each["channel"] == "sms"]
        if not found:
            again()
            # a person looks at their phone now and then
            time.sleep(0.2)
        return bool(found)

    wait_until(_arrived, seconds=PATIENCE_SECONDS, what="no code came")
    return found[0]


def enter(application: Application, digits: str) -> None:
    """Enter the code, unless it was taken although the page said otherwise."""
    if not Application.objects.get(pk=application.pk).phone:
        prove_phone(actor=make.person_actor(application), application_id=application.pk, entered=digits)


def hand_in(application: Application) -> Application:
    """Hand in; the page's key makes a second press the same act."""
    return submit(application, key=str(application.pk))


def wait_for_rest(plant: Plant, *, seconds: float = 150) -> None:
    """Until nothing automatic is left to do: applications, messages, photographs, hints."""
    on_the_way = (ApplicationStatus.SUBMITTED, ApplicationStatus.VERIFYING, ApplicationStatus.APPROVED)

    def _left() -> dict[str, object]:
        return {
            "applications": Application.objects.filter(status__in=on_the_way).count(),
            "checks": list(Check.objects.open().values_list("kind", "status", "attempts", "faults", "waiting_reason")[:20]),
            "messages": Delivery.objects.filter(status__in=(DeliveryStatus.PENDING, DeliveryStatus.SUBMITTING)).count(),
            "photographs": Capture.objects.as_sent().exclude(application__status__in=ApplicationStatus.editable()).count(),
            "hints": {name: count for name, count in plant.waiting_messages().items() if count},
        }

    def _rests() -> bool:
        return not any(patiently(_left).values()) or bool(time.sleep(0.3))

    wait_until(_rests, seconds=seconds, what=lambda: (_left(), plant.log("worker-fast")[-1500:]))
