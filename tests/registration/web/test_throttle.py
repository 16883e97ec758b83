"""One network's share of an hour; and the device that is known from the first page on."""

import socket
import time
import uuid

import pytest
from django.conf import settings
from django.core.cache import cache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import ConnectionError as RedisAway

from realname import policy
from registration.models import Application, Capture
from registration.policy import CAPTURES_PER_HOUR_IP, STARTS_PER_HOUR_IP
from registration.web import throttle
from tests.registration.web.sessions import browser_of, jpeg, proven, summary, upload

pytestmark = pytest.mark.django_db
AGREED = {"terms": "on", "identity": "on", "path": "face", "face": "on"}


@pytest.fixture
def limit_of_two(monkeypatch):
    """Two requests an hour, counted from nothing."""
    salt = uuid.uuid4().hex
    monkeypatch.setattr(throttle, "network_of", lambda address: salt)
    real = policy.value
    bound = {STARTS_PER_HOUR_IP.key, CAPTURES_PER_HOUR_IP.key}
    monkeypatch.setattr(throttle.policy, "value", lambda parameter: 2 if parameter.key in bound else real(parameter))


def test_the_third_beginning_is_refused_in_words(client, limit_of_two):
    """No row is made for it."""
    client.defaults["HTTP_ACCEPT_LANGUAGE"] = "en"
    answers = [client.post("/register/consent", AGREED) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [302, 302]
    before = Application.objects.count()
    client.cookies.clear()
    third = client.post("/register/consent", AGREED)
    assert third.status_code == 422
    assert "Too many requests" in third.content.decode()
    assert Application.objects.count() == before


def test_the_third_photograph_is_refused_in_words(limit_of_two):
    """Beside its field; nothing is kept."""
    browser = browser_of(proven())
    for seed in range(2):
        assert browser.post("/register/document/front", {"photo": upload(jpeg(seed=seed))}).status_code == 302
    response = browser.post("/register/document/front", {"photo": upload(jpeg(seed=3))})
    assert response.status_code == 422
    assert "Too many requests" in summary(response.content.decode())
    assert Capture.objects.count() == 2


def test_everybody_passes_while_the_counter_is_away(client, limit_of_two, monkeypatch):
    """A fault of ours locks nobody out."""

    def _away(*args, **kwargs):
        raise RedisAway

    monkeypatch.setattr(cache, "add", _away)
    for _ in range(3):
        assert client.post("/register/consent", AGREED).status_code == 302


def test_a_counter_that_never_answers_holds_nobody(rf, monkeypatch):
    """A door that takes the connection and is silent."""
    with socket.create_server(("127.0.0.1", 0)) as silent:
        address = f"redis://127.0.0.1:{silent.getsockname()[1]}/0"
        monkeypatch.setattr(throttle, "cache", RedisCache(address, {"OPTIONS": settings.CACHES["default"]["OPTIONS"]}))
        began = time.monotonic()
        throttle.count_request(rf.post("/register/consent"), STARTS_PER_HOUR_IP)
    assert time.monotonic() - began < 4


def test_the_first_application_knows_its_device(client):
    """So that a burst from one device is seen; the cookie comes with the first page."""
    client.get("/register/consent")
    device = client.cookies["device"].value
    assert client.post("/register/consent", AGREED).status_code == 302
    assert Application.objects.get().device == device


def test_an_application_begun_without_the_first_page_knows_its_device_too(client):
    """The cookie it gets is the one it was begun with."""
    client.post("/register/consent", AGREED)
    assert Application.objects.get().device == client.cookies["device"].value
