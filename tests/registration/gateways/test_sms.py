"""The SMS gateway, over real HTTP."""

import logging
import threading
import uuid

import pytest
from django.core.exceptions import ImproperlyConfigured

from realname.outside import SourceAnswerInvalid, SourceRefused, SourceUnavailable
from registration.gateways import SmsGateway


@pytest.fixture
def phone() -> str:
    """A number no other test writes to."""
    return f"138{uuid.uuid4().int % 10**8:08d}"


def test_a_message_arrives_in_the_sandbox_inbox(sandbox, phone):
    message_id = SmsGateway().send(phone, "验证码 123456", uuid.uuid4().hex)

    (message,) = SmsGateway().inbox(phone)
    assert (message.message_id, message.text) == (message_id, "验证码 123456")


def test_the_newest_message_comes_first(sandbox, phone):
    for text in ("one", "two", "three"):
        SmsGateway().send(phone, text, uuid.uuid4().hex)

    assert [message.text for message in SmsGateway().inbox(phone)] == ["three", "two", "one"]


def test_the_same_key_twice_is_one_message(sandbox, phone):
    key = uuid.uuid4().hex

    assert SmsGateway().send(phone, "code", key) == SmsGateway().send(phone, "code", key)
    assert len(SmsGateway().inbox(phone)) == 1


def test_the_same_key_from_many_at_once_is_one_message(sandbox, phone):
    key, ids, start = uuid.uuid4().hex, [], threading.Barrier(12)

    def send() -> None:
        start.wait()
        ids.append(SmsGateway().send(phone, "code", key))

    threads = [threading.Thread(target=send) for _ in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len(ids) == 12
    assert len(set(ids)) == 1
    assert len(SmsGateway().inbox(phone)) == 1


def test_a_key_used_for_another_message_is_refused(sandbox, phone):
    """Else a new code would silently never arrive."""
    key = uuid.uuid4().hex
    SmsGateway().send(phone, "code 1", key)

    with pytest.raises(SourceRefused) as caught:
        SmsGateway().send(phone, "code 2", key)

    assert caught.value.reason == "status_409"
    assert [message.text for message in SmsGateway().inbox(phone)] == ["code 1"]


def test_a_message_sent_but_not_acknowledged_is_one_message_after_retry(sandbox, phone):
    """P-PAR-3: the gateway took the message, the answer was lost: asking again sends nothing twice."""
    sandbox.fault("sms", "hang", times=1)

    message_id = SmsGateway().send(phone, "code", uuid.uuid4().hex)

    assert [message.message_id for message in SmsGateway().inbox(phone)] == [message_id]


@pytest.mark.parametrize(
    ("_case", "error"), [("error", SourceUnavailable), ("garbage", SourceAnswerInvalid), ("wrong_signature", SourceAnswerInvalid)]
)
def test_faults_have_names(sandbox, phone, _case, error):
    sandbox.fault("sms", _case)

    with pytest.raises(SourceUnavailable) as caught:
        SmsGateway().send(phone, "code", uuid.uuid4().hex)
    assert type(caught.value) is error


@pytest.mark.parametrize(("to", "text"), [("not a phone", "code"), ("", "code"), ("13800138000", ""), ("13800138000", "x" * 671)])
def test_what_is_no_message_is_refused(sandbox, to, text):
    with pytest.raises(SourceRefused):
        SmsGateway().send(to, text, uuid.uuid4().hex)


def test_there_is_no_inbox_outside_of_the_sandbox(sandbox, settings, phone):
    """A code can be read here: never on a real system."""
    settings.SANDBOX = False

    with pytest.raises(ImproperlyConfigured):
        SmsGateway().inbox(phone)


def test_an_inbox_that_is_away_is_unavailable_and_names_nobody(settings, phone, caplog):
    settings.SANDBOX, settings.SMS_GATEWAY_URL = True, "http://127.0.0.1:9"
    caplog.set_level(logging.INFO)

    with pytest.raises(SourceUnavailable) as caught:
        SmsGateway().inbox(phone)

    assert phone not in repr(caught.value) + caplog.text
    assert caught.value.__suppress_context__


def test_neither_phone_nor_text_reaches_the_log(sandbox, phone, caplog, capsys):
    SmsGateway().send(phone, "secret 424242", uuid.uuid4().hex)
    SmsGateway().inbox(phone)

    output = capsys.readouterr()
    seen = caplog.text + output.out + output.err
    assert "source_asked" in seen
    assert phone not in seen
    assert "424242" not in seen
