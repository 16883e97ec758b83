"""The gateways for messages and calls, over real HTTP."""

import logging
import threading
import uuid
from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone

from realname.outside import SourceUnavailable
from realname.outside.clients import breaker_for
from registration.gateways.base import NotSent, Outgoing
from registration.gateways.http import HttpSms, HttpVoice, sandbox_inbox
from registration.states import FailureCause

GATEWAYS = [HttpSms(), HttpVoice()]


@pytest.fixture
def phone() -> str:
    """A number no other test writes to."""
    return f"138{uuid.uuid4().int % 10**8:08d}"


def send(phone: str, text: str, key: uuid.UUID | None = None, gateway=GATEWAYS[0]) -> list[str]:
    return gateway.send(Outgoing(phone, text, timezone.now() + timedelta(minutes=5)), key=key or uuid.uuid4())


@pytest.mark.parametrize("gateway", GATEWAYS, ids=lambda gateway: gateway.name)
def test_what_is_sent_arrives_in_the_sandbox_inbox(sandbox, phone, gateway):
    (message_id,) = send(phone, "验证码 123456", gateway=gateway)

    (message,) = sandbox_inbox(phone)
    assert (message.message_id, message.text) == (message_id, "验证码 123456")


def test_the_newest_message_comes_first(sandbox, phone):
    for text in ("one", "two", "three"):
        send(phone, text)

    assert [message.text for message in sandbox_inbox(phone)] == ["three", "two", "one"]


def test_the_same_key_from_many_at_once_is_one_message(sandbox, phone):
    key, ids, start = uuid.uuid4(), [], threading.Barrier(12)

    def send_it() -> None:
        start.wait()
        ids.append(send(phone, "code", key)[0])

    threads = [threading.Thread(target=send_it) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(ids) == 12
    assert len(set(ids)) == 1
    assert len(sandbox_inbox(phone)) == 1


def test_a_key_used_for_another_message_is_refused(sandbox, phone):
    """Else a new code would silently never arrive."""
    key = uuid.uuid4()
    send(phone, "code 1", key)

    with pytest.raises(NotSent) as caught:
        send(phone, "code 2", key)

    assert (caught.value.cause, caught.value.later, caught.value.certain) == (FailureCause.UNKNOWN, False, True)
    assert [message.text for message in sandbox_inbox(phone)] == ["code 1"]


def test_a_message_sent_but_not_acknowledged_is_one_message_after_retry(sandbox, phone):
    """P-PAR-3: the gateway took the message, the answer was lost: asking again sends nothing twice."""
    sandbox.fault("sms", "hang", times=1)

    ids = send(phone, "code")

    assert [message.message_id for message in sandbox_inbox(phone)] == ids


@pytest.mark.parametrize("_case", ["error", "garbage", "huge", "wrong_signature", "redirect", "hang", "slow_drip"])
def test_a_fault_is_never_a_sent_message_nor_certain_failure(sandbox, phone, _case):
    """P-VER-6: it may have been taken, so only the same key may be tried again."""
    sandbox.fault("sms", _case, milliseconds=500)

    with pytest.raises(NotSent) as caught:
        send(phone, "code")
    assert (caught.value.cause, caught.value.later, caught.value.certain) == (FailureCause.GATEWAY_DOWN, True, False)


def test_a_gateway_that_is_left_alone_has_surely_not_taken_it(sandbox, phone):
    sandbox.fault("sms", "error")
    for _ in range(3):
        with pytest.raises(NotSent):
            send(phone, "code")
    assert breaker_for("sms_gateway").state() == "open"

    with pytest.raises(NotSent) as caught:
        send(phone, "code")
    assert (caught.value.later, caught.value.certain) == (True, True)


@pytest.mark.parametrize(("to", "text"), [("not a phone", "code"), ("", "code"), ("13800138000", ""), ("13800138000", "x" * 671)])
def test_what_is_no_message_is_refused_for_good(sandbox, to, text):
    with pytest.raises(NotSent) as caught:
        send(to, text)
    assert (caught.value.cause, caught.value.later) == (FailureCause.CONTENT_REFUSED, False)


def test_there_is_no_inbox_outside_of_the_sandbox(sandbox, settings, phone):
    """A code can be read here: never on a real system."""
    settings.SANDBOX = False

    with pytest.raises(ImproperlyConfigured):
        sandbox_inbox(phone)


def test_an_inbox_that_is_away_is_unavailable_and_names_nobody(settings, phone, caplog):
    settings.SANDBOX, settings.SANDBOX_URL = True, "http://127.0.0.1:9"
    caplog.set_level(logging.INFO)

    with pytest.raises(SourceUnavailable) as caught:
        sandbox_inbox(phone)

    assert phone not in repr(caught.value) + caplog.text
    assert caught.value.__suppress_context__


def test_neither_phone_nor_text_reaches_the_log(sandbox, phone, caplog, capsys):
    send(phone, "secret 424242")
    sandbox_inbox(phone)

    output = capsys.readouterr()
    seen = caplog.text + output.out + output.err
    assert "source_asked" in seen
    assert phone not in seen
    assert "424242" not in seen
