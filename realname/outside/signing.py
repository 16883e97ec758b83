"""The signature of requests and responses: HMAC-SHA256 (RFC 2104) over what must not be altered (docs/outside.md)."""

import hashlib
import hmac
import secrets
import time
from collections.abc import Mapping

# How far the clock of a request to us may be off.
WINDOW_SECONDS = 300


def signed_headers(*, key: str, method: str, target: str, body: bytes) -> dict[str, str]:
    """Headers that sign one request (`target`: path and query): time in whole seconds since 1970, a nonce used once, and the signature."""
    timestamp, nonce = str(int(time.time())), secrets.token_hex(16)
    signature = _hmac(key, [method, target, timestamp, nonce, hashlib.sha256(body).hexdigest()])
    return {"X-Timestamp": timestamp, "X-Nonce": nonce, "X-Signature": signature}


def request_is_signed(*, key: str, method: str, target: str, headers: Mapping[str, str], body: bytes) -> bool:
    """Whether a request to us was signed, in the last minutes, by who holds the key. Its nonce is the caller's to look at."""
    timestamp, nonce, signature = (headers.get(name, "") for name in ("X-Timestamp", "X-Nonce", "X-Signature"))
    if not (timestamp.isascii() and timestamp.isdecimal() and len(timestamp) <= 12 and 16 <= len(nonce) <= 64 and nonce.isascii()):
        return False
    expected = _hmac(key, [method, target, timestamp, nonce, hashlib.sha256(body).hexdigest()])
    return hmac.compare_digest(expected.encode(), signature.encode()) and abs(time.time() - int(timestamp)) <= WINDOW_SECONDS


def response_is_signed(*, key: str, status: int, nonce: str, body: bytes, signature: str) -> bool:
    """Whether the answer was signed by who holds the key, for the request with this nonce and no other."""
    expected = _hmac(key, ["response", str(status), nonce, hashlib.sha256(body).hexdigest()])
    return hmac.compare_digest(expected.encode(), signature.encode())


def _hmac(key: str, parts: list[str]) -> str:
    return hmac.new(key.encode(), "\n".join(parts).encode(), hashlib.sha256).hexdigest()
