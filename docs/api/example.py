"""A client of the registration API: registers one person. Needs httpx and nothing else.

    manage.py api_client add "Example"           # prints the id and, once, the secret
    python docs/api/example.py --client-id … --client-secret … --phone 13912345678 --details me.json --front front.jpg --back back.jpg

`me.json` holds the fields that `GET /document-types` names. The code is asked for at the keyboard; the way is the one without face
recognition, with a visit to a shop. `register` below also goes the way with the face, for an app that has a camera.
"""

import argparse
import json
import time
import uuid
from collections.abc import Callable
from pathlib import Path
from typing import Any, Protocol

import httpx

BASE = "/api/registration/v1"
# seconds we wait for a photograph to be looked at, and for a decision
LOOK, DECISION = 90, 300
# tries of one request, where the server is busy or the network failed
TRIES = 6


class Person(Protocol):
    """Who registers: pictures as bytes, and what stands on the card."""

    def front(self) -> bytes: ...
    def back(self) -> bytes: ...
    def details(self) -> dict[str, Any]: ...
    def selfie(self) -> bytes: ...
    def film(self, steps: list[str], schedule: list[int]) -> list[tuple[int, bytes]]: ...


class Refused(Exception):
    """A problem (RFC 9457): `code` for programs, `detail` for the person."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        super().__init__(f"{status} {problem.get('code')}: {problem.get('detail')} {problem.get('wrong') or problem.get('missing') or ''}")
        self.status, self.code = status, problem.get("code", "")


class Api:
    """The client: a token of its own, renewed when it is over; a device; and the secret of the application in hand."""

    def __init__(self, base_url: str, *, client_id: str, client_secret: str, device: str, language: str = "en") -> None:
        self._http = httpx.Client(base_url=base_url, timeout=60, headers={"Device-Id": device, "Accept-Language": language})
        self._client = (client_id, client_secret)
        self._token, self.application, self._secret = "", "", ""

    def ask(self, method: str, path: str, *, body: Any = None, file: tuple[str, bytes] | None = None) -> Any:
        """One request with one effect, however often it is sent: each has a key of its own, and every try the same. Raises Refused."""
        url = f"{BASE}/applications/{self.application}{path}" if path.startswith("/") or not path else f"{BASE}/{path}"
        headers = {"Application-Secret": self._secret}
        if method == "POST":
            headers["Idempotency-Key"] = uuid.uuid4().hex
        for attempt in range(TRIES):
            response = self._send(method, url, headers, body, file)
            if response is not None and response.status_code not in (401, 503) and not _busy(response):
                break
            if response is not None and response.status_code == 401:
                self._token = ""
            else:
                time.sleep(min(2**attempt, 10))
        if response is None:
            raise ConnectionError("The server does not answer.")
        if response.status_code >= 400:
            raise Refused(response.status_code, response.json())
        return response.json() if response.content else None

    def keep(self, opened: dict[str, Any]) -> dict[str, Any]:
        """Go on with this application; where it comes with a secret, that is its own."""
        self.application = opened["application"]["id"]
        if opened["access"]:
            self._secret = opened["access"]["secret"]
        return opened["application"]

    def _send(self, method: str, url: str, headers: dict, body: Any, file: tuple[str, bytes] | None) -> httpx.Response | None:
        try:
            self._token = self._token or self._get_token()
            content: dict[str, Any] = {"json": body} if body is not None and file is None else {}
            if file:
                content = {"files": {file[0]: ("file", file[1])}, "data": body or {}}
            return self._http.request(method, url, headers={**headers, "Authorization": f"Bearer {self._token}"}, **content)
        except httpx.TransportError:
            return None

    def _get_token(self) -> str:
        response = self._http.post(f"{BASE}/token", data={"grant_type": "client_credentials"}, auth=self._client)
        if response.status_code != 200:
            raise Refused(response.status_code, {"code": "client_refused", "detail": response.text})
        return response.json()["access_token"]


def _busy(response: httpx.Response) -> bool:
    return response.status_code == 409 and response.json().get("code") == "key_busy"


def register(api: Api, person: Person, *, phone: str, read_code: Callable[[], str], with_face: bool) -> dict[str, Any]:
    """The whole way; answers the application as it stands in the end. Raises Refused, TimeoutError."""
    # the person reads each notice and agrees to each by itself; an app shows them here
    purposes = {"terms", "identity", "face"} if with_face else {"terms", "identity"}
    consents = [{"purpose": one["purpose"], "digest": one["digest"]} for one in api.ask("GET", "notices") if one["purpose"] in purposes]
    way = {"path": "face"} if with_face else {"path": "face_free", "statement_way": "shop"}
    api.keep(api.ask("POST", "applications", body={**way, "consents": consents}))
    api.ask("POST", "/phone-code", body={"phone": phone})
    state = api.keep(api.ask("POST", "/phone", body={"code": read_code()}))
    if state["next"] == "resume":
        state = api.keep(api.ask("POST", "/resume", body={"last_six": person.details()["id_number"][-6:]}))
    _photograph(api, "/document/front", "document_front", person.front)
    _photograph(api, "/document/back", "document_back", person.back)
    state = api.ask("POST", "/details", body=person.details())
    if with_face:
        _photograph(api, "/selfie", "selfie", person.selfie)
        if "challenge" in api.ask("GET", "")["missing"]:
            _move(api, person)
    api.ask("POST", "/submit")
    return _wait(lambda: (state := api.ask("GET", ""))["status"] not in ("submitted", "verifying", "approved") and state, DECISION)


def _photograph(api: Api, path: str, kind: str, take: Callable[[], bytes]) -> None:
    """Send it, and wait until it was looked at; what is wrong with it is for the person to read."""
    api.ask("POST", path, file=("photo", take()))
    looked_at = _wait(lambda: _looked_at(api, kind), LOOK)
    for finding in looked_at["findings"]:
        print(f"{looked_at['label']}: {finding['sentence']}")
    if not looked_at["usable"]:
        raise Refused(422, {"code": looked_at["state"], "detail": looked_at["label"]})


def _move(api: Api, person: Person) -> None:
    """Film what is asked for, while it is asked for, and send the pictures one behind the other."""
    asked = api.ask("POST", "/challenge")
    began = time.monotonic()
    film = person.film(asked["steps"], asked["schedule"])
    # a film takes as long as it lasts
    time.sleep(max(0.0, film[-1][0] / 1000 - (time.monotonic() - began)))
    times, pictures = [at for at, _ in film], [picture for _, picture in film]
    body = {"challenge": asked["id"], "times": json.dumps(times), "sizes": json.dumps([len(picture) for picture in pictures])}
    api.ask("POST", "/challenge/answer", body=body, file=("video", b"".join(pictures)))
    _wait(lambda: _looked_at(api, "challenge"), LOOK)


def _looked_at(api: Api, kind: str) -> dict[str, Any] | None:
    states = {one["kind"]: one for one in api.ask("GET", "/captures")["captures"]}
    return states[kind] if states[kind]["state"] != "pending" else None


def _wait(question: Callable[[], Any], seconds: float) -> Any:
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        if answer := question():
            return answer
        time.sleep(1)
    raise TimeoutError(f"No answer within {seconds:.0f} s.")


class FromFiles:
    """A person whose pictures lie in files."""

    def __init__(self, front: Path, back: Path, details: Path) -> None:
        self._front, self._back, self._details = front, back, details

    def front(self) -> bytes:
        return self._front.read_bytes()

    def back(self) -> bytes:
        return self._back.read_bytes()

    def details(self) -> dict[str, Any]:
        return json.loads(self._details.read_text())

    def selfie(self) -> bytes:
        raise NotImplementedError("The way without face needs none.")

    def film(self, steps: list[str], schedule: list[int]) -> list[tuple[int, bytes]]:
        raise NotImplementedError("The way without face needs none.")


def main() -> None:
    """Register the person in the files."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--base-url", default="http://localhost:8000")
    for name in ("client-id", "client-secret", "phone"):
        parser.add_argument(f"--{name}", required=True)
    for name in ("front", "back", "details"):
        parser.add_argument(f"--{name}", required=True, type=Path)
    said = parser.parse_args()
    api = Api(said.base_url, client_id=said.client_id, client_secret=said.client_secret, device=uuid.uuid4().hex)
    person = FromFiles(said.front, said.back, said.details)
    state = register(api, person, phone=said.phone, read_code=lambda: input("Code: "), with_face=False)
    print(state["reference"], state["status"], state["standing"]["title"])


if __name__ == "__main__":
    main()
