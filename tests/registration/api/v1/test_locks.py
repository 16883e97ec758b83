"""Two locks: which app asks, and whose application it is. Other people's things answer 404."""

import uuid
from datetime import timedelta
from io import StringIO

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone
from oauth2_provider.models import AccessToken
from oauth2_provider.models import Application as Client

from realname.access.actor import SYSTEM
from realname.trail.models import Event
from registration.models import ApiAccess, Application
from registration.services.api_access import forget_leftovers
from registration.services.api_client import revoke_client
from tests.registration.api.v1.app import BASE, App

pytestmark = pytest.mark.django_db


@pytest.fixture
def app():
    app = App()
    app.begin()
    return app


def test_nothing_is_kept_by_which_somebody_else_could_ask(app):
    """Digests of tokens and secrets, a hash of the client's secret."""
    assert list(AccessToken.objects.values_list("token", flat=True)) == [""]
    assert app.access not in ApiAccess.objects.get().secret_digest
    assert app.secret not in Client.objects.get().client_secret


def test_a_clients_token_alone_reads_no_application(app):
    """A leaked token, with the id of the application."""
    app.access = ""
    assert app.ask("get", "").status_code == 404


@pytest.mark.parametrize("change", ["device", "secret", "client", "application"])
def test_each_part_of_the_lock_counts(app, change):
    """404, and the same words as for what was never there."""
    other = App("Other App", device=app.device)
    other.application, other.access = app.application, app.access
    if change == "device":
        app.device = uuid.uuid4().hex
    elif change == "secret":
        app.access = app.access[:-1] + ("A" if app.access[-1] != "A" else "B")
    elif change == "application":
        app.application = str(uuid.uuid4())
    asks = other if change == "client" else app
    refused = asks.ask("get", "")
    assert (refused.status_code, refused.json()["code"]) == (404, "not_found")
    assert asks.ask("post", "/withdraw").status_code == 404
    assert set(Application.objects.values_list("status", flat=True)) == {"draft"}


@pytest.mark.parametrize("path", ["not-a-uuid", "0", "..", "%00", "1" * 300])
def test_ids_that_are_none(app, path):
    """A problem, not a page."""
    app.application = path
    refused = app.ask("get", "")
    assert (refused.status_code, refused["Content-Type"]) == (404, "application/problem+json")


def test_tokens_end(app):
    """After their minutes; the way back is a new one."""
    AccessToken.objects.update(expires=timezone.now() - timedelta(seconds=1))
    refused = app.ask("get", "")
    assert (refused.status_code, refused.json()["code"]) == (401, "client_refused")
    assert refused["WWW-Authenticate"].startswith("Bearer")
    app.token = app.get_token()
    assert app.ask("get", "").status_code == 200


def test_a_token_lasts_minutes(app):
    """A leaked one is worth little."""
    assert AccessToken.objects.get().expires - timezone.now() <= timedelta(minutes=10)


def test_a_revoked_client_is_out_at_once(app):
    """Its tokens, its secret, and what it began."""
    revoke_client(actor=SYSTEM, client_id=app.client.client_id)
    assert app.ask("get", "").status_code == 401
    sent = {"grant_type": "client_credentials", "client_id": app.client.client_id, "client_secret": app.secret}
    assert app.http.post(f"{BASE}/token", sent).status_code == 401


@pytest.mark.parametrize("grant", ["password", "authorization_code", "refresh_token", "implicit", ""])
def test_there_is_one_grant(app, grant):
    """Nothing but the client's own."""
    sent = {"grant_type": grant, "client_id": app.client.client_id, "client_secret": app.secret, "username": "admin", "password": "x"}
    assert app.http.post(f"{BASE}/token", sent).status_code in (400, 401)


def test_a_wrong_secret_and_another_scope(app):
    """No token."""
    sent = {"grant_type": "client_credentials", "client_id": app.client.client_id, "client_secret": "x"}
    assert app.http.post(f"{BASE}/token", sent).status_code == 401
    assert app.http.post(f"{BASE}/token", {**sent, "client_secret": app.secret, "scope": "admin"}).status_code == 400


def test_a_token_in_the_address_or_a_cookie_opens_nothing(app):
    """RFC 9700; and a browser that is staff is nobody here."""
    assert app.http.get(f"{BASE}/notices?access_token={app.token}").status_code == 401
    app.http.cookies["access_token"] = app.token
    assert app.http.get(f"{BASE}/notices").status_code == 401


def test_an_access_ends_with_its_draft(app):
    """R-28; and what is over is swept away."""
    Application.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert app.ask("get", "").status_code == 404
    ApiAccess.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert forget_leftovers() == 1
    assert not ApiAccess.objects.exists()


def test_an_access_ends_when_it_is_taken_up_elsewhere(app):
    """As a browser's session does."""
    Application.objects.update(session_epoch=1)
    assert app.ask("get", "").status_code == 404


def test_no_cookies_and_no_other_origins(app):
    """Nothing a browser would carry along."""
    response = app.ask("get", "", Origin="https://elsewhere.example")
    assert not response.cookies
    assert "Access-Control-Allow-Origin" not in response
    assert app.ask("get", "/review").headers["Cache-Control"] == "no-store"


def test_the_command_says_the_secret_once():
    """And lists and revokes; both stand in the trail."""
    out = StringIO()
    call_command("api_client", "add", "Shop App", stdout=out)
    client_id, secret = (line.split()[1] for line in out.getvalue().splitlines())
    listed = StringIO()
    call_command("api_client", "list", stdout=listed)
    assert client_id in listed.getvalue()
    assert secret not in listed.getvalue()
    call_command("api_client", "revoke", client_id, stdout=out)
    assert not Client.objects.exists()
    assert list(Event.objects.filter(subject_id=client_id).order_by("pk").values_list("name", flat=True)) == [
        "api_client.added",
        "api_client.revoked",
    ]
    with pytest.raises(CommandError):
        call_command("api_client", "revoke", client_id)
