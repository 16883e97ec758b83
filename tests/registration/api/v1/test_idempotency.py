"""The same request again has one effect (P-PAR-5)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registration.models import Application, KeptAnswer, PhoneCode
from registration.services.api_access import forget_leftovers
from tests.factories.registration import new_phone
from tests.registration.api.v1.app import App
from tests.registration.web.sessions import jpeg

pytestmark = pytest.mark.django_db
KEY = "key-of-16-letters"


def test_a_start_sent_again_is_one_application_with_its_secret():
    """The answer was lost: the secret is had again, and is kept in no readable form."""
    app = App()
    first, second = app.begin(key=KEY), app.begin(key=KEY)
    assert first.json() == second.json()
    assert second["Idempotent-Replayed"] == "true"
    assert Application.objects.count() == 1
    assert app.access.encode() not in bytes(KeptAnswer.objects.get().answer)
    assert app.ask("get", "").status_code == 200


def test_the_same_key_for_something_else_is_refused():
    """Another body, another address, another application."""
    app = App()
    app.begin(key=KEY)
    refused = app.begin(key=KEY, path="face_free", way="shop")
    assert (refused.status_code, refused.json()["code"]) == (422, "key_reused")
    assert app.ask("post", "/withdraw", key=KEY).json()["code"] == "key_reused"
    assert Application.objects.get().status == "draft"


def test_another_clients_key_is_another():
    """Nobody learns from it what somebody else did."""
    one, other = App("One"), App("Other")
    assert one.begin(key=KEY).json() != other.begin(key=KEY).json()
    assert Application.objects.count() == 2


def test_a_wrong_code_sent_again_is_one_guess():
    """The refusal is answered again, not judged again."""
    app = App()
    app.begin()
    app.ask("post", "/phone-code", {"phone": new_phone()})
    answers = [app.ask("post", "/phone", {"code": "000000"}, key=KEY) for _ in range(3)]
    assert [(one.status_code, one.json()["code"]) for one in answers] == [(422, "code_wrong")] * 3
    assert PhoneCode.objects.get().attempts == 1


def test_a_refusal_of_the_moment_is_not_kept():
    """Too soon now is not too soon in a minute."""
    app, phone = App(), new_phone()
    app.begin()
    app.ask("post", "/phone-code", {"phone": phone})
    assert app.ask("post", "/phone-code", {"phone": phone}, key=KEY).status_code == 429
    PhoneCode.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    assert app.ask("post", "/phone-code", {"phone": phone}, key=KEY).status_code == 202


def test_a_photograph_sent_again():
    """A file is known by its bytes: the next try has another boundary."""
    app = App()
    app.begin()
    app.prove()
    assert app.ask("post", "/document/front", file=jpeg(seed=1), key=KEY).status_code == 202
    assert app.ask("post", "/document/front", file=jpeg(seed=1), key=KEY)["Idempotent-Replayed"] == "true"
    assert app.ask("post", "/document/front", file=jpeg(seed=2), key=KEY).json()["code"] == "key_reused"


@pytest.mark.parametrize("key", ["", "short", "x" * 65, "with spaces and more", "x" * 15 + "\u00e9"])
def test_keys_that_are_none(key):
    """Where one is needed."""
    app = App()
    body = {"path": "face", "consents": app.consents()}
    refused = app.ask("post", "applications", body, key=key)
    assert (refused.status_code, refused.json()["code"]) == (400, "key_missing")
    assert not Application.objects.exists()


def test_answers_are_forgotten():
    """After the policy's hours, by the sweeper; and then the key is a new one."""
    app = App()
    app.begin(key=KEY)
    KeptAnswer.objects.update(created_at=timezone.now() - timedelta(hours=25))
    assert forget_leftovers() == 1
    app.begin(key=KEY)
    assert Application.objects.count() == 2
