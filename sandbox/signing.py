"""The sandbox's own hand of the signature in docs/outside.md (HMAC-SHA256, RFC 2104)."""

import hashlib
import hmac
import threading
import time

# How far a request's clock may be off, in seconds; a nonce is remembered for as long.
WINDOW_SECONDS = 300


def request_signature(key: str, method: str, target: str, timestamp: str, nonce: str, body: bytes) -> str:
    """Hex signature of a request; `target` is the path with its query."""
    return _hmac(key, [method, target, timestamp, nonce, hashlib.sha256(body).hexdigest()])


def response_signature(key: str, status: int, nonce: str, body: bytes) -> str:
    """Hex signature of a response, bound to the nonce of the request it answers."""
    return _hmac(key, ["response", str(status), nonce, hashlib.sha256(body).hexdigest()])


def _hmac(key: str, parts: list[str]) -> str:
    return hmac.new(key.encode(), "\n".join(parts).encode(), hashlib.sha256).hexdigest()


class Gatekeeper:
    """Says why a signed request is refused, or nothing. Remembers nonces, so that a request counts once."""

    def __init__(self) -> None:
        self._seen: dict[str, float] = {}
        self._lock = threading.Lock()

    def refusal(self, key: str, method: str, target: str, headers: dict[str, str], body: bytes) -> str:
        """A refusal code (`signature_missing`, `timestamp_outside_window`, `signature_wrong`, `nonce_reused`), else ""."""
        timestamp, nonce = headers.get("x-timestamp", ""), headers.get("x-nonce", "")
        if not (timestamp.isdecimal() and len(timestamp) <= 12 and 16 <= len(nonce) <= 64 and headers.get("x-signature")):
            return "signature_missing"
        if abs(time.time() - int(timestamp)) > WINDOW_SECONDS:
            return "timestamp_outside_window"
        expected = request_signature(key, method, target, timestamp, nonce, body)
        if not hmac.compare_digest(expected.encode(), headers["x-signature"].encode()):
            return "signature_wrong"
        return "" if self._first_use(nonce) else "nonce_reused"

    def _first_use(self, nonce: str) -> bool:
        now = time.monotonic()
        with self._lock:
            # oldest first, since a dict keeps the order of insertion; twice the window covers a clock ahead of ours
            while self._seen and (oldest := next(iter(self._seen))) and self._seen[oldest] < now - 2 * WINDOW_SECONDS:
                del self._seen[oldest]
            if nonce in self._seen:
                return False
            self._seen[nonce] = now
            return True
