"""SMPP 3.4 against a real server of another make, over a socket."""

import socket
import threading
import time
import uuid
from datetime import timedelta

import pytest
from django.utils import timezone

from registration.gateways.base import NotSent, Outgoing, Receipt
from registration.gateways.smpp import session as sessions
from registration.gateways.smpp.receipts import read_receipt
from registration.gateways.smpp.session import Account, Session, SessionLost
from registration.states import FailureCause

PHONE = "13800000001"
SHORT = "【实名】您的验证码是 123456，5 分钟内有效。"


def outgoing(text: str = SHORT, *, to: str = PHONE) -> Outgoing:
    return Outgoing(to, text, timezone.now() + timedelta(minutes=5))


class Bound:
    """A session and the receipts it got."""

    def __init__(self, account: Account) -> None:
        self.receipts: list[Receipt | None] = []
        self.session = Session(account, on_deliver=self._note)

    def _note(self, pdu) -> int:
        self.receipts.append(read_receipt(pdu, gateway="smpp", named={}))
        return 0

    def listen_until(self, count: int) -> list[Receipt | None]:
        deadline = time.monotonic() + 5
        while len(self.receipts) < count and time.monotonic() < deadline:
            self.session.listen(0.1)
        return self.receipts


@pytest.fixture
def bound(smsc):
    one = Bound(smsc.account)
    yield one
    one.session.unbind()


@pytest.mark.parametrize(
    ("text", "count"), [(SHORT, 1), ("长" * 70, 1), ("长" * 71, 2), ("𠮷" * 100, 4), ("é😀" * 120, 6), ("[realname] 123456", 1)]
)
def test_a_text_arrives_as_it_was_written(smsc, bound, text, count):
    """Chinese, long, and beyond the basic plane: in as many parts as it takes, none of which cuts a character."""
    ids = bound.session.submit(outgoing(text), key=uuid.uuid4())
    assert len(ids) == len(set(ids)) == count
    assert smsc.inbox(PHONE) == [text]


def test_a_receipt_says_that_it_arrived(bound):
    (message_id,) = bound.session.submit(outgoing(), key=uuid.uuid4())
    assert bound.listen_until(1) == [Receipt("smpp", message_id, arrived=True)]


@pytest.mark.parametrize(
    ("outcome", "cause"),
    [
        ("PHONE_UNREACHABLE", FailureCause.PHONE_UNREACHABLE),
        ("NUMBER_INACTIVE", FailureCause.NUMBER_INACTIVE),
        ("PHONE_BLOCKS", FailureCause.PHONE_BLOCKS),
        ("EXPIRED", FailureCause.PHONE_UNREACHABLE),
        ("UNKNOWN", FailureCause.UNKNOWN),
    ],
)
def test_a_receipt_says_why_it_did_not_arrive(smsc, bound, outcome, cause):
    """P-PAR-2."""
    smsc.switch(phone=PHONE, outcome=outcome)
    (message_id,) = bound.session.submit(outgoing(), key=uuid.uuid4())
    assert bound.listen_until(1) == [Receipt("smpp", message_id, arrived=False, cause=cause)]


@pytest.mark.parametrize(
    ("answer", "cause", "later"),
    [
        ("throttle", FailureCause.GATEWAY_BUSY, True),
        ("queue_full", FailureCause.GATEWAY_BUSY, True),
        ("reject", FailureCause.NUMBER_INVALID, False),
    ],
)
def test_a_refusal_is_certain_and_leaves_the_session_usable(smsc, bound, answer, cause, later):
    smsc.switch(answer=answer, times=1)
    with pytest.raises(NotSent) as caught:
        bound.session.submit(outgoing(), key=uuid.uuid4())
    assert (caught.value.cause, caught.value.later, caught.value.certain) == (cause, later, True)
    assert smsc.inbox(PHONE) == []
    assert bound.session.submit(outgoing(), key=uuid.uuid4())


def test_a_long_text_of_which_nothing_went_out_may_be_sent_again(smsc, bound):
    smsc.switch(answer="throttle", times=1)
    with pytest.raises(NotSent) as caught:
        bound.session.submit(outgoing("长" * 100), key=uuid.uuid4())
    assert (caught.value.later, caught.value.certain) == (True, True)
    bound.session.submit(outgoing("长" * 100), key=uuid.uuid4())
    assert smsc.inbox(PHONE) == ["长" * 100]


def test_a_long_text_that_is_begun_is_brought_to_its_end(smsc, bound, monkeypatch):
    """The SMSC is busy for a moment: the part it did not take is offered again, and the phone gets one whole message."""
    smsc.switch(answer="throttle", after=1, times=3)
    assert len(bound.session.submit(outgoing("长" * 100), key=uuid.uuid4())) == 2
    assert smsc.inbox(PHONE) == ["长" * 100]


def test_of_a_long_text_that_went_out_in_part_nothing_is_certain(smsc, bound, monkeypatch):
    """It is neither sent again nor another way: the parts would mix."""
    monkeypatch.setattr(sessions, "PART_SECONDS", 0)
    smsc.switch(answer="throttle", after=1)
    with pytest.raises(NotSent) as caught:
        bound.session.submit(outgoing("长" * 100), key=uuid.uuid4())
    assert (caught.value.cause, caught.value.later, caught.value.certain) == (FailureCause.GATEWAY_BUSY, False, False)


@pytest.mark.parametrize("answer", ["none", "unbind"])
def test_without_an_answer_nobody_knows_and_the_session_is_over(smsc, bound, answer, monkeypatch):
    monkeypatch.setattr(sessions, "ANSWER_SECONDS", 0.5)
    smsc.switch(answer=answer)
    with pytest.raises(NotSent) as caught:
        bound.session.submit(outgoing(), key=uuid.uuid4())
    assert (caught.value.cause, caught.value.certain) == (FailureCause.GATEWAY_DOWN, False)
    assert not bound.session.alive


def test_an_smsc_that_dies_is_noticed(smsc, bound):
    smsc.kill()
    with pytest.raises(SessionLost):
        bound.session.listen(5)
    assert not bound.session.alive


def test_a_silent_session_is_asked_whether_anybody_is_there(bound, monkeypatch):
    monkeypatch.setattr(sessions, "SILENCE_SECONDS", 0)
    heard = bound.session._heard
    bound.session.listen(0.1)
    assert bound.session._heard > heard


def test_nobody_listens():
    with pytest.raises(SessionLost, match="unreachable"):
        Session(Account(host="127.0.0.1", port=9, system_id="x", password="", tls=False), on_deliver=lambda pdu: 0)


@pytest.mark.parametrize(
    "_case",
    [
        b"HTTP/1.1 400 Bad Request\r\n\r\n",  # another protocol
        b"\x00\x00\x00\x04" * 8,  # shorter than its header
        b"\xff\xff\xff\xff" + b"\x00" * 60,  # four gigabytes are announced
        b"\x00\x00\x00\x10\x00\x00\x77\x77\x00\x00\x00\x00\x00\x00\x00\x01",  # no such command
        b"\x00\x00\x00\x12\x80\x00\x00\x09\x00\x00\x00\x00\x00\x00\x00\x01\xff\xff",  # a body that ends in the middle
        b"\x00\x00\x00\x10\x80\x00\x00\x09\x00\x00\x00\x0e\x00\x00\x00\x01",  # the password is refused
        b"",  # it hangs
    ],
)
def test_what_is_no_smsc_is_left(monkeypatch, _case):
    """Garbage, lies about lengths, refusals and silence end the attempt, in bounded time."""
    monkeypatch.setattr(sessions, "BIND_SECONDS", 1.0)
    with hostile(_case) as port, pytest.raises(SessionLost):
        one = Session(Account(host="127.0.0.1", port=port, system_id="x", password="", tls=False), on_deliver=lambda pdu: 0)
        # a bind answered with half a body is one all the same: what follows is not
        one.listen(1)
        raise SessionLost("nothing came of it")


def test_one_that_drips_bytes_does_not_hold_us(monkeypatch):
    monkeypatch.setattr(sessions, "BIND_SECONDS", 1.0)
    began = time.monotonic()
    with hostile(b"\x00\x00\x00\x20\x80\x00\x00\x09" + b"\x00" * 24, drip=0.2) as port, pytest.raises(SessionLost):
        Session(Account(host="127.0.0.1", port=port, system_id="x", password="", tls=False), on_deliver=lambda pdu: 0)
    assert time.monotonic() - began < 3


class hostile:  # noqa: N801
    """A server that answers whatever comes with these bytes."""

    def __init__(self, answer: bytes, *, drip: float = 0) -> None:
        self._answer, self._drip = answer, drip
        self._socket = socket.create_server(("127.0.0.1", 0))

    def __enter__(self) -> int:
        threading.Thread(target=self._serve, daemon=True).start()
        return self._socket.getsockname()[1]

    def __exit__(self, *error: object) -> None:
        self._socket.close()

    def _serve(self) -> None:
        connection, _ = self._socket.accept()
        with connection:
            connection.recv(4096)
            try:
                for start in range(0, len(self._answer), 1 if self._drip else len(self._answer) or 1):
                    connection.sendall(self._answer[start : start + 1] if self._drip else self._answer)
                    time.sleep(self._drip)
                if not self._answer:
                    time.sleep(3)
            except OSError:
                pass
