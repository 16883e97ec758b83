"""Proving a number is one transaction that locks applications before the number."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from realname.trail.models import Event
from registration.errors import CodeRefused, NumberRegistered
from registration.locks import NUMBER
from registration.models import Application, PhoneCode
from registration.services import prove_phone as proving
from registration.services.phone_digits import digits_of
from registration.services.prove_phone import prove_phone
from registration.services.request_phone_code import request_phone_code
from tests.factories import registration as make

pytestmark = pytest.mark.django_db


def asked(phone: str) -> tuple[Application, PhoneCode]:
    application = make.started()
    actor = make.person_actor(application)
    return application, request_phone_code(actor=actor, application_id=application.pk, phone=phone)


def enter(application: Application, digits: str) -> Application:
    return prove_phone(actor=make.person_actor(application), application_id=application.pk, entered=digits)


def wrong(code: PhoneCode) -> str:
    return "000000" if digits_of(code.pk) != "000000" else "111111"


def test_a_kill_before_the_number_is_bound_leaves_the_code_unused(monkeypatch):
    """P-REG-2: the person enters it again."""
    application, code = asked(make.new_phone())
    with monkeypatch.context() as patch:
        patch.setattr(proving, "bind_number", lambda **kwargs: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            enter(application, digits_of(code.pk))
    assert enter(application, digits_of(code.pk)).phone_proven_at


def test_applications_are_locked_before_the_number():
    """The order of locks.py, with the application that has the number among those locked."""
    phone = make.new_phone()
    rival, first = asked(phone)
    rival = enter(rival, digits_of(first.pk))
    application, code = asked(phone)
    with CaptureQueriesContext(connection) as queries:
        enter(application, digits_of(code.pk))
    sql = [query["sql"] for query in queries]
    rows = next(place for place, text in enumerate(sql) if "FOR UPDATE" in text)
    number = next(place for place, text in enumerate(sql) if "pg_advisory_xact_lock" in text and str(NUMBER) in text)
    assert rows < number
    assert str(rival.pk) in sql[rows]
    assert not any("FOR UPDATE" in text and "registration_application" in text for text in sql[number:])


def test_a_wrong_guess_is_counted_and_told():
    """P-REG-2: the refusal does not undo the count."""
    application, code = asked(make.new_phone())
    with pytest.raises(CodeRefused):
        enter(application, wrong(code))
    code.refresh_from_db()
    assert (code.attempts, code.used_at) == (1, None)
    assert Event.objects.get(name="phone_code.refused").reason == "code_wrong"


def test_the_number_of_a_live_line_is_refused_to_who_proved_it():
    """P-REG-5: the code is used up, and the refusal is on the trail."""
    phone = make.new_phone()
    make.activated(phone=phone)
    application, code = asked(phone)
    with pytest.raises(NumberRegistered):
        enter(application, digits_of(code.pk))
    application.refresh_from_db()
    code.refresh_from_db()
    assert application.phone_proven_at is None
    assert code.used_at
    assert Event.objects.get(name="phone_code.refused").reason == "number_registered"


def test_another_persons_application_is_not_there():
    """Other people's things do not exist."""
    application, code = asked(make.new_phone())
    with pytest.raises(Application.DoesNotExist):
        prove_phone(actor=make.person_actor(make.started()), application_id=application.pk, entered=digits_of(code.pk))
    code.refresh_from_db()
    assert code.used_at is None
