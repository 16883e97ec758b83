"""A person comes back in the moment in which the erasure comes to them (R-06)."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from realname.access.actor import SYSTEM, Actor
from realname.vault.erase import is_erased
from registration.models import Application, Line
from registration.retention import run as running
from registration.services.hold_data import place_hold
from registration.services.terminate_line import terminate_line
from registration.states import EndReason
from tests.factories import registration as make
from tests.races.at_once import at_once
from verification.services.outcomes import approve

pytestmark = pytest.mark.django_db(transaction=True)

OFFICER = Actor(kind="staff", id="1", name="one", role="compliance")


def gone_two_years(application: Application) -> Application:
    """The application's only line ended 731 days ago."""
    line = Line.objects.get(application=application)
    terminate_line(actor=SYSTEM, line_id=line.pk, reason=EndReason.UNPAID)
    Line.objects.filter(pk=line.pk).update(ended_at=timezone.now() - timedelta(days=731, hours=1))
    return Application.objects.get(pk=application.pk)


def erase() -> None:
    """A whole run."""
    while running.run_batch():
        pass


@pytest.mark.parametrize("attempt", range(3))
def test_a_person_who_comes_back_while_they_are_erased_ends_with_a_line_that_can_be_read(attempt):
    """Either they were quicker and stay, or they are a new person: never a line under destroyed keys."""
    old = gone_two_years(make.activated())
    new = make.verifying(id_number=old.id_number)

    def activate() -> str:
        with transaction.atomic():
            return approve(actor=SYSTEM, application=Application.objects.get(pk=new.pk), reason="APPROVED")

    results = at_once(activate, erase)
    assert [result for result in results if result] == []
    line = Line.objects.get(application=new)
    assert not is_erased(line.person_id)
    assert line.number == new.phone
    assert (line.person_id == old.person_id) is not is_erased(old.person_id)


@pytest.mark.parametrize("attempt", range(3))
def test_a_hold_placed_while_the_erasure_runs_holds_or_comes_too_late_whole(attempt):
    """Never half: where the keys live, the photographs do, too."""
    old = gone_two_years(make.activated())
    hold, _ = at_once(lambda: place_hold(actor=OFFICER, person_id=old.person_id, reason="r", authority_reference="1"), erase)
    assert hold.pk
    cards = old.captures.filter(kind__startswith="document", file__erased_at=None).count()
    assert cards == (0 if is_erased(old.person_id) else 2)
