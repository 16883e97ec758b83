"""P-REG-2: possession of the number, by one-time codes that are late, used, guessed or asked for too often."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from realname.ids.phone import InvalidPhone
from realname.trail.models import Event
from registration.errors import CodeRefused, NumberRegistered
from registration.models import Application, PhoneCode
from registration.policy import CODES_PER_HOUR_IP
from registration.services.phone_digits import digits_of
from registration.services.prove_phone import prove_phone
from registration.services.request_phone_code import request_phone_code
from registration.states import ApplicationStatus
from tests.factories import registration as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def application() -> Application:
    return make.started()


def ask(application: Application, phone: str, **actor) -> PhoneCode:
    return request_phone_code(actor=make.person_actor(application, **actor), application_id=application.pk, phone=phone)


def enter(application: Application, digits: str) -> Application:
    return prove_phone(actor=make.person_actor(application), application_id=application.pk, entered=digits)


def refusal(call, *args, **kwargs) -> str:
    with pytest.raises(CodeRefused) as refused:
        call(*args, **kwargs)
    assert refused.value.message
    return refused.value.code


def wrong(code: PhoneCode) -> str:
    return f"{(int(digits_of(code.pk)) + 1) % 10**6:06d}"


def test_the_right_code_proves_the_number_once(application):
    code = ask(application, make.new_phone())
    proven = enter(application, digits_of(code.pk))
    assert (proven.pk, proven.phone) == (application.pk, code.phone)
    assert proven.phone_proven_at
    assert refusal(enter, application, digits_of(code.pk)) == "code_used"
    assert Event.objects.filter(name="phone.proven", subject_id=str(application.pk)).count() == 1


def test_no_digits_are_stored_and_none_reach_the_trail(application):
    code = ask(application, make.new_phone())
    digits = digits_of(code.pk)
    assert all(digits not in str(value) for value in PhoneCode.objects.filter(pk=code.pk).values().get().values())
    assert not any(digits in str(event.data) for event in Event.objects.filter(person_id=application.person_id))


def test_a_late_code_is_refused(application):
    code = ask(application, make.new_phone())
    with time_machine.travel(code.expires_at + timedelta(seconds=1), tick=False):
        assert refusal(enter, application, digits_of(code.pk)) == "code_expired"


def test_an_older_code_is_refused_once_a_newer_was_sent(application):
    phone = make.new_phone()
    old = ask(application, phone)
    with time_machine.travel(timezone.now() + timedelta(seconds=61), tick=False):
        new = ask(application, phone)
        assert refusal(enter, application, digits_of(old.pk)) == "code_wrong"
        assert enter(application, digits_of(new.pk)).phone_proven_at


def test_guessing_locks_even_the_right_code(application):
    code = ask(application, make.new_phone())
    for _ in range(5):
        assert refusal(enter, application, wrong(code)) == "code_wrong"
    assert refusal(enter, application, digits_of(code.pk)) == "code_locked"


def test_guesses_are_counted_across_the_codes_of_a_number(application):
    """A new code does not give five new guesses."""
    phone, start = make.new_phone(), timezone.now()
    first = ask(application, phone)
    for _ in range(3):
        refusal(enter, application, wrong(first))
    with time_machine.travel(start + timedelta(seconds=61), tick=False):
        second = ask(application, phone)
        for _ in range(2):
            refusal(enter, application, wrong(second))
        assert refusal(enter, application, digits_of(second.pk)) == "code_locked"
    with time_machine.travel(start + timedelta(seconds=200), tick=False):
        assert refusal(ask, application, phone) == "code_locked"
        # whoever asks from elsewhere is not shut out by it
        assert ask(make.started(), phone)


def test_the_lock_ends_after_its_time(application):
    phone = make.new_phone()
    code = ask(application, phone)
    for _ in range(5):
        refusal(enter, application, wrong(code))
    with time_machine.travel(timezone.now() + timedelta(seconds=901), tick=False):
        again = ask(application, phone)
        assert enter(application, digits_of(again.pk)).phone_proven_at


def test_codes_are_throttled_by_the_minute_and_by_the_hour(application):
    phone, start = make.new_phone(), timezone.now()
    ask(application, phone)
    assert refusal(ask, application, phone) == "code_too_soon"
    for minute in range(1, 5):
        with time_machine.travel(start + timedelta(minutes=1.1 * minute), tick=False):
            ask(application, phone)
    with time_machine.travel(start + timedelta(minutes=10), tick=False):
        assert refusal(ask, application, phone) == "code_too_many"
    with time_machine.travel(start + timedelta(minutes=62), tick=False):
        assert ask(application, phone)


def test_codes_are_throttled_by_address(application):
    PhoneCode.objects.bulk_create(
        PhoneCode(
            person_id=application.person_id,
            application=application,
            phone=make.new_phone(),
            network="203.0.113.7",
            expires_at=timezone.now(),
        )
        for _ in range(CODES_PER_HOUR_IP.default)
    )
    assert refusal(ask, make.started(), make.new_phone(), ip="203.0.113.7") == "code_too_many"
    assert ask(make.started(), make.new_phone(), ip="203.0.113.8")


def test_a_number_that_is_a_line_is_told_only_to_who_holds_it(application):
    """P-REG-5."""
    phone = make.new_phone()
    make.activated(phone=phone)
    code = ask(application, phone)
    with pytest.raises(NumberRegistered):
        enter(application, digits_of(code.pk))
    application.refresh_from_db()
    assert not application.phone_proven_at


@pytest.mark.parametrize("phone", ["", "12345", "23800138000", "138001380001", "1380013800x"])
def test_what_is_no_mobile_number_gets_no_code(application, phone):
    with pytest.raises(InvalidPhone):
        ask(application, phone)
    assert not PhoneCode.objects.exists()


def test_an_empty_application_left_behind_is_taken_up_again_by_its_number(application):
    """P-REG-1: resumable by the phone number."""
    phone, start = make.new_phone(), timezone.now()
    code = ask(application, phone)
    enter(application, digits_of(code.pk))
    later = make.started()
    with time_machine.travel(start + timedelta(minutes=2), tick=False):
        resumed = enter(later, digits_of(ask(later, phone).pk))
    assert resumed.pk == application.pk
    later.refresh_from_db()
    assert later.status == ApplicationStatus.WITHDRAWN
    assert Application.objects.open().filter(phone_index=resumed.phone_index).count() == 1


def test_holding_the_number_alone_opens_nobodys_details():
    """A number may be lent or given out again: what its application says is not shown for the number alone."""
    phone = make.new_phone()
    theirs, start = make.drafted(phone=phone), timezone.now()
    stranger = make.started()
    with time_machine.travel(start + timedelta(minutes=2), tick=False):
        result = enter(stranger, digits_of(ask(stranger, phone).pk))
    assert result.pk == stranger.pk
    assert not result.phone_proven_at
    theirs.refresh_from_db()
    assert theirs.status == ApplicationStatus.DRAFT
