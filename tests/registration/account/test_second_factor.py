"""Passkeys in a real browser with a virtual authenticator, authenticator applications, recovery codes (P-REG-4)."""

import re
import time
from datetime import timedelta

import pytest
from django.core.cache import cache
from django.utils import timezone
from django_otp.oath import totp
from playwright.sync_api import Page, sync_playwright

from realname.access.models import Role
from realname.trail.models import Event
from registration.models import Authenticator, Passkey, RecoveryCode, SignIn
from registration.services.account import check_factor
from tests.factories import account as make
from tests.factories import desk
from tests.registration.web.sessions import summary


def with_application(client) -> tuple[bytes, list[str]]:
    """The person sets up an authenticator application; its secret, and the recovery codes shown."""
    assert client.get("/account/security/authenticator").status_code == 200
    key = bytes.fromhex(Authenticator.objects.get().secret)
    shown = client.post("/account/security/authenticator", {"code": f"{totp(key):06d}"}).content.decode()
    return key, re.findall(r'<li class="digits">([A-Z0-9-]+)</li>', shown)


def at_factor(client):
    """Another browser of the same person, whose code was right."""
    make.forget_intervals()
    other = make.browser()
    attempt = make.ask_for_code(other, client.application.phone)
    assert other.post("/account/sign-in/code", {"code": make.digits(attempt)})["Location"] == "/account/sign-in/factor"
    return other


@pytest.mark.django_db
def test_with_an_application_sign_in_asks_for_its_code():
    """The code to the phone alone opens nothing any more; the application's serves once (RFC 6238, 5.2)."""
    client = make.signed_in()
    key, codes = with_application(client)
    assert len(codes) == 8
    other = at_factor(client)
    assert other.get("/account/").status_code == 302
    used = f"{totp(key):06d}"
    refused = other.post("/account/sign-in/factor", {"code": used})
    assert "used before" in summary(refused.content.decode())
    Authenticator.objects.update(last_step=-1)
    assert other.post("/account/sign-in/factor", {"code": used})["Location"] == "/account/"
    assert SignIn.objects.latest("started_at").way == "code_app"


@pytest.mark.django_db
def test_wrong_codes_of_the_application_lock_it():
    """Five in a row: then also the right one waits."""
    client = make.signed_in()
    key, _ = with_application(client)
    Authenticator.objects.update(last_step=-1)
    other = at_factor(client)
    for _ in range(5):
        other.post("/account/sign-in/factor", {"code": f"{(totp(key) + 1) % 1_000_000:06d}"})
    answer = other.post("/account/sign-in/factor", {"code": f"{totp(key):06d}"})
    assert "15 minutes" in summary(answer.content.decode())
    assert SignIn.objects.count() == 1


@pytest.mark.django_db
def test_a_recovery_code_opens_once():
    """Typed in small letters and without its dash; a second time it is none."""
    client = make.signed_in()
    _, codes = with_application(client)
    other = at_factor(client)
    assert other.post("/account/sign-in/factor", {"code": codes[0].lower().replace("-", "")})["Location"] == "/account/"
    again = at_factor(client)
    assert again.post("/account/sign-in/factor", {"code": codes[0]}).status_code == 422
    assert RecoveryCode.objects.filter(used_at=None).count() == 7


@pytest.mark.django_db
def test_a_removed_factor_is_no_longer_asked_for_and_its_codes_are_gone():
    """Told by a notice."""
    client = make.signed_in()
    with_application(client)
    client.post("/account/security/authenticator/remove")
    assert not RecoveryCode.objects.exists()
    make.forget_intervals()
    make.signed_in(client.application)
    names = Event.objects.filter(name__startswith="second_factor.").order_by("id").values_list("name", flat=True)
    assert list(names) == ["second_factor.added", "second_factor.removed"]


@pytest.mark.django_db
def test_a_senior_reviewer_removes_factors_that_were_lost():
    """For a person who showed their card in a shop; with the reason, and the person is told."""
    client = make.signed_in()
    with_application(client)
    senior = desk.signed_in(Role.SENIOR_REVIEWER)
    page = f"/admin/registration/person/{client.person.pk}/factors/"
    assert senior.post(page, {"reason": ""}).status_code == 422
    assert Authenticator.objects.exists()
    assert senior.post(page, {"reason": "document_shown"}).status_code == 302
    assert not Authenticator.objects.exists()
    assert Event.objects.get(name="second_factor.removed").reason == "document_shown"


@pytest.mark.django_db
def test_the_secret_lies_encrypted():
    """Nothing of it is in the column."""
    from django.db import connection

    client = make.signed_in()
    key, _ = with_application(client)
    with connection.cursor() as cursor:
        cursor.execute("SELECT secret FROM registration_authenticator")
        stored = bytes(cursor.fetchone()[0])
    assert key not in stored
    assert key.hex().encode() not in stored


@pytest.mark.django_db
@pytest.mark.parametrize(
    "_case",
    [
        "",
        "{}",
        "[]",
        "null",
        "{",
        '{"id": 7, "response": {}}',
        '{"id": "x", "response": {"clientDataJSON": 7}}',
        "[" * 60_000,
        "x" * 200_000,
    ],
)
def test_what_is_no_passkey_is_refused(_case):
    """Hostile answers: a sentence, never a fault, and nobody is in."""
    client = make.browser()
    client.post("/account/sign-in/passkey/options")
    assert client.post("/account/sign-in/passkey", {"credential": _case})["Location"] == "/account/sign-in"
    assert not SignIn.objects.exists()


@pytest.mark.django_db
def test_without_a_domain_there_are_no_passkeys(settings):
    """Neither offered nor taken."""
    settings.PASSKEY_RP_ID = ""
    client = make.browser()
    assert "data-passkey" not in client.get("/account/sign-in").content.decode()
    assert client.post("/account/sign-in/passkey/options").status_code == 404
    assert client.post("/account/sign-in/passkey", {"credential": "{}"}).status_code == 404


@pytest.fixture
def browser(chromium, monkeypatch):
    """The system's Chromium. Playwright keeps an event loop in this thread, where Django's database refuses to work unless told."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    # all browsers of this machine are one place, and the bound on a place outlives a test
    cache.clear()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield browser
        browser.close()


def opened(browser, live_server, client, path: str) -> tuple[Page, object, str]:
    """A page of the person's own session, with a virtual authenticator; the session to it, and the authenticator's id."""
    live = live_server.url.replace("127.0.0.1", "localhost")
    context = browser.new_context(locale="en-GB")
    if client is not None:
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live} for name in ("sessionid", "device")])
    page = context.new_page()
    page.complaints = []
    page.on("console", lambda message: page.complaints.append(message.text) if "Security Policy" in message.text else None)
    tools = context.new_cdp_session(page)
    tools.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True, "isUserVerified": True,
        "automaticPresenceSimulation": True,
    }  # fmt: skip
    made = tools.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    page.goto(live + path)
    return page, tools, made["authenticatorId"]


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_passkey_is_made_and_opens_the_account_alone(browser, live_server, monkeypatch):
    """Both ceremonies; then a replayed answer, another's challenge and a copied key open nothing."""
    client = make.signed_in()
    page, tools, authenticator = opened(browser, live_server, client, "/account/security")
    page.fill("[name=name]", "My phone")
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_selector(".account-codes li")
    assert page.complaints == []
    passkey = Passkey.objects.get()
    assert (passkey.name, passkey.person_id) == ("My phone", client.person.pk)
    page.goto(page.url.replace("/security/passkey", "/"))
    page.get_by_role("button", name="Sign out", exact=True).click()
    page.goto(live_server.url.replace("127.0.0.1", "localhost") + "/account/sign-in")
    sent = []
    page.on("request", lambda request: sent.append(request.post_data_json) if request.url.endswith("/sign-in/passkey") else None)
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/account/")
    assert SignIn.objects.latest("started_at").way == "passkey"
    # what was seen on the wire opens nothing a second time: the challenge is used
    replay = make.browser()
    replay.post("/account/sign-in/passkey/options")
    assert replay.post("/account/sign-in/passkey", {"credential": sent[0]["credential"]})["Location"] == "/account/sign-in"
    without = make.browser()
    assert without.post("/account/sign-in/passkey", {"credential": sent[0]["credential"]})["Location"] == "/account/sign-in"
    # a copied key counts from where it was copied
    Passkey.objects.update(sign_count=10_000)
    SignIn.objects.update(started_at=timezone.now() - timedelta(hours=1))
    page.goto(page.url + "sign-in?again=1")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.get_by_text("This passkey was not accepted").wait_for()
    assert SignIn.objects.filter(way="passkey").count() == 1
    assert Event.objects.filter(name="account.passkey_refused").exists()


@pytest.mark.browser
@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_a_passkey_is_the_second_factor_after_the_code(browser, live_server):
    """The code was right; the passkey lets in. Removed, it is asked for no more."""
    client = make.signed_in()
    page, tools, authenticator = opened(browser, live_server, client, "/account/security")
    page.get_by_role("button", name="Add a passkey").click()
    page.wait_for_selector(".account-codes li")
    other = at_factor(client)
    host = live_server.url.replace("127.0.0.1", "localhost")
    cookies = [{"name": name, "value": other.cookies[name].value, "url": host} for name in ("sessionid", "device")]
    page.context.add_cookies(cookies)
    page.goto(host + "/account/sign-in/factor")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/account/")
    assert SignIn.objects.latest("started_at").way == "code_passkey"
    client.post(f"/account/security/passkeys/{Passkey.objects.get().pk}/remove")
    make.forget_intervals()
    make.signed_in(client.application)


@pytest.mark.django_db
def test_the_clock_may_be_wrong_by_one_step():
    """Thirty seconds early or late; not more."""
    client = make.signed_in()
    key, _ = with_application(client)
    device = Authenticator.objects.get()
    accepted = []
    for drift in (-2, -1, 1, 2):
        device.last_step = -1
        accepted.append(check_factor.accepts(device, f"{totp(key, drift=drift, t0=0):06d}"))
    # the step may turn between making and judging a code: then the window has moved by one
    if int(time.time()) % 30 not in (0, 29):
        assert accepted == [False, True, True, False]
