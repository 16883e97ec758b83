"""P-CHG-5: the old contact stops a change by the message alone."""

import pytest

from changes.states import ChangeStatus
from registration.services.phone_digits import digits_of
from tests.factories import changes as make

pytestmark = pytest.mark.django_db
PAGE = "/changes/stop"
ENGLISH = {"accept-language": "en"}


def test_anybody_may_open_it(client):
    assert client.get(PAGE).status_code == 200


def test_reference_and_code_stop_it(client):
    change = make.awaiting_approval()
    code = digits_of(change.pk)
    typed = {"reference": f" {change.reference.lower()} ", "code": f"{code[:3]} {code[3:]}"}
    answer = client.post(PAGE, typed, headers=ENGLISH)
    assert "The change is stopped" in answer.content.decode()
    change.refresh_from_db()
    assert change.status == ChangeStatus.STOPPED


@pytest.mark.parametrize("typed", [{}, {"reference": "CH-XXXXXXXX", "code": "123456"}, {"reference": "x" * 300, "code": "\u202e1"}])
def test_what_is_wrong_comes_back_with_a_message(client, typed):
    answer = client.post(PAGE, typed)
    assert answer.status_code == 422
    assert answer.context["form"].errors


def test_too_late_is_told_to_who_knows_the_code(client):
    change = make.applied()
    answer = client.post(PAGE, {"reference": change.reference, "code": digits_of(change.pk)}, headers=ENGLISH)
    assert answer.status_code == 422
    assert "can no longer be altered" in answer.content.decode()
