"""Health answers for load balancers and the container's check."""

import pytest
from django.core.cache import cache
from django.db import OperationalError
from redis.exceptions import ConnectionError as RedisConnectionError

from realname import health

pytestmark = pytest.mark.django_db


def test_all_in_order_answers_200(client):
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (200, {"database": True, "queue": True, "migrations": True})


def test_a_lost_queue_answers_503_and_names_the_part_only(client, monkeypatch):
    def gone(*args):
        raise RedisConnectionError("redis://:secret@10.0.0.1:6379 refused")

    monkeypatch.setattr(cache, "get", gone)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()) == (503, {"database": True, "queue": False, "migrations": True})
    assert b"secret" not in answer.content


def test_a_lost_database_answers_503(client, monkeypatch):
    def gone():
        raise OperationalError("no route")

    monkeypatch.setattr(health, "_ask_database", gone)
    answer = client.get("/healthz")
    assert (answer.status_code, answer.json()["database"]) == (503, False)


def test_a_missing_migration_answers_503(client, monkeypatch):
    monkeypatch.setattr(health, "_ask_migrations", lambda: False)
    assert client.get("/healthz").status_code == 503


def test_livez_asks_nobody(client, monkeypatch, django_assert_num_queries):
    def gone():
        raise AssertionError("asked")

    for ask in ("_ask_database", "_ask_queue", "_ask_migrations"):
        monkeypatch.setattr(health, ask, gone)
    with django_assert_num_queries(0):
        assert client.get("/livez").json() == {"alive": True}


@pytest.mark.parametrize("path", ["/livez", "/healthz"])
def test_neither_is_sent_on_to_https(client, settings, path):
    """The check of a container speaks to the process itself, behind the proxy that does TLS."""
    settings.SECURE_SSL_REDIRECT = True
    assert client.get(path).status_code == 200


def test_only_reading_is_allowed(client):
    assert client.post("/healthz").status_code == 405
