"""P-REG-2: a code to sign in opens its person's account, once, and nothing else."""

import pytest

from realname.trail.models import Event
from registration.errors import CodeRefused
from registration.models import PhoneCode
from registration.services.phone_digits import digits_of
from registration.services.prove_phone import prove_phone
from registration.services.sign_in_code import prove_sign_in_code, request_sign_in_code
from tests.factories import registration as make

pytestmark = pytest.mark.django_db


def ask(person, phone, **place) -> PhoneCode:
    replaces = place.pop("replaces", None)
    actor = make.person_actor(**place)
    return request_sign_in_code(actor=actor, person_id=person.pk, phone=phone, language="en", replaces=replaces)


@pytest.fixture
def person():
    return make.started().person


def test_the_right_digits_let_the_person_in_once(person):
    code = ask(person, make.new_phone())
    proven = prove_sign_in_code(actor=make.person_actor(), code_id=code.pk, entered=digits_of(code.pk))
    assert proven.person_id == person.pk
    with pytest.raises(CodeRefused, match="code_used"):
        prove_sign_in_code(actor=make.person_actor(), code_id=code.pk, entered=digits_of(code.pk))
    assert Event.objects.get(name="sign_in_code.accepted").subject_id == str(person.pk)


def test_wrong_digits_are_counted_and_lock(person):
    code = ask(person, make.new_phone(), device="one")
    wrong = "000000" if digits_of(code.pk) != "000000" else "000001"
    for _ in range(5):
        with pytest.raises(CodeRefused, match="code_wrong"):
            prove_sign_in_code(actor=make.person_actor(), code_id=code.pk, entered=wrong)
    with pytest.raises(CodeRefused, match="code_locked"):
        prove_sign_in_code(actor=make.person_actor(), code_id=code.pk, entered=digits_of(code.pk))
    assert Event.objects.filter(name="sign_in_code.refused").count() == 6


def test_a_code_opens_only_what_it_was_made_for(person):
    """A registration's code signs nobody in, and one to sign in proves no application's number."""
    application, phone = make.started(), make.new_phone()
    from registration.services.request_phone_code import request_phone_code

    registering = request_phone_code(actor=make.person_actor(application), application_id=application.pk, phone=phone)
    with pytest.raises(CodeRefused, match="code_expired"):
        prove_sign_in_code(actor=make.person_actor(), code_id=registering.pk, entered=digits_of(registering.pk))
    signing_in = ask(application.person, phone, device="another")
    with pytest.raises(CodeRefused, match="code_wrong"):
        prove_phone(actor=make.person_actor(application), application_id=application.pk, entered=digits_of(signing_in.pk))


def test_a_newer_code_of_the_browser_voids_the_older_and_a_strangers_does_not(person):
    phone = make.new_phone()
    first = ask(person, phone, device="one")
    ask(person, phone, device="two")
    first.refresh_from_db()
    assert first.superseded_at is None
    ask(person, phone, device="three", replaces=first.pk)
    first.refresh_from_db()
    assert first.superseded_at


def test_an_unknown_code_is_an_expired_one(person):
    import uuid

    with pytest.raises(CodeRefused, match="code_expired"):
        prove_sign_in_code(actor=make.person_actor(), code_id=uuid.uuid4(), entered="123456")
