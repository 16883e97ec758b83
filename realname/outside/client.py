"""The one client for what lies outside."""

import hashlib
import json
import logging
import time
from dataclasses import dataclass

import httpx
import structlog
import tenacity

from realname.outside import metrics
from realname.outside.breaker import Breaker
from realname.outside.deadline import DeadlineTransport, seconds_left, total_limit
from realname.outside.errors import SourceAnswerInvalid, SourceError, SourceRefused, SourceUnavailable
from realname.outside.signing import response_is_signed, signed_headers

log = structlog.get_logger(__name__)
# these name whole addresses and headers in their lines
for _name in ("httpx", "httpcore"):
    logging.getLogger(_name).setLevel(logging.WARNING)

# RFC 9110 15.5.9, RFC 8470 5.2, RFC 6585 4: refusals that mean "later", not "never".
BUSY_STATUSES = frozenset({408, 425, 429})
RETRIED_AT_ONCE = ("timeout", "network", "status_5xx")


@dataclass(frozen=True, slots=True)
class Limits:
    """Seconds, attempts and bytes. `total` bounds all attempts and the waits between them together."""

    connect: float = 2.0
    read: float = 4.0
    total: float = 10.0
    attempts: int = 3
    # full jitter (M. Brooker, "Exponential Backoff And Jitter"): each wait is random up to a bound that doubles
    first_wait: float = 0.2
    longest_wait: float = 2.0
    max_bytes: int = 64 * 1024


@dataclass(frozen=True, slots=True)
class Answer:
    """What was answered: the JSON object, the SHA-256 of its bytes in hex, the time taken in ms, and the attempts it took."""

    outcome: dict
    digest: str
    milliseconds: int
    attempts: int


class SignedClient:
    """Asks one source. Safe between threads; make it after a fork, since it keeps connections open."""

    def __init__(
        self,
        source: str,
        base_url: str,
        key: str,
        *,
        breaker: Breaker,
        limits: Limits = Limits(),  # noqa: B008
        connections: int = 20,
    ) -> None:
        self.source = source
        self.limits = limits
        self._key = key
        self._breaker = breaker
        self._http = httpx.Client(
            base_url=base_url, transport=DeadlineTransport(connections=connections), follow_redirects=False, trust_env=False
        )

    def post(self, path: str, payload: dict) -> Answer:
        """Ask, and answer what was signed by the source. The question must be safe to repeat: it is retried.

        Raises SourceUnavailable (ask later), SourceAnswerInvalid (the same, and look into it) or SourceRefused (ours to repair).
        """
        started = time.monotonic()
        # ASCII only, so that no text of a person, however odd, fails to encode
        body = json.dumps(payload, separators=(",", ":")).encode("ascii")
        retrying = self._retrying()
        try:
            with total_limit(self.limits.total):
                outcome, digest = retrying(self._attempt, path, body)
        except SourceError as error:
            self._tell(error.reason, type(error), started, retrying)
            raise
        milliseconds = self._tell("answered", None, started, retrying)
        return Answer(outcome, digest, milliseconds, retrying.statistics["attempt_number"])

    def close(self) -> None:
        """Let the connections go."""
        self._http.close()

    def _retrying(self) -> tenacity.Retrying:
        return tenacity.Retrying(
            stop=tenacity.stop_after_attempt(self.limits.attempts) | tenacity.stop_before_delay(self.limits.total),
            wait=tenacity.wait_random_exponential(multiplier=self.limits.first_wait, max=self.limits.longest_wait),
            retry=tenacity.retry_if_exception(lambda error: isinstance(error, SourceUnavailable) and error.reason in RETRIED_AT_ONCE),
            reraise=True,
        )

    def _attempt(self, path: str, body: bytes) -> tuple[dict, str]:
        with self._breaker.guard():
            try:
                content = self._exchange(path, body)
            # the causes are cut off: they hold the request, and with it the person's data
            except httpx.TimeoutException:
                raise SourceUnavailable(self.source, "timeout") from None
            except httpx.TransportError:
                raise SourceUnavailable(self.source, "network") from None
            return self._parse(content), hashlib.sha256(content).hexdigest()

    def _exchange(self, path: str, body: bytes) -> bytes:
        left = max(seconds_left(self.limits.total), 0.001)
        connect, read = min(self.limits.connect, left), min(self.limits.read, left)
        timeout = httpx.Timeout(connect=connect, read=read, write=read, pool=connect)
        # plain bytes only: what is compressed may unfold beyond any limit
        headers = {"Content-Type": "application/json", "Accept-Encoding": "identity"}
        request = self._http.build_request("POST", path, content=body, headers=headers, timeout=timeout)
        # the target as it is sent, with whatever path the base address adds
        signed = signed_headers(key=self._key, method="POST", target=request.url.raw_path.decode("ascii"), body=body)
        request.headers.update(signed)
        response = self._http.send(request, stream=True)
        try:
            self._judge_status(response.status_code)
            content = self._read(response)
        finally:
            response.close()
        self._judge_signature(response, signed["X-Nonce"], content)
        return content

    def _judge_signature(self, response: httpx.Response, nonce: str, content: bytes) -> None:
        status, signature = response.status_code, response.headers.get("X-Signature", "")
        if not response_is_signed(key=self._key, status=status, nonce=nonce, body=content, signature=signature):
            raise SourceAnswerInvalid(self.source, "signature")

    def _judge_status(self, status: int) -> None:
        if status >= 500:
            raise SourceUnavailable(self.source, "status_5xx")
        if status in BUSY_STATUSES:
            raise SourceUnavailable(self.source, "busy")
        if status >= 400:
            raise SourceRefused(self.source, f"status_{status}")
        if status >= 300:
            raise SourceAnswerInvalid(self.source, "redirect")
        if status != 200:
            raise SourceAnswerInvalid(self.source, "status")

    def _read(self, response: httpx.Response) -> bytes:
        content = bytearray()
        for chunk in response.iter_raw():
            content += chunk
            if len(content) > self.limits.max_bytes:
                raise SourceAnswerInvalid(self.source, "too_large")
        return bytes(content)

    def _parse(self, content: bytes) -> dict:
        try:
            outcome = json.loads(content)
        except (ValueError, RecursionError):
            outcome = None
        if not isinstance(outcome, dict):
            raise SourceAnswerInvalid(self.source, "not_json")
        return outcome

    def _tell(self, result: str, error: type[SourceError] | None, started: float, retrying: tenacity.Retrying) -> int:
        """Count and log how it ended, without anything of what was asked or answered. Answers the ms it took."""
        seconds = time.monotonic() - started
        milliseconds, attempts = round(seconds * 1000), retrying.statistics.get("attempt_number", 0)
        metrics.CALLS.labels(self.source, error.__name__ if error else "answered").inc()
        metrics.SECONDS.labels(self.source).observe(seconds)
        write = log.error if error is SourceAnswerInvalid else log.warning if error else log.info
        write("source_asked", source=self.source, result=result, milliseconds=milliseconds, attempts=attempts)
        return milliseconds
