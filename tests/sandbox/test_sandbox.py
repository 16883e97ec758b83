"""The sandbox itself: what it believes, keeps and shows."""

import json
import socket
import time
import uuid

import httpx
import pytest

from sandbox.signing import request_signature
from tests.sandbox_process import SandboxProcess

NUMBER = "11010519491231002X"
IDENTITY = "/authority/v1/identity"
MESSAGES = "/sms/v1/messages"


def signed(path: str, body: bytes, *, key: str = "sandbox-authority-key", ago: int = 0, nonce: str = "") -> dict[str, str]:
    """Headers of a request signed `ago` seconds before now."""
    timestamp, nonce = str(int(time.time()) - ago), nonce or uuid.uuid4().hex
    signature = request_signature(key, "POST", path, timestamp, nonce, body)
    return {"X-Timestamp": timestamp, "X-Nonce": nonce, "X-Signature": signature}


def ask(url: str, body: bytes, headers: dict[str, str]) -> httpx.Response:
    return httpx.post(url + IDENTITY, content=body, headers=headers, timeout=10, trust_env=False)


@pytest.mark.parametrize(
    ("_case", "headers", "error"),
    [
        ("unsigned", dict, "signature_missing"),
        ("wrong key", lambda: signed(IDENTITY, b"{}", key="another"), "signature_wrong"),
        ("other path", lambda: signed("/elsewhere", b"{}"), "signature_wrong"),
        ("other body", lambda: signed(IDENTITY, b"[]"), "signature_wrong"),
        ("not ascii", lambda: signed(IDENTITY, b"{}") | {"X-Signature": "é"}, "signature_wrong"),
        ("no number", lambda: signed(IDENTITY, b"{}") | {"X-Timestamp": "now"}, "signature_missing"),
    ],
)
def test_a_request_not_signed_by_the_key_is_refused(sandbox, _case, headers, error):
    response = httpx.post(sandbox.url + IDENTITY, content=b"{}", headers=[(k, v.encode()) for k, v in headers().items()])

    assert (response.status_code, response.json()) == (401, {"error": error})


@pytest.mark.parametrize(("ago", "status"), [(301, 401), (290, 200), (-290, 200), (-310, 401)])
def test_a_request_is_good_for_five_minutes(sandbox, ago, status):
    body = b'{"name": "a", "id_number": "b"}'

    assert ask(sandbox.url, body, signed(IDENTITY, body, ago=ago)).status_code == status


def test_a_request_played_again_is_refused(sandbox):
    body = b'{"name": "a", "id_number": "b"}'
    headers = signed(IDENTITY, body)

    assert ask(sandbox.url, body, headers).status_code == 200
    again = ask(sandbox.url, body, headers)
    assert (again.status_code, again.json()) == (401, {"error": "nonce_reused"})


@pytest.mark.parametrize("body", [b"", b"\xff\x00", b"[" * 100_000, b"[]", b'"text"', b"null", b'{"name": 1}'])
def test_garbage_is_refused_and_the_sandbox_lives(sandbox, body):
    assert ask(sandbox.url, body, signed(IDENTITY, body)).status_code == 400
    assert httpx.get(sandbox.url + "/healthz").json()["status"] == "ok"


def test_a_huge_body_is_refused(sandbox):
    body = b"x" * 2_000_000

    assert ask(sandbox.url, body, signed(IDENTITY, body)).status_code == 413


@pytest.mark.parametrize("head", [b"\x00\x01\x02\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"POST / HTTP/1.1\r\nContent-Length: -5\r\n\r\n"])
def test_what_is_not_http_does_not_end_it(sandbox, head):
    address = sandbox.url.removeprefix("http://").split(":")
    with socket.create_connection((address[0], int(address[1])), timeout=5) as connection:
        connection.sendall(head)
        assert connection.recv(100)

    assert httpx.get(sandbox.url + "/healthz").status_code == 200


def test_a_restart_after_kill_forgets_nothing(tmp_path):
    """Identities and messages outlive kill -9; the same message key is still one message after it."""
    server = SandboxProcess(tmp_path / "state")
    body = b'{"to": "13800138000", "text": "1234", "idempotency_key": "once"}'

    def send() -> str:
        headers = signed(MESSAGES, body, key="sandbox-sms-key")
        return httpx.post(server.url + MESSAGES, content=body, headers=headers).json()["message_id"]

    try:
        server.add_identity("张三", NUMBER)
        first, url = send(), server.url
        server.kill()
        server.start()

        assert server.url == url
        assert httpx.get(server.url + "/identities").json() == [{"id_number": NUMBER, "name": "张三", "outcome": ""}]
        assert send() == first
        assert [message["text"] for message in server.inbox("13800138000")] == ["1234"]
    finally:
        server.kill()


def test_identities_come_from_a_file_and_sigterm_ends_it(tmp_path):
    file = tmp_path / "identities.json"
    people = [{"name": "甲", "id_number": NUMBER}, {"name": "乙", "id_number": "110105194912310011"}]
    file.write_text(json.dumps(people))
    server = SandboxProcess(tmp_path / "state")
    server.kill()
    server.start("--identities", str(file))

    listed = {each["name"] for each in httpx.get(server.url + "/identities").json()}
    started = time.monotonic()

    assert server.stop() == 0
    assert time.monotonic() - started < 3
    assert listed == {"甲", "乙"}


def test_a_list_with_one_bad_identity_adds_none(sandbox):
    before = httpx.get(sandbox.url + "/identities").json()

    response = httpx.post(sandbox.url + "/identities", json=[{"name": "好", "id_number": NUMBER}, {"name": "坏", "id_number": "1"}])

    assert response.status_code == 400
    assert httpx.get(sandbox.url + "/identities").json() == before


@pytest.mark.parametrize(
    "faults", [[], {"nobody": {"kind": "none"}}, {"sms": {"kind": "flood"}}, {"sms": {"kind": "error", "status": 200}}, {"sms": {}}]
)
def test_a_fault_that_is_none_changes_nothing(sandbox, faults):
    assert httpx.put(sandbox.url + "/faults", json=faults).status_code == 400
    assert {each["kind"] for each in httpx.get(sandbox.url + "/faults").json().values()} == {"none"}


def test_the_page_says_in_both_languages_that_nothing_is_real(sandbox):
    page = httpx.get(sandbox.url + "/")

    assert page.headers["content-type"].startswith("text/html")
    assert "沙箱 · SANDBOX" in page.text
    assert "这里的一切都不是真实的" in page.text
    assert "Nothing here is real" in page.text


def test_the_page_adds_an_identity_and_escapes_it(sandbox):
    form = {"name": "<script>alert(1)</script>", "id_number": "11010519491231003x", "outcome": ""}
    response = httpx.post(sandbox.url + "/identities", data=form, follow_redirects=True)

    assert response.status_code == 200
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in response.text
    assert "<script>" not in response.text
    assert "11010519491231003X" in response.text


def test_the_page_switches_a_fault(sandbox):
    form = {"service": "sms", "kind": "latency", "milliseconds": "10", "status": "503", "times": "1"}
    page = httpx.post(sandbox.url + "/faults", data=form, follow_redirects=True)

    assert '<option value="latency" selected>' in page.text


def test_another_sites_page_can_not_use_the_switches(sandbox):
    response = httpx.put(sandbox.url + "/faults", json={}, headers={"Origin": "https://elsewhere.example"})

    assert response.status_code == 403


@pytest.mark.parametrize(("method", "path", "status"), [("GET", "/nothing", 404), ("DELETE", "/identities", 405), ("GET", IDENTITY, 405)])
def test_unknown_places_and_methods(sandbox, method, path, status):
    assert httpx.request(method, sandbox.url + path).status_code == status
