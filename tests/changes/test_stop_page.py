"""P-CHG-5: the old contact stops a change by the message alone."""

import pytest
from django.urls import reverse

from changes.states import ChangeStatus
from realname.access.models import Role
from registration.services.phone_digits import digits_of
from tests.factories import changes as make
from tests.factories.access import sign_in
from tests.factories.policy import set_value

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


def test_one_place_cannot_use_up_the_guesses_of_a_change(client):
    set_value(key="changes.stops_per_hour_ip", value=3)
    change = make.awaiting_approval()
    code = digits_of(change.pk)
    wrong = {"reference": change.reference, "code": str((int(code) + 1) % 10**6).zfill(6)}
    for _ in range(5):
        assert client.post(PAGE, wrong, REMOTE_ADDR="198.51.100.7").status_code == 422
    change.refresh_from_db()
    assert change.stop_attempts == 3
    assert client.post(PAGE, {**wrong, "code": code}, REMOTE_ADDR="203.0.113.9").status_code == 200
    change.refresh_from_db()
    assert change.status == ChangeStatus.STOPPED


def test_who_approves_hears_of_wrong_codes(client):
    change = make.awaiting_approval()
    wrong = str((int(digits_of(change.pk)) + 1) % 10**6).zfill(6)
    client.post(PAGE, {"reference": change.reference, "code": wrong})
    sign_in(client, Role.REVIEWER)
    page = client.get(reverse("admin:changes_changerequest_case", args=[change.pk]), headers=ENGLISH).content.decode()
    assert "Somebody entered 1 wrong stop code. Call the old contact" in page
