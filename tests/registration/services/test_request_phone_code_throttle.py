"""Strangers learn nothing of a number by asking for codes, and can not void its holder's (P-REG-2)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from realname.access.actor import Actor
from registration.errors import CodeRefused
from registration.models import Application, PhoneCode
from registration.services.phone_digits import digits_of
from registration.services.prove_phone import prove_phone
from registration.services.request_phone_code import request_phone_code
from tests.factories import registration as make

pytestmark = pytest.mark.django_db


def ask(application: Application, phone: str, **place: str) -> PhoneCode:
    actor: Actor = make.person_actor(application, **place)
    return request_phone_code(actor=actor, application_id=application.pk, phone=phone)


def minutes_pass(minutes: int = 2) -> None:
    for code in PhoneCode.objects.all():
        PhoneCode.objects.filter(pk=code.pk).update(created_at=code.created_at - timedelta(minutes=minutes))


def test_a_registered_number_is_answered_like_any_other():
    """And the question counts: it makes a code."""
    phone = make.new_phone()
    make.activated(phone=phone)
    application = make.started()
    assert ask(application, phone).application_id == application.pk
    with pytest.raises(CodeRefused, match="code_too_soon"):
        ask(application, phone)


def test_a_stranger_does_not_void_a_persons_code():
    """Nor keeps them from asking."""
    phone, person, stranger = make.new_phone(), make.started(), make.started()
    code = ask(person, phone, ip="192.0.2.1", device="one")
    ask(stranger, phone, ip="198.51.100.1", device="two")
    proven = prove_phone(actor=make.person_actor(person), application_id=person.pk, entered=digits_of(code.pk))
    assert proven.pk == person.pk
    assert proven.phone_proven_at


def test_an_own_newer_code_voids_the_older():
    """One application, one code."""
    phone, person = make.new_phone(), make.started()
    first = ask(person, phone)
    minutes_pass()
    ask(person, phone)
    first.refresh_from_db()
    assert first.superseded_at


def test_an_ipv6_host_that_changes_its_address_is_still_one_place():
    """P-REG-2: it has 2^64 of them; its neighbour in the next /64 is another place."""
    phone = make.new_phone()
    for number in range(5):
        ask(make.started(), phone, ip=f"2001:db8:1:2::{number + 1}")
        minutes_pass()
    with pytest.raises(CodeRefused, match="code_too_many"):
        ask(make.started(), phone, ip="2001:db8:1:2:aaaa:bbbb:cccc:dddd")
    assert ask(make.started(), phone, ip="2001:db8:1:3::1")


def test_guesses_from_a_changing_ipv6_address_lock_its_network():
    """P-REG-2: the lock is not got round by the next address."""
    phone, first = make.new_phone(), make.started()
    ask(first, phone, ip="2001:db8:1:2::1")
    make.guess_codes(first, times=5)
    minutes_pass()
    with pytest.raises(CodeRefused, match="code_locked"):
        ask(make.started(), phone, ip="2001:db8:1:2::2")


@pytest.mark.parametrize("one_draft", [True, False])
def test_one_draft_or_device_tries_a_handful_of_numbers(one_draft):
    """P-REG-2: nobody sends codes round the country; a number that was asked for before is no new one, and an hour ends it."""
    draft = make.started()
    place = {} if one_draft else {"device": "one"}
    numbers = [make.new_phone() for _ in range(5)]
    for phone in numbers:
        ask(draft if one_draft else make.started(), phone, **place)
    with pytest.raises(CodeRefused, match="code_too_many"):
        ask(draft if one_draft else make.started(), make.new_phone(), **place)
    minutes_pass()
    assert ask(draft, numbers[0], **place)
    minutes_pass(60)
    assert ask(draft, make.new_phone(), **place)


@pytest.mark.parametrize("place", [{"ip": "192.0.2.7"}, {"device": "one"}])
def test_one_place_uses_up_its_own_share(place):
    """By a new application or without cookies it is still the same place; another place may ask on."""
    phone = make.new_phone()
    for _ in range(5):
        ask(make.started(), phone, **place)
        minutes_pass()
    with pytest.raises(CodeRefused, match="code_too_many"):
        ask(make.started(), phone, **place)
    assert ask(make.started(), phone, ip="198.51.100.1", device="two")


def test_all_places_together_have_a_bound():
    """Nobody's telephone rings all day."""
    phone = make.new_phone()
    expires = timezone.now() + timedelta(minutes=5)
    for number in range(20):
        application = make.started()
        PhoneCode.objects.create(
            person_id=application.person_id, application=application, phone=phone, network=f"192.0.2.{number}", expires_at=expires
        )
    with pytest.raises(CodeRefused, match="code_too_many"):
        ask(make.started(), phone, ip="198.51.100.1")


def test_a_strangers_guesses_do_not_lock_out_the_holder():
    """P-REG-2: who guesses a number's code elsewhere locks only their own place."""
    phone, person, stranger = make.new_phone(), make.started(), make.started()
    code = ask(person, phone, ip="192.0.2.1")
    ask(stranger, phone, ip="198.51.100.1")
    make.guess_codes(stranger, times=5)

    proven = prove_phone(actor=make.person_actor(person, ip="192.0.2.1"), application_id=person.pk, entered=digits_of(code.pk))

    assert proven.phone_proven_at
    with pytest.raises(CodeRefused, match="code_locked"):
        ask(stranger, phone, ip="198.51.100.1")


def test_guesses_from_all_places_together_are_bounded():
    """Changing places does not make guessing pay."""
    phone, person = make.new_phone(), make.started()
    PhoneCode.objects.bulk_create(
        PhoneCode(person_id=one.person_id, application=one, phone=phone, network=f"198.51.100.{n}", expires_at=timezone.now(), attempts=4)
        for n, one in enumerate(make.started() for _ in range(8))
    )
    with pytest.raises(CodeRefused, match="code_locked"):
        ask(person, phone, ip="192.0.2.1")


def test_one_device_has_a_bound_over_all_its_numbers():
    """P-REG-2: the thirty-first code of the hour is refused; another device, and the next hour, are not."""
    phone = make.new_phone()
    made_before(30, device="one")
    with pytest.raises(CodeRefused, match="code_too_many"):
        ask(make.started(), phone, device="one")
    assert ask(make.started(), phone, device="two")
    minutes_pass(61)
    assert ask(make.started(), make.new_phone(), device="one")


def test_one_person_has_a_bound_over_all_their_numbers():
    """P-REG-2: the twenty-first code of the hour is refused, whatever the number and the device."""
    draft = make.started()
    made_before(20, of=draft)
    with pytest.raises(CodeRefused, match="code_too_many"):
        ask(draft, make.new_phone())
    minutes_pass(61)
    assert ask(draft, make.new_phone())


def made_before(count: int, *, device: str = "", of: Application | None = None) -> None:
    """So many codes were asked for within the hour, for one number, each by a draft of its own or all `of` one."""
    phone, expires = make.new_phone(), timezone.now() + timedelta(minutes=5)
    for application in [of or make.started() for _ in range(count)]:
        PhoneCode.objects.create(person_id=application.person_id, application=application, phone=phone, device=device, expires_at=expires)
