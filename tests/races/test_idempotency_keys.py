"""The same request sent many times at once through the API has one effect (P-PAR-5)."""

import pytest

from realname.trail.models import Event
from registration.models import Application, PhoneCode
from tests.factories.registration import new_phone
from tests.races.at_once import at_once
from tests.registration.api.v1.app import App

pytestmark = pytest.mark.django_db(transaction=True)
TIMES = 8


def test_a_start_sent_many_times_at_once():
    """One application; the others are told to ask again, or get its answer."""
    app = App()
    body = {"path": "face", "consents": app.consents()}
    answers = at_once(*[lambda: app.ask("post", "applications", body, key="k" * 16)] * TIMES)
    assert Application.objects.count() == 1
    assert {answer.status_code for answer in answers} <= {201, 409}
    begun = [answer.json()["application"]["id"] for answer in answers if answer.status_code == 201]
    assert set(begun) == {str(Application.objects.get().pk)}
    assert all(answer.json()["code"] == "key_busy" for answer in answers if answer.status_code == 409)
    again = app.ask("post", "applications", body, key="k" * 16)
    assert (again.status_code, again.json()["application"]["id"]) == (201, begun[0])


def test_a_wrong_code_sent_many_times_at_once():
    """One guess is counted."""
    app = App()
    app.begin()
    app.ask("post", "/phone-code", {"phone": new_phone()})
    at_once(*[lambda: app.ask("post", "/phone", {"code": "000000"}, key="k" * 16)] * TIMES)
    assert PhoneCode.objects.get().attempts == 1
    assert Event.objects.filter(name="phone_code.refused").count() == 1
