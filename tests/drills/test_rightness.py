"""The drills' own assertion finds what it is there to find: one row or event too many or too few."""

from collections.abc import Callable

import pytest
from django.db import transaction

from realname.access.actor import SYSTEM
from realname.trail import record
from registration.models import Application, Line
from registration.states import ApplicationStatus
from tests.drills import rightness
from tests.drills.crowd import wait_for_rest
from verification.models import Check, Decision, Inquiry, Review


class _UndoneError(Exception):
    pass


def _ended_twice() -> None:
    check = Check.objects.first()
    data = {"status": check.status, "kind": check.kind}
    record("check.completed", actor=SYSTEM, subject=check, person_id=check.person_id, reason=check.reason, data=data)


def _submitted_twice() -> None:
    application = Application.objects.exclude(status=ApplicationStatus.DRAFT).first()
    record("application.submitted", actor=SYSTEM, subject=application, person_id=application.person_id)


WRONGS: tuple[tuple[str, Callable[[], object]], ...] = (
    ("_checks", _ended_twice),
    ("_checks", lambda: Check.objects.filter(pk=Check.objects.first().pk).delete()),
    ("_checks", lambda: Check.objects.filter(pk=Check.objects.first().pk).update(status="running")),
    ("_applications", _submitted_twice),
    ("_applications", lambda: Application.objects.filter(status=ApplicationStatus.IN_REVIEW).update(status=ApplicationStatus.REJECTED)),
    ("_decisions", lambda: Decision.objects.filter(pk=Decision.objects.first().pk).delete()),
    ("_decisions", lambda: Review.objects.filter(pk=Review.objects.open().first().pk).delete()),
    ("_lines", lambda: Line.objects.filter(pk=Line.objects.first().pk).delete()),
    ("_sources", lambda: Inquiry.objects.filter(pk=Inquiry.objects.filter(answered_at__isnull=False).first().pk).delete()),
)


@pytest.fixture(scope="module")
def some_at_rest(the_plant) -> None:
    """A few people who have come through."""
    from tests.drills.crowd import FACES, Crowd

    the_plant.sandbox.good_weather()
    Crowd(the_plant, FACES + 2).all_in()
    wait_for_rest(the_plant)


@pytest.mark.parametrize(("look", "wrong"), WRONGS)
def test_a_wrong_is_found(look, wrong, the_plant, some_at_rest):
    looks = getattr(rightness, look)
    arguments = (the_plant,) if look == "_sources" else ()
    assert not list(looks(*arguments))
    with pytest.raises(_UndoneError), transaction.atomic():
        wrong()
        assert list(looks(*arguments))
        raise _UndoneError
