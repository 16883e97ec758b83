"""What is answered where: from a request to a response, without sockets."""

import json
from collections.abc import Callable
from dataclasses import dataclass, field
from urllib.parse import parse_qs, urlsplit

from sandbox import authority, enterprises, page, sms
from sandbox.faults import Faults
from sandbox.receipts import Reporter
from sandbox.signing import Gatekeeper
from sandbox.state import Identity, Invalid, KeyReused, State


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came; header names in lower case."""

    method: str
    target: str
    headers: dict[str, str]
    body: bytes

    @property
    def path(self) -> str:
        """The path without its query."""
        return urlsplit(self.target).path

    def query(self, name: str) -> str:
        """The first value of a query parameter, else ""."""
        return parse_qs(urlsplit(self.target).query).get(name, [""])[0]

    def json(self) -> object:
        """The body as JSON. Raises Invalid."""
        try:
            return json.loads(self.body)
        except (ValueError, RecursionError):
            raise Invalid("The body is not JSON.") from None

    def form(self) -> dict[str, str]:
        """The body as an HTML form. Raises Invalid."""
        try:
            return {name: values[0] for name, values in parse_qs(self.body.decode(), max_num_fields=20).items()}
        except ValueError:
            raise Invalid("The body is not a form.") from None

    @property
    def is_form(self) -> bool:
        """Whether a browser's form sent it."""
        return self.headers.get("content-type", "").startswith("application/x-www-form-urlencoded")


@dataclass(frozen=True, slots=True)
class Response:
    """An answer before it is signed and spoiled."""

    status: int
    body: bytes
    headers: dict[str, str] = field(default_factory=dict)


def as_json(status: int, content: object) -> Response:
    """A JSON answer."""
    return Response(status, json.dumps(content, ensure_ascii=False).encode(), {"Content-Type": "application/json"})


@dataclass(slots=True)
class App:
    """The sandbox: state, faults, and the keys its callers sign with, by service."""

    state: State
    keys: dict[str, str]
    faults: Faults = field(default_factory=Faults)
    gatekeeper: Gatekeeper = field(default_factory=Gatekeeper)
    reporter: Reporter = field(init=False)
    receipts_to: str = ""

    def __post_init__(self) -> None:
        self.reporter = Reporter(self.state, self.faults, address=self.receipts_to, key=self.keys.get("receipts", ""))

    def answer(self, request: Request) -> Response:
        """Never raises: what can't be taken is a 4xx with a code that repeats nothing of the request."""
        handler = ROUTES.get((request.method, request.path))
        if handler is None:
            known = any(path == request.path for _, path in ROUTES)
            return as_json(405 if known else 404, {"error": "method_not_allowed" if known else "not_found"})
        if service := SIGNED.get(request.path):
            key = self.keys[service]
            refusal = self.gatekeeper.refusal(key, request.method, request.target, request.headers, request.body)
            if refusal:
                return as_json(401, {"error": refusal})
        elif self._from_elsewhere(request):
            return as_json(403, {"error": "other_origin"})
        try:
            return handler(self, request)
        except Invalid as invalid:
            return as_json(400, {"error": "invalid", "message": str(invalid)})
        except UnicodeEncodeError:
            return as_json(400, {"error": "invalid", "message": "The text has half characters (lone surrogates)."})
        except KeyReused:
            return as_json(409, {"error": "idempotency_key_reused"})

    @staticmethod
    def _from_elsewhere(request: Request) -> bool:
        """Whether another site's page sent a change (the switches have no sign-in)."""
        origin = request.headers.get("origin")
        return bool(origin) and request.method != "GET" and urlsplit(origin).netloc != request.headers.get("host")


def _check_identity(app: App, request: Request) -> Response:
    return as_json(200, authority.check_identity(app.state, SIGNED[request.path], request.json()))


def _check_phone(app: App, request: Request) -> Response:
    return as_json(200, authority.check_phone(app.state, SIGNED[request.path], request.json()))


def _count_lines(app: App, request: Request) -> Response:
    return as_json(200, authority.count_lines(app.state, SIGNED[request.path], request.json()))


def _check_organisation(app: App, request: Request) -> Response:
    return as_json(200, enterprises.check_organisation(app.state, SIGNED[request.path], request.json()))


def _charges(app: App, request: Request) -> Response:
    return as_json(200, app.state.charges(request.query("id_number")))


def _send_message(app: App, request: Request) -> Response:
    return _taken(app, request, channel="sms", gateway="http")


def _call(app: App, request: Request) -> Response:
    return _taken(app, request, channel="voice", gateway="http_voice")


def _taken(app: App, request: Request, *, channel: str, gateway: str) -> Response:
    message = request.json()
    answer = sms.send(app.state, message, channel)
    app.reporter.report(gateway=gateway, message_id=answer["message_id"], key=message["idempotency_key"], phone=message["to"])
    return as_json(200, answer)


def _list_phones(app: App, request: Request) -> Response:
    return as_json(200, app.state.phones())


def _set_phone(app: App, request: Request) -> Response:
    content = request.form() if request.is_form else request.json()
    if not isinstance(content, dict) or not all(isinstance(content.get(name), str) for name in ("phone", "outcome")):
        raise Invalid("A phone is an object with phone and outcome.")
    app.state.set_outcome(content["phone"].strip(), content["outcome"].strip())
    return _back_to_page() if request.is_form else _list_phones(app, request)


def _inbox(app: App, request: Request) -> Response:
    phone = request.query("phone")
    if not phone:
        raise Invalid("Say whose inbox: ?phone=…")
    return as_json(200, {"sandbox": True, "messages": app.state.messages(phone)})


def _page(app: App, request: Request) -> Response:
    headers = {"Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": page.CONTENT_SECURITY_POLICY}
    return Response(200, page.render(app.state, app.faults).encode(), headers)


def _list_identities(app: App, request: Request) -> Response:
    return as_json(200, app.state.identities())


def _add_identities(app: App, request: Request) -> Response:
    content = request.form() if request.is_form else request.json()
    added = app.state.add_identities([Identity.read(item) for item in (content if isinstance(content, list) else [content])])
    return _back_to_page() if request.is_form else as_json(200, {"added": added})


def _show_faults(app: App, request: Request) -> Response:
    return as_json(200, app.faults.report())


def _switch_faults(app: App, request: Request) -> Response:
    if request.is_form:
        fields = request.form()
        app.faults.switch({fields.get("service", ""): fields})
        return _back_to_page()
    app.faults.switch(request.json())
    return _show_faults(app, request)


def _healthz(app: App, request: Request) -> Response:
    app.state.identities(limit=1)
    return as_json(200, {"status": "ok", "sandbox": True})


def _back_to_page() -> Response:
    return Response(303, b"", {"Location": "/"})


# The services asked with a signature.
SIGNED = {
    "/authority/v1/identity": "authority",
    "/bureau/v1/identity": "bureau",
    "/bureau/v1/phone": "bureau",
    "/operators/v1/phone": "operators",
    "/operators/v1/lines": "operators",
    "/enterprises/v1/organisations": "enterprises",
    "/sms/v1/messages": "sms",
    "/voice/v1/calls": "voice",
}
ROUTES: dict[tuple[str, str], Callable[[App, Request], Response]] = {
    ("POST", "/authority/v1/identity"): _check_identity,
    ("POST", "/bureau/v1/identity"): _check_identity,
    ("POST", "/bureau/v1/phone"): _check_phone,
    ("POST", "/operators/v1/phone"): _check_phone,
    ("POST", "/operators/v1/lines"): _count_lines,
    ("POST", "/enterprises/v1/organisations"): _check_organisation,
    ("GET", "/charges"): _charges,
    ("POST", "/sms/v1/messages"): _send_message,
    ("POST", "/voice/v1/calls"): _call,
    ("GET", "/inbox"): _inbox,
    ("GET", "/phones"): _list_phones,
    ("POST", "/phones"): _set_phone,
    ("GET", "/"): _page,
    ("GET", "/identities"): _list_identities,
    ("POST", "/identities"): _add_identities,
    ("GET", "/faults"): _show_faults,
    ("PUT", "/faults"): _switch_faults,
    ("POST", "/faults"): _switch_faults,
    ("GET", "/healthz"): _healthz,
}
