"""The operator's app, as tests speak for it."""

import json
import uuid
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client

from realname.access.actor import SYSTEM
from realname.ids import citizen_id
from registration.models import Application, Capture, PhoneCode
from registration.services.api_client import add_client
from registration.services.phone_digits import digits_of
from registration.states import CaptureStatus
from tests.factories.registration import new_id_number, new_phone
from tests.registration.web.sessions import jpeg, look

BASE = "/api/registration/v1"


class App:
    """One app on one device, with at most one application in hand."""

    def __init__(self, name: str = "Operator App", *, language: str = "en", device: str = "") -> None:
        self.client, self.secret = add_client(actor=SYSTEM, name=name)
        self.http = Client()
        self.device = device or uuid.uuid4().hex
        self.language, self.application, self.access = language, "", ""
        self.token = self.get_token()

    def get_token(self) -> str:
        """By the client's id and secret."""
        sent = {"grant_type": "client_credentials", "client_id": self.client.client_id, "client_secret": self.secret}
        response = self.http.post(f"{BASE}/token", sent)
        assert response.status_code == 200, response.content
        return response.json()["access_token"]

    def ask(self, method: str, path: str, body: Any = None, *, key: str = "", file: bytes | None = None, **headers: str) -> HttpResponse:
        """`path` below the application where it begins with a slash of its own."""
        url = f"{BASE}/applications/{self.application}{path}" if path.startswith("/") or not path else f"{BASE}/{path}"
        said = {"Authorization": f"Bearer {self.token}", "Device-Id": self.device, "Application-Secret": self.access,
                "Accept-Language": self.language, **({"Idempotency-Key": key} if key else {}), **headers}  # fmt: skip
        if file is not None:
            return self.http.post(
                url, {"photo" if "challenge" not in path else "video": SimpleUploadedFile("a", file), **(body or {})}, headers=said
            )
        content = {} if method == "get" else {"data": json.dumps(body or {}), "content_type": "application/json"}
        return getattr(self.http, method)(url, headers=said, **content)

    def consents(self) -> list[dict[str, str]]:
        """To every notice as it is shown."""
        return [{"purpose": one["purpose"], "digest": one["digest"]} for one in self.ask("get", "notices").json()]

    def begin(self, *, key: str = "", path: str = "face", way: str = "", acting_as: str = "") -> HttpResponse:
        """Agree, and keep what is given."""
        body = {"path": path, "consents": self.consents(), **({"statement_way": way} if way else {})}
        body |= {"acting_as": acting_as} if acting_as else {}
        response = self.ask("post", "applications", body, key=key or uuid.uuid4().hex)
        if response.status_code == 201:
            self.keep(response)
        return response

    def keep(self, response: HttpResponse) -> None:
        """The application to go on with."""
        opened = response.json()
        self.application = opened["application"]["id"]
        self.access = opened["access"]["secret"] if opened["access"] else self.access

    def prove(self, phone: str = "") -> HttpResponse:
        """Ask for a code and enter it."""
        assert self.ask("post", "/phone-code", {"phone": phone or new_phone()}).status_code == 202
        code = PhoneCode.objects.filter(application_id=self.application).latest("created_at")
        response = self.ask("post", "/phone", {"code": digits_of(code.pk)})
        if response.status_code == 200:
            self.keep(response)
        return response

    def photograph(self, path: str, kind: str, *, seed: int = 0) -> None:
        """Send a picture, and have it looked at."""
        response = self.ask("post", path, file=jpeg(seed=seed))
        assert response.status_code == 202, response.content
        look(Capture.objects.current().get(application_id=self.application, kind=kind), CaptureStatus.GOOD)

    def film(self) -> HttpResponse:
        """Answer the movements with pictures of nothing."""
        asked = self.ask("post", "/challenge").json()
        pictures = [jpeg(seed=90 + index) for index in range(3)]
        body = {"challenge": asked["id"], "times": json.dumps([0, 150, 300]), "sizes": json.dumps([len(one) for one in pictures])}
        return self.ask("post", "/challenge/answer", body, file=b"".join(pictures))

    def row(self) -> Application:
        """As it is in the database."""
        return Application.objects.get(pk=self.application)


def details(**changes: Any) -> dict[str, Any]:
    """What stands on a specimen card."""
    number = citizen_id.parse(new_id_number())
    return {
        "name": "张三丰",
        "sex": number.sex,
        "ethnicity": "汉",
        "birth": number.birth.isoformat(),
        "id_number": number.number,
        "address": "北京市东城区示例路1号",
        "authority": "北京市公安局东城分局",
        "valid_from": "2020-01-01",
        "valid_to": "2040-01-01",
        **changes,
    }
