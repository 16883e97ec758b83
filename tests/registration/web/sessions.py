"""Browsers that are in the middle of the way, and pictures to send."""

import io
import json
import re
import struct
import zlib
from datetime import date

import numpy as np
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import Client
from PIL import Image

from realname.ids import citizen_id
from registration.models import Application, Capture
from registration.services.clean_capture import clean_capture
from registration.services.note_reading import note_reading
from registration.services.phone_digits import digits_of
from registration.services.prove_phone import prove_phone
from registration.services.request_phone_code import request_phone_code
from registration.services.start_application import start_application
from registration.states import CaptureStatus, ConsentPurpose, VerificationPath
from tests.factories.registration import new_id_number, new_phone, person_actor


def browser_of(application: Application, *, language: str = "en") -> Client:
    """A browser whose session is about this application."""
    client = Client(headers={"Accept-Language": language})
    session = client.session
    session["application_id"], session["person_id"] = str(application.pk), str(application.person_id)
    session.save()
    return client


def proven(*, path: VerificationPath = VerificationPath.FACE, statement_way: str = "") -> Application:
    """A draft whose phone is proven, nothing more."""
    application = start_application(
        actor=person_actor(), path=path, purposes=set(ConsentPurpose), language="en", statement_way=statement_way
    )
    actor = person_actor(application)
    code = request_phone_code(actor=actor, application_id=application.pk, phone=new_phone())
    return prove_phone(actor=actor, application_id=application.pk, entered=digits_of(code.pk))


def jpeg(size: tuple[int, int] = (640, 480), *, seed: int = 0, **save) -> bytes:
    """A photograph of nothing, different for each seed."""
    shades = np.random.default_rng(seed).integers(0, 255, (12, 16, 3), dtype=np.uint8)
    out = io.BytesIO()
    Image.fromarray(shades).resize(size).save(out, "JPEG", **save)
    return out.getvalue()


def enormous_png(width: int = 20000, height: int = 10000) -> bytes:
    """The header of a PNG of 200 megapixels, with nothing behind it."""
    header = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + _chunk(b"IHDR", header) + _chunk(b"IDAT", zlib.compress(b"\0")) + _chunk(b"IEND", b"")


def _chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def upload(content: bytes, name: str = "photo.jpg", kind: str = "image/jpeg") -> SimpleUploadedFile:
    """A file as a form sends it."""
    return SimpleUploadedFile(name, content, kind)


def look(capture: Capture, status: CaptureStatus = CaptureStatus.GOOD, findings: tuple[str, ...] = (), fields: dict | None = None) -> None:
    """A worker has decoded a capture, and the first look at it ends so."""
    clean_capture(capture)
    note_reading(capture_id=capture.pk, status=status, findings=list(findings), reading={"fields": fields or {}})


def take(client: Client, side: str, *, status: CaptureStatus = CaptureStatus.GOOD, seed: int = 0, **kwargs) -> Capture:
    """Photograph a side through the page, and have it looked at."""
    assert client.post(f"/register/document/{side}", {"photo": upload(jpeg(seed=seed))}).status_code == 302
    capture = Capture.objects.current().get(application_id=client.session["application_id"], kind=f"document_{side}")
    look(capture, status, **kwargs)
    return capture


def film(client: Client, *, frames: int = 3, challenge: str = "", **changes) -> HttpResponse:
    """Answer the movements that the page asks for with a burst of pictures of nothing."""
    if not challenge:
        challenge = client.post("/register/challenge/start", headers={"Accept": "application/json"}).json()["challenge"]
    pictures = [jpeg(seed=index) for index in range(frames)]
    sent = {
        "video": upload(b"".join(pictures), "burst", "application/octet-stream"),
        "times": json.dumps([index * 150 for index in range(frames)]),
        "sizes": json.dumps([len(picture) for picture in pictures]),
    }
    return client.post("/register/challenge", {"challenge": challenge, **sent, **changes})


def challenge_on(page: str) -> str:
    """The challenge that a page's form answers."""
    return re.search(r'name="challenge" value="([0-9a-f-]{36})"', page).group(1)


def entered(**changes: str) -> dict[str, str]:
    """What a person types into the form of details. Birth and sex are those of the number, where it is one."""
    try:
        number = citizen_id.parse(changes.get("id_number", ""))
    except citizen_id.InvalidCitizenID:
        number = citizen_id.parse(new_id_number())
    typed = {
        "name": "张三丰",
        "sex": number.sex,
        "ethnicity": "汉",
        **parts("birth", number.birth),
        "id_number": number.number,
        "address": "北京市东城区示例路1号",
        "authority": "北京市公安局东城分局",
        **parts("valid_from", date(2020, 1, 1)),
        **parts("valid_to", date(2040, 1, 1)),
    }
    return {**typed, **changes}


def parts(name: str, day: date) -> dict[str, str]:
    """A date as its three boxes."""
    return {f"{name}_year": str(day.year), f"{name}_month": str(day.month), f"{name}_day": str(day.day)}


def states(html: str) -> dict[str, str]:
    """The machine-readable state of each capture on a page."""
    return dict(re.findall(r'data-capture="(\w+)" data-state="(\w+)"', html))


def summary(html: str) -> str:
    """What the error summary says, as text."""
    found = re.search(r"data-errors>(.*?)</div>", html, re.DOTALL)
    return " ".join(re.sub(r"<[^>]+>", " ", found.group(1)).split()) if found else ""
