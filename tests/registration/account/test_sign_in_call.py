"""A sign-in code is read over the telephone where its message does not come (P-PAR-3), and nobody learns whose a number is (P-REG-4)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from realname.trail.models import Event
from registration import tasks
from registration.models import Delivery, SignInAttempt
from registration.policy import RECEIPT_WAIT
from registration.services.account.begin_sign_in import look_up_sign_in
from registration.services.account.call_to_sign_in import call_to_sign_in
from registration.states import Channel, DeliveryStatus, FailureCause
from tests.factories import account as make
from tests.factories import registration as register
from tests.registration.account.test_sign_in import without_tokens

pytestmark = pytest.mark.django_db
CODE, CALL, STATE = "/account/sign-in/code", "/account/sign-in/code/call", "/account/sign-in/code/call/state"


@pytest.fixture(autouse=True)
def voice(settings):
    settings.VOICE_GATEWAYS = ["http_voice"]


def waiting(client: Client, phone: str, seconds: int = RECEIPT_WAIT.default + 1) -> SignInAttempt:
    """A code was asked for so long ago."""
    attempt = make.ask_for_code(client, phone)
    SignInAttempt.objects.filter(pk=attempt.pk).update(created_at=timezone.now() - timedelta(seconds=seconds))
    return attempt


def calls() -> list[Delivery]:
    return list(Delivery.objects.filter(channel=Channel.VOICE))


def test_the_call_brings_the_same_code():
    """P-PAR-3: once, however often it is asked for or its task delivered; and that code lets the person in."""
    client, phone = make.browser(), register.activated().phone
    attempt = waiting(client, phone)
    assert "Call me with the code" in client.get(CODE).content.decode()

    for _ in range(2):
        assert client.post(CALL)["Location"] == CODE
        call_to_sign_in(attempt_id=attempt.pk)

    (call,) = calls()
    assert call.about == SignInAttempt.objects.get(pk=attempt.pk).code_id
    page = client.get(CODE).content.decode()
    assert "rings in a moment" in page and "Call me" not in page
    assert [Event.objects.filter(name=name).count() for name in ("account.call_asked", "sign_in_code.called")] == [1, 1]
    assert client.post(CODE, {"code": make.digits(attempt)})["Location"] == "/account/"


def test_known_and_unknown_numbers_are_offered_and_answered_alike():
    """P-REG-4: pages, events and number of queries; nobody is called where nobody is known."""
    seen = []
    for phone in (register.activated().phone, register.new_phone()):
        client = make.browser()
        attempt = waiting(client, phone)
        before = without_tokens(client.get(CODE).content.decode())
        with CaptureQueriesContext(connection) as asked:
            answer = client.post(CALL)
        after, events = without_tokens(client.get(CODE).content.decode()), Event.objects.filter(subject_id=str(attempt.pk))
        seen.append(
            (answer.status_code, len(asked), before, after, list(events.filter(name="account.call_asked").values_list("person_id")))
        )
        call_to_sign_in(attempt_id=attempt.pk)
    assert seen[0] == seen[1]
    assert len(calls()) == 1


def test_too_soon_no_call_is_offered_nor_made():
    """P-PAR-3: the page that waits gets the offer by itself when it is time."""
    client = make.browser()
    attempt = waiting(client, register.activated().phone, seconds=1)
    assert "Call me" not in client.get(CODE).content.decode()
    assert client.post(CALL).status_code == 302
    assert client.get(STATE, {"seen": "False-False"}, headers={"HX-Request": "true"}).status_code == 204
    assert SignInAttempt.objects.get(pk=attempt.pk).call_asked_at is None

    SignInAttempt.objects.update(created_at=timezone.now() - timedelta(seconds=RECEIPT_WAIT.default + 1))
    part = client.get(STATE, {"seen": "False-False"}, headers={"HX-Request": "true"})
    assert "Call me with the code" in part.content.decode()


def test_no_call_where_nobody_can_call_or_it_can_not_help(settings):
    """P-PAR-2: no gateway for calls; a number that is not in service."""
    client = make.browser()
    attempt = waiting(client, register.activated().phone)
    settings.VOICE_GATEWAYS = []
    assert "Call me" not in client.get(CODE).content.decode()
    client.post(CALL)
    assert SignInAttempt.objects.get(pk=attempt.pk).call_asked_at is None
    settings.VOICE_GATEWAYS = ["http_voice"]
    Delivery.objects.filter(about=attempt.code_id).update(status=DeliveryStatus.FAILED, cause=FailureCause.NUMBER_INACTIVE)
    client.post(CALL)
    call_to_sign_in(attempt_id=attempt.pk)
    assert calls() == []


def test_a_lost_task_is_sent_again_and_an_early_one_waits(monkeypatch):
    """P-PAR-3: nobody who asked for a call is forgotten, even where the number was not looked up yet."""
    client, phone = make.browser(), register.activated().phone
    client.post("/account/sign-in", {"phone": phone})
    SignInAttempt.objects.update(created_at=timezone.now() - timedelta(minutes=1))
    client.post(CALL)
    attempt = SignInAttempt.objects.get()
    call_to_sign_in(attempt_id=attempt.pk)
    assert calls() == []
    look_up_sign_in(attempt_id=attempt.pk)
    SignInAttempt.objects.update(call_asked_at=timezone.now() - timedelta(minutes=1))
    sent = []
    monkeypatch.setattr(tasks, "enqueue", lambda task, row_id: sent.append((task, row_id)))
    tasks.resend_account_work()
    assert (tasks.call_to_sign_in, attempt.pk) in sent
    call_to_sign_in(attempt_id=attempt.pk)
    assert len(calls()) == 1


def test_without_an_attempt_there_is_nothing_to_call():
    """A stranger's POST, or one after the sign-in."""
    client = make.browser()
    assert client.post(CALL)["Location"] == "/account/sign-in"
    done = make.signed_in()
    assert done.post(CALL)["Location"] == "/account/sign-in"
    assert calls() == []
