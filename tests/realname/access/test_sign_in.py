"""Staff sign in with a second factor, or not at all (P-ALL-1)."""

import time
from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone
from django_otp.oath import totp
from django_otp.plugins.otp_totp.models import TOTPDevice

from realname.access.models import Role, Staff
from realname.trail.models import Event
from tests.factories import access, desk

pytestmark = pytest.mark.django_db
PASSWORD = "a-long-enough-password"
LOGIN = "/admin/login/"


@pytest.fixture
def reviewer() -> Staff:
    return access.staff(Role.REVIEWER, password=PASSWORD)


@pytest.fixture
def device(reviewer) -> TOTPDevice:
    return TOTPDevice.objects.create(user=reviewer, name="test", confirmed=True)


def code_of(device: TOTPDevice) -> str:
    return f"{totp(device.bin_key):06d}"


def sign_in(client: Client, user: Staff, *, password: str = PASSWORD, code: str = ""):
    return client.post(LOGIN, {"username": user.username, "password": password, "code": code, "next": "/admin/"})


def test_password_and_code_open_the_desk(client, reviewer, device):
    """P-ALL-1: both factors; the sign-in is in the trail."""
    assert sign_in(client, reviewer, code=code_of(device)).status_code == 302
    assert client.get("/admin/").status_code == 200
    event = Event.objects.get(name="staff.signed_in")
    assert (event.actor_id, event.data) == (str(reviewer.pk), {"second_factor": True})


@pytest.mark.parametrize(
    "_case, password, code", [("no code", PASSWORD, ""), ("wrong code", PASSWORD, "000000"), ("wrong password", "x", None)]
)
def test_anything_missing_gets_the_same_refusal(client, reviewer, device, _case, password, code):
    """The answer does not tell which of the three was wrong; nobody is signed in; the refusal is in the trail."""
    response = sign_in(client, reviewer, password=password, code=code_of(device) if code is None else code)
    assert response.context["form"].non_field_errors().as_data()[0].code == "invalid_login"
    assert "_auth_user_id" not in client.session
    assert Event.objects.filter(name="staff.sign_in_refused", subject_id=str(reviewer.pk)).count() == 1


def test_a_code_serves_once(client, reviewer, device):
    """RFC 6238, section 5.2."""
    code = code_of(device)
    sign_in(client, reviewer, code=code)
    other = Client()
    sign_in(other, reviewer, code=code)
    assert "_auth_user_id" not in other.session


@pytest.mark.parametrize("_case, good_password", [("passwords guessed", False), ("codes guessed", True)])
def test_five_failures_lock_the_account_for_this_address(client, reviewer, device, _case, good_password):
    """Guessing codes counts like guessing passwords; then even the right ones are refused, with a page that says so."""
    for _ in range(5):
        response = sign_in(client, reviewer, password=PASSWORD if good_password else "x", code="000000")
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    response = sign_in(client, reviewer, code=code_of(device))
    assert response.status_code == 429
    assert "admin/locked_out.html" in [template.name for template in response.templates]
    assert "_auth_user_id" not in client.session


def guess(names: range, *, ip: str) -> None:
    """Five wrong passwords for each of so many names."""
    for name in names:
        for _ in range(5):
            Client(REMOTE_ADDR=ip).post(LOGIN, {"username": f"name-{name}", "password": "x"})


def test_many_names_from_one_address_are_bounded_too(reviewer, device):
    """P-ALL-1: few passwords on many names; the lock ends by itself."""
    guess(range(9), ip="203.0.113.7")
    assert sign_in(Client(REMOTE_ADDR="203.0.113.7"), reviewer, password="x").status_code == 200  # noqa: S106
    guess(range(9, 10), ip="203.0.113.7")
    response = sign_in(Client(REMOTE_ADDR="203.0.113.7"), reviewer, code=code_of(device))
    assert response.status_code == 429
    with time_machine.travel(timezone.now() + timedelta(minutes=16)):
        assert sign_in(Client(REMOTE_ADDR="203.0.113.7"), reviewer, code=code_of(device)).status_code == 302


def test_another_address_is_not_bounded_by_that(reviewer, device):
    guess(range(10), ip="203.0.113.7")
    assert sign_in(Client(REMOTE_ADDR="203.0.113.8"), reviewer, code=code_of(device)).status_code == 302


def test_a_changing_ipv6_address_gets_no_more_guesses(client, reviewer, device):
    """The account is locked for the network."""
    for number in range(5):
        client.defaults["REMOTE_ADDR"] = f"2001:db8:1:2::{number + 1}"
        sign_in(client, reviewer, password="x", code="000000")
    client.defaults["REMOTE_ADDR"] = "2001:db8:1:2:ffff::9"
    assert sign_in(client, reviewer, code=code_of(device)).status_code == 429
    client.defaults["REMOTE_ADDR"] = "2001:db8:1:3::1"
    assert sign_in(client, reviewer, code=code_of(device)).status_code == 302


def test_a_name_nobody_has_is_not_written_down(client):
    """What was typed as a user name may have been a password."""
    client.post(LOGIN, {"username": "hunter2-is-my-password", "password": "x"})
    event = Event.objects.get(name="staff.sign_in_refused")
    assert (event.subject_id, event.actor_name) == ("unknown", "")


def test_first_sign_in_leads_to_enrolment_and_nothing_else(client, reviewer):
    """Without a second factor every page leads to setting one up."""
    sign_in(client, reviewer)
    assert client.get("/admin/", follow=True).redirect_chain[-1][0].startswith("/admin/second-factor/")
    page = client.get("/admin/second-factor/").content.decode()
    assert "<svg" in page and "style=" not in page[page.index("<svg") : page.index("</svg>")]
    device = TOTPDevice.objects.get(user=reviewer, confirmed=False)
    assert client.post("/admin/second-factor/", {"code": "000000"}).status_code == 200
    assert client.get("/admin/").status_code == 302
    TOTPDevice.objects.update(throttling_failure_count=0, throttling_failure_timestamp=None)
    assert client.post("/admin/second-factor/", {"code": code_of(device)}).status_code == 302
    assert client.get("/admin/").status_code == 200
    assert Event.objects.filter(name="staff.second_factor_enrolled").count() == 1


def test_a_second_device_cannot_be_enrolled_with_the_password_alone(client, reviewer, device):
    """Who knows only the password must not add a factor of their own."""
    client.force_login(reviewer, backend="django.contrib.auth.backends.ModelBackend")
    assert client.get("/admin/second-factor/").headers["Location"] == LOGIN
    assert client.post("/admin/second-factor/", {"code": code_of(device)}).status_code == 302
    assert TOTPDevice.objects.filter(user=reviewer).count() == 1
    assert client.get("/admin/").status_code == 302


def test_a_session_ends_after_half_an_hour_without_a_request(reviewer):
    """Idle staff are signed out."""
    client = desk.signed_in(reviewer)
    client.get("/admin/")
    session = Session.objects.get()
    assert 1790 <= (session.expire_date - timezone.now()).total_seconds() <= 1800
    Session.objects.update(expire_date=timezone.now())
    time.sleep(0.01)
    assert client.get("/admin/").status_code == 302


def test_inactive_staff_and_others_stay_out(client):
    """An account that was shut, and one that is no staff's."""
    shut = access.staff(Role.REVIEWER, password=PASSWORD, is_active=False)
    nobody = access.staff(Role.REVIEWER, password=PASSWORD, is_staff=False)
    for user in (shut, nobody):
        sign_in(client, user)
        assert "_auth_user_id" not in client.session


def test_public_pages_stay_strict_while_the_desk_may_evaluate(client):
    """The additions that unfold needs are on the staff's pages only."""
    assert "unsafe" not in client.get("/ui/").headers["Content-Security-Policy"]
    policy = client.get(LOGIN).headers["Content-Security-Policy"]
    assert "script-src 'self' 'unsafe-eval'" in policy and "default-src 'none'" in policy
    assert "'unsafe-inline'" not in policy.split("script-src")[1].split(";")[0]


def test_signing_out_ends_the_session(reviewer):
    """And is in the trail."""
    client = desk.signed_in(reviewer)
    client.post("/admin/logout/")
    assert client.get("/admin/").status_code == 302
    assert Event.objects.get(name="staff.signed_out").subject_id == str(reviewer.pk)
