"""The sockets: one thread per connection, keep-alive, and the place where an answer is signed and spoiled."""

import sys
import time
from http.client import responses
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from sandbox.app import SIGNED, App, Request, Response, as_json
from sandbox.faults import Fault
from sandbox.signing import response_signature

MAX_BODY = 1024 * 1024
# What is too large is still read to its end, up to here, so that the caller hears the refusal instead of a broken pipe.
MAX_DRAINED = 16 * 1024 * 1024
HUGE = 1024 * 1024
# A hung request lets go when its fault is switched off, or after this many seconds.
HANG_SECONDS = 120


class Server(ThreadingHTTPServer):
    """Ends at once when told: a hung or dripping thread does not hold it."""

    daemon_threads = True
    block_on_close = False
    request_queue_size = 256

    def __init__(self, address: tuple[str, int], app: App) -> None:
        self.app = app
        super().__init__(address, Handler)

    def handle_error(self, request: object, client_address: object) -> None:
        """A caller that hangs up is ordinary; anything else is named, without what it carried."""
        error = sys.exc_info()[0]
        if error and not issubclass(error, (ConnectionError, TimeoutError)):
            print(f"sandbox: {error.__name__} in a request", file=sys.stderr, flush=True)


class Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    # an idle kept connection is closed after this many seconds
    timeout = 60
    disable_nagle_algorithm = True
    server: Server

    def do_GET(self) -> None:  # noqa: N802
        """Any method comes here: the routes say which are known."""
        length = self.headers.get("Content-Length", "0")
        if "Transfer-Encoding" in self.headers or not length.isdecimal():
            self._refuse(411, "length_required")
        elif len(length) > 9 or int(length) > MAX_BODY:
            self._drain(min(int(length[:10]), MAX_DRAINED))
            self._refuse(413, "too_large")
        else:
            headers = {name.lower(): value for name, value in self.headers.items()}
            self._serve(Request(self.command, self.path, headers, self.rfile.read(int(length))))

    do_POST = do_PUT = do_DELETE = do_PATCH = do_HEAD = do_GET  # noqa: N815

    def log_message(self, *args: object) -> None:
        """Nothing: paths may carry phone numbers."""

    def _serve(self, request: Request) -> None:
        service = SIGNED.get(request.path)
        fault = self.server.app.faults.strike(service) if service else Fault()
        if fault.kind == "error":
            return self._write(as_json(fault.status, {"error": "fault"}))
        if fault.kind == "redirect":
            return self._write(Response(307, b"", {"Location": "/healthz"}))
        response = self._spoil(self.server.app.answer(request), fault)
        if fault.kind == "latency":
            time.sleep(fault.milliseconds / 1000)
        if fault.kind == "hang":
            return self._hang(service)
        return self._write(self._sign(response, request, service, fault), fault)

    def _refuse(self, status: int, error: str) -> None:
        """Refuse a body without keeping it; what follows on the connection can't be trusted, so it closes."""
        self.close_connection = True
        self._write(as_json(status, {"error": error}))

    def _drain(self, left: int) -> None:
        while left > 0 and (chunk := self.rfile.read(min(left, 65536))):
            left -= len(chunk)

    @staticmethod
    def _spoil(response: Response, fault: Fault) -> Response:
        if fault.kind == "garbage":
            return Response(response.status, b"\x00\xff<html>{]" * 7, response.headers)
        if fault.kind == "huge":
            return Response(response.status, b'{"outcome": "' + b"A" * HUGE + b'"}', response.headers)
        return response

    def _sign(self, response: Response, request: Request, service: str | None, fault: Fault) -> Response:
        if service is None:
            return response
        key = "another key" if fault.kind == "wrong_signature" else self.server.app.keys[service]
        signature = response_signature(key, response.status, request.headers.get("x-nonce", ""), response.body)
        return Response(response.status, response.body, response.headers | {"X-Signature": signature})

    def _hang(self, service: str) -> None:
        self.close_connection = True
        end = time.monotonic() + HANG_SECONDS
        while time.monotonic() < end and self.server.app.faults.current(service).kind == "hang":
            time.sleep(0.05)

    def _write(self, response: Response, fault: Fault = Fault()) -> None:  # noqa: B008
        lines = {"Content-Length": str(len(response.body)), "Cache-Control": "no-store", "X-Sandbox": "1"} | response.headers
        if self.close_connection:
            lines["Connection"] = "close"
        head = f"HTTP/1.1 {response.status} {responses.get(response.status, '')}\r\n"
        head += "".join(f"{name}: {value}\r\n" for name, value in lines.items()) + "\r\n"
        content = head.encode("latin-1") + (b"" if self.command == "HEAD" else response.body)
        if fault.kind != "slow_drip":
            self.wfile.write(content)
            return
        for index in range(len(content)):
            self.wfile.write(content[index : index + 1])
            time.sleep(fault.milliseconds / 1000)
