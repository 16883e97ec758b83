"""P-CHG-4: the record changes with before, after, who, why and on what evidence; and its past can be asked."""

from datetime import timedelta

import pytest
from django.utils import timezone

from changes.errors import ChangeError
from changes.models import ChangeRequest
from changes.selectors import value_as_of
from changes.services.apply_change import apply_change, apply_due_changes
from changes.states import ChangeStatus
from realname.access.actor import SYSTEM
from realname.states import TransitionNotAllowed
from realname.trail.models import Event
from tests.factories import changes as make

pytestmark = pytest.mark.django_db


def test_not_within_the_cooling_off_time():
    change = make.approved()
    with pytest.raises(ChangeError, match="cooling_off"):
        apply_change(actor=SYSTEM, change_id=change.pk)
    assert apply_due_changes() == 0
    change.person.refresh_from_db()
    assert change.person.contact_phone == change.before


def test_afterwards_the_sweeper_applies_it_with_before_and_after():
    change = make.applied()
    change.person.refresh_from_db()
    assert change.person.contact_phone == change.after
    event = Event.objects.get(name="change.applied")
    assert event.before_values() == {"contact_phone": change.before}
    assert event.after_values() == {"contact_phone": change.after}
    assert event.data["evidence"] == change.evidence
    assert sorted(event.data["approvers"]) == sorted(str(a.approver_id) for a in change.approvals.all())


def test_applied_again_it_changes_nothing():
    change = make.applied()
    apply_change(actor=SYSTEM, change_id=change.pk)
    assert Event.objects.filter(name="change.applied").count() == 1


@pytest.mark.parametrize("state", ["requested", "checked", "awaiting_approval"])
def test_what_is_not_approved_is_never_applied(state):
    change = getattr(make, state)()
    ChangeRequest.objects.filter(pk=change.pk).update(cooling_off_until=timezone.now() - timedelta(hours=1))
    with pytest.raises(TransitionNotAllowed):
        apply_change(actor=SYSTEM, change_id=change.pk)


def test_the_record_as_of_a_date():
    now, person = timezone.now(), make.subscriber()
    first = person.contact_phone
    assert value_as_of(person, "contact_phone", now) == first
    change = make.applied(person=person)
    ChangeRequest.objects.filter(pk=change.pk).update(ended_at=now - timedelta(days=40))
    second = make.applied(person=person)
    person.refresh_from_db()
    assert value_as_of(person, "contact_phone", now - timedelta(days=41)) == first
    assert value_as_of(person, "contact_phone", now - timedelta(days=39)) == change.after
    assert value_as_of(person, "contact_phone", timezone.now()) == second.after == person.contact_phone


def test_the_queue_of_due_changes_goes_by_an_index():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
        assert "change_by_status" in ChangeRequest.objects.due().order_by("cooling_off_until").explain()


def test_status_can_not_be_left_once_ended():
    assert ChangeRequest.machine.terminal() == {
        str(s) for s in (ChangeStatus.APPLIED, ChangeStatus.REJECTED, ChangeStatus.WITHDRAWN, ChangeStatus.STOPPED)
    }
