"""P-CHG-1, P-CHG-2: asking for a change, and what is refused before a person sees it."""

import pytest

from changes.errors import Implausible
from changes.models import ChangeCode, ChangeRequest
from changes.services.request_change import request_change
from changes.states import ChangeKind, ChangeStatus
from realname.access.actor import SYSTEM
from realname.ids.phone import InvalidPhone
from realname.trail.models import Event
from tests.factories import changes as make
from tests.factories import registration

pytestmark = pytest.mark.django_db


def ask(person, value):
    return request_change(actor=SYSTEM, person_id=person.pk, kind=ChangeKind.CONTACT_PHONE, value=value)


def test_a_request_keeps_before_and_after_and_sends_a_code():
    person = make.subscriber(phone="13855550001")
    change = ask(person, "+86 139-5555-0002")
    assert (change.status, change.before, change.after) == (ChangeStatus.REQUESTED, "13855550001", "13955550002")
    code = ChangeCode.objects.get(change=change)
    assert (code.phone, code.sent_at) == ("13955550002", None)
    event = Event.objects.get(name="change.requested")
    assert event.data == {"kind": "contact_phone"}
    assert event.after_values() == {"contact_phone": "13955550002"}


def test_the_record_itself_is_untouched():
    person = make.subscriber(phone="13855550003")
    ask(person, registration.new_phone())
    person.refresh_from_db()
    assert person.contact_phone == "13855550003"


def _unverified():
    return registration.drafted().person, registration.new_phone(), "person_unknown"


def _same():
    return make.subscriber(phone="13855550004"), "138 5555 0004", "same_value"


def _open():
    person = make.subscriber()
    make.requested(person=person)
    return person, registration.new_phone(), "change_open"


def _recent():
    person = make.subscriber()
    make.applied(person=person)
    return person, registration.new_phone(), "changed_recently"


def _busy():
    make.requested(phone="13955550005")
    return make.subscriber(), "13955550005", "number_busy"


@pytest.mark.parametrize("case", [_unverified, _same, _open, _recent, _busy], ids=lambda case: case.__name__)
def test_what_makes_no_sense_is_refused_and_leaves_nothing(case):
    person, value, code = case()
    before = ChangeRequest.objects.count(), Event.objects.count()
    with pytest.raises(Implausible) as refusal:
        ask(person, value)
    assert refusal.value.code == code
    assert str(refusal.value.message)
    assert (ChangeRequest.objects.count(), Event.objects.count()) == before


@pytest.mark.parametrize("value", ["", "12345", "1390000000x", "14900000000"])
def test_a_number_that_is_none_is_refused(value):
    with pytest.raises(InvalidPhone):
        ask(make.subscriber(), value)


def test_a_change_that_ended_frees_the_way():
    from changes.services.withdraw_change import withdraw_change

    person = make.subscriber()
    withdraw_change(actor=SYSTEM, change_id=make.requested(person=person).pk)
    assert ask(person, registration.new_phone()).status == ChangeStatus.REQUESTED
