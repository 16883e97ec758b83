"""The page of the code: what can be no code uses up no guess (P-REG-2)."""

import pytest

from registration.models import PhoneCode
from registration.services.phone_digits import digits_of
from registration.services.request_phone_code import request_phone_code
from tests.factories import registration as make
from tests.registration.web.sessions import browser_of, summary

pytestmark = pytest.mark.django_db
PAGE = "/register/code"


@pytest.fixture
def code() -> PhoneCode:
    application = make.started()
    return request_phone_code(actor=make.person_actor(application), application_id=application.pk, phone=make.new_phone())


@pytest.mark.parametrize("typed", ["abc", "12345", "1234567", "一二三四五六"])
def test_what_has_not_six_digits_is_refused_and_not_counted(code, typed):
    answer = browser_of(code.application).post(PAGE, {"code": typed})
    assert answer.status_code == 422
    assert "The code has six digits" in summary(answer.content.decode())
    code.refresh_from_db()
    assert code.attempts == 0


def test_a_wrong_code_is_counted(code):
    wrong = "000000" if digits_of(code.pk) != "000000" else "000001"
    assert browser_of(code.application).post(PAGE, {"code": wrong}).status_code == 422
    code.refresh_from_db()
    assert code.attempts == 1


def test_blanks_and_wide_digits_are_read(code):
    """People copy them so."""
    digits = digits_of(code.pk)
    typed = f" {digits[:3]} " + "".join(chr(ord(digit) + 0xFEE0) for digit in digits[3:])
    assert browser_of(code.application).post(PAGE, {"code": typed})["Location"] == "/register/document"
