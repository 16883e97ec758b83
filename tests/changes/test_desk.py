"""P-CHG-1..5 at the desk: who sees what, who may do what, and the whole way by forms."""

import pytest
from django.urls import reverse

from changes.models import ChangeRequest
from changes.services import tell_old_contact as telling
from realname.access.models import Role
from registration.models import Delivery
from registration.services.hand_over import hand_over
from registration.services.phone_digits import digits_of
from tests.factories import changes as make
from tests.factories import registration
from tests.factories.access import sign_in

pytestmark = pytest.mark.django_db
ROLES = [str(role) for role in Role]
READERS = {"clerk", "reviewer", "senior_reviewer", "compliance", "risk_officer"}
LIST = "/admin/changes/changerequest/"


def url(act, change):
    return reverse(f"admin:changes_changerequest_{act}", args=[change.pk])


@pytest.mark.parametrize("role", ROLES)
def test_who_sees_changes(client, role):
    change = make.requested()
    sign_in(client, role)
    expected = 200 if role in READERS else 403
    assert client.get(LIST).status_code == expected
    assert client.get(url("case", change)).status_code == expected


@pytest.mark.parametrize("role", ROLES)
def test_who_may_ask(client, role):
    sign_in(client, role)
    assert client.get(LIST + "request/").status_code == (200 if role in {"clerk", "reviewer", "senior_reviewer"} else 403)


def test_numbers_are_masked_everywhere(client):
    person = make.subscriber(phone="13877770001")
    change = make.awaiting_approval(person=person, phone="13977770002")
    sign_in(client, Role.REVIEWER)
    for page in (LIST, url("case", change)):
        text = client.get(page).content.decode()
        assert "138****0001" in text
        assert "13877770001" not in text
        assert "13977770002" not in text


def test_the_whole_way_by_forms(client, sandbox):
    person = make.subscriber(phone="13877770003")
    sign_in(client, Role.CLERK)
    answer = client.post(LIST + "request/", {"line": "138 7777 0003", "value": "13977770004"})
    change = ChangeRequest.objects.get()
    assert answer.url == url("case", change)
    client.post(url("prove", change), {"code": digits_of(change.code.pk)})
    telling.tell_old_contact(change_id=change.pk)
    hand_over(delivery_id=Delivery.objects.get(kind="change_told", about=change.pk).pk)
    for _ in range(2):
        sign_in(client, Role.REVIEWER)
        client.post(url("approve", change))
    change.refresh_from_db()
    assert change.status == "approved"
    ChangeRequest.objects.update(cooling_off_until=change.requested_at)
    from changes.tasks import apply_due_changes

    assert apply_due_changes() == 1
    person.refresh_from_db()
    assert person.contact_phone == "13977770004"


@pytest.mark.parametrize(
    ("line", "value", "field"),
    [("13800000000", "13977770004", "line"), ("x", "13977770004", "line"), ("13877770005", "123", "value"), ("13877770005", "", "value")],
)
def test_a_wrong_request_comes_back_with_its_error(client, line, value, field):
    make.subscriber(phone="13877770005")
    sign_in(client, Role.CLERK)
    answer = client.post(LIST + "request/", {"line": line, "value": value})
    assert (answer.status_code, set(answer.context["form"].errors)) == (422, {field})
    assert not ChangeRequest.objects.exists()


def test_a_refusal_by_rule_is_told(client):
    make.subscriber(phone="13877770006")
    sign_in(client, Role.CLERK)
    answer = client.post(LIST + "request/", {"line": "13877770006", "value": "13877770006"}, headers={"accept-language": "en"})
    assert "This is the contact phone already." in answer.content.decode()


def test_one_reviewer_is_not_two(client):
    change = make.awaiting_approval()
    sign_in(client, Role.SENIOR_REVIEWER)
    client.post(url("approve", change))
    answer = client.post(url("approve", change), follow=True, headers={"accept-language": "en"})
    assert "You have approved this change already." in answer.content.decode()
    change.refresh_from_db()
    assert change.status == "awaiting_approval"


def test_rejecting_needs_a_reason(client):
    change = make.awaiting_approval()
    sign_in(client, Role.REVIEWER)
    assert client.post(url("reject", change), {"reason": ""}).status_code == 422
    client.post(url("reject", change), {"reason": "not the holder"})
    change.refresh_from_db()
    assert change.status == "rejected"


@pytest.mark.parametrize("act", ["prove", "approve", "reject", "withdraw", "stop"])
def test_acts_are_not_done_by_a_link(client, act):
    change = make.awaiting_approval()
    sign_in(client, Role.REVIEWER)
    assert client.get(url(act, change)).status_code == 405


def test_an_act_on_an_ended_change_is_said_not_thrown(client):
    change = make.applied()
    sign_in(client, Role.REVIEWER)
    for act in ("approve", "reject", "stop"):
        answer = client.post(url(act, change), {"reason": "late"}, follow=True, headers={"accept-language": "en"})
        assert "This is not possible any more" in answer.content.decode()


def test_an_unknown_change_does_not_exist(client):
    sign_in(client, Role.REVIEWER)
    assert client.get(LIST + f"{registration.started().pk}/case/").status_code == 404
