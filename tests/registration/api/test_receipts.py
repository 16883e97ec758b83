"""What the HTTP gateways report: signed, never played back, and harmless whatever comes (P-PAR-3)."""

import hashlib
import hmac
import json
import secrets
import time
import uuid

import pytest

from registration.models import Delivery, EarlyReceipt
from registration.states import DeliveryStatus
from tests.factories import messages as make

pytestmark = pytest.mark.django_db
PATH = "/gateways/receipts"
KEY = "receipt-key"


@pytest.fixture(autouse=True)
def _key(settings):
    settings.RECEIPT_KEY = KEY


@pytest.fixture
def delivery(monkeypatch) -> Delivery:
    """A code the gateway has taken."""
    make.Gateway(monkeypatch)
    return make.sent(make.asked())


def headers(body: bytes, *, key: str = KEY, path: str = PATH, at: float | None = None, nonce: str = "") -> dict[str, str]:
    """Signed by another hand than the server's (docs/outside.md)."""
    timestamp, nonce = str(int(at or time.time())), nonce or secrets.token_hex(16)
    lines = ["POST", path, timestamp, nonce, hashlib.sha256(body).hexdigest()]
    signature = hmac.new(key.encode(), "\n".join(lines).encode(), hashlib.sha256).hexdigest()
    return {"X-Timestamp": timestamp, "X-Nonce": nonce, "X-Signature": signature}


def post(client, body: bytes, signed: dict[str, str] | None = None):
    return client.post(PATH, body, content_type="application/json", headers=headers(body) if signed is None else signed)


def report(delivery: Delivery, **changes) -> bytes:
    content = {"gateway": "http", "message_id": f"m-{delivery.pk}", "idempotency_key": str(delivery.pk), "state": "delivered"}
    return json.dumps(content | changes).encode()


def test_a_signed_receipt_is_noted(client, delivery):
    assert post(client, report(delivery)).json() == {"status": "noted"}
    delivery.refresh_from_db()
    assert delivery.status == DeliveryStatus.DELIVERED


@pytest.mark.parametrize(("cause", "noted"), [("PHONE_BLOCKS", "PHONE_BLOCKS"), ("made up", "UNKNOWN"), (7, "UNKNOWN"), (None, "UNKNOWN")])
def test_a_failure_has_a_cause_we_know(client, delivery, cause, noted):
    """P-PAR-2."""
    assert post(client, report(delivery, state="failed", cause=cause)).status_code == 200
    delivery.refresh_from_db()
    assert (delivery.status, delivery.cause) == (DeliveryStatus.FAILED, noted)


def test_twice_is_once_and_a_copy_of_the_request_is_refused(client, delivery):
    body = report(delivery)
    signed = headers(body)
    assert post(client, body, signed).status_code == 200
    assert post(client, body, signed).status_code == 401
    assert post(client, body).status_code == 200


@pytest.mark.parametrize(
    "_case",
    [
        lambda body: {},
        lambda body: headers(body, key="another"),
        lambda body: headers(body, path="/elsewhere"),
        lambda body: headers(body + b" "),
        lambda body: headers(body, at=time.time() - 320),
        lambda body: headers(body, at=time.time() + 320),
        lambda body: headers(body, nonce="short"),
        lambda body: headers(body) | {"X-Timestamp": "٣"},
        lambda body: headers(body) | {"X-Signature": "é"},
    ],
)
def test_what_is_not_signed_now_by_the_key_changes_nothing(client, delivery, _case):
    body = report(delivery)
    assert post(client, body, _case(body)).status_code == 401
    delivery.refresh_from_db()
    assert delivery.status == DeliveryStatus.ACCEPTED


def test_without_a_key_nobody_may_report(client, delivery, settings):
    settings.RECEIPT_KEY = ""
    body = report(delivery)
    assert post(client, body, headers(body, key="")).status_code == 401


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"\xff\xfe",
        b"[]",
        b"null",
        b"[" * 3000,
        b'{"gateway": "smpp", "message_id": "1", "state": "delivered"}',
        b'{"gateway": "http", "message_id": 5, "state": "delivered"}',
        b'{"gateway": "http", "message_id": "", "state": "delivered"}',
        b'{"gateway": "http", "message_id": "a\\u0000b", "state": "delivered"}',
        b'{"gateway": "http", "message_id": "1", "state": ["delivered"]}',
        b'{"gateway": ["http"], "message_id": "1", "state": "delivered"}',
        b'{"gateway": "http", "message_id": "1", "state": "delivered", "idempotency_key": "x"}',
        b'{"gateway": "http", "message_id": "1", "state": "delivered", "idempotency_key": {}}',
    ],
)
def test_what_is_no_receipt_is_refused_and_kept_nowhere(client, body):
    assert post(client, body).status_code == 400
    assert not EarlyReceipt.objects.exists()


def test_an_enormous_body_is_not_read(client):
    assert post(client, b" " * 5000).status_code == 413


def test_a_receipt_for_nothing_is_noted_and_does_nothing(client, delivery):
    assert post(client, report(delivery, idempotency_key=str(uuid.uuid4()), message_id="x")).status_code == 200
    delivery.refresh_from_db()
    assert delivery.status == DeliveryStatus.ACCEPTED
