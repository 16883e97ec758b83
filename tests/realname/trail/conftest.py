"""What the trail's tests share: an event type, a way to write events, places of their own for key and anchor file."""

from collections.abc import Callable, Iterator

import pytest
from django.db import transaction

from realname.access.actor import SYSTEM
from realname.trail import EventType, SubjectRef, listeners, record, register
from realname.trail.models import Event

THING = "specimen.happened"
OTHER = "specimen.ended"
register(EventType(name=THING, label="Something happened", subject="specimen", personal=("before", "after")))
register(EventType(name=OTHER, label="Something ended", subject="specimen"))


@pytest.fixture(autouse=True)
def trail_places(settings, tmp_path):
    """Key and anchor file of this test only."""
    settings.TRAIL_SIGNING_KEY_FILE = tmp_path / "key.pem"
    settings.TRAIL_PUBLIC_KEYS_FILE = tmp_path / "public.json"
    settings.TRAIL_ANCHOR_FILE = tmp_path / "heads.log"
    return tmp_path


@pytest.fixture
def happen() -> Callable[..., Event]:
    """Record one event in a transaction of its own."""

    def write(number: int = 1, *, name: str = THING, **given) -> Event:
        with transaction.atomic():
            return record(name, actor=SYSTEM, subject=SubjectRef("specimen", str(number)), data={"n": number}, **given)

    return write


@pytest.fixture
def only_test_listeners() -> Iterator[None]:
    """No listeners but those the test adds; the program's own come back afterwards."""
    kept, heard = dict(listeners._listeners), set(listeners._heard)
    listeners._listeners.clear()
    listeners._heard.clear()
    yield
    listeners._listeners.clear()
    listeners._heard.clear()
    listeners._listeners.update(kept)
    listeners._heard.update(heard)
