"""The example client registers a specimen person over HTTP, with real workers and the sandbox (P-REG-1, P-PAR-5)."""

import importlib.util
import re
import threading
import time
from collections.abc import Iterator
from types import SimpleNamespace
from wsgiref.simple_server import WSGIRequestHandler, make_server

import httpx
import pytest
from django.contrib.staticfiles.handlers import StaticFilesHandler
from django.core.wsgi import get_wsgi_application
from django.db import connections

from demo.applicants import Applicant, applicants
from realname.access.actor import SYSTEM
from realname.paths import REPO
from registration.models import Application
from registration.services.api_client import add_client

pytestmark = [pytest.mark.slow, pytest.mark.django_db]
DATES = ("birth", "valid_from", "valid_to")


class Quiet(WSGIRequestHandler):
    """Says nothing of each request."""

    def log_message(self, *args: object) -> None:
        """Nothing."""


@pytest.fixture
def base_url() -> Iterator[str]:
    """A web server of this process, whose hints go to the workers."""

    def application(environ, start_response):
        try:
            return list(site(environ, start_response))
        finally:
            connections.close_all()

    site = StaticFilesHandler(get_wsgi_application())
    server = make_server("127.0.0.1", 0, application, handler_class=Quiet)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


def example():
    """The file as it lies in docs."""
    spec = importlib.util.spec_from_file_location("example", REPO / "docs" / "api" / "example.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def person_of(applicant: Applicant) -> SimpleNamespace:
    """A specimen person, as the example asks for one."""
    card = applicant.card
    names = ("name", "sex", "ethnicity", "id_number", "address", "authority", *DATES)
    details = {name: getattr(card, name).isoformat() if name in DATES else getattr(card, name) for name in names}
    return SimpleNamespace(
        front=applicant.front, back=applicant.back, selfie=applicant.selfie_jpeg, film=applicant.film, details=lambda: details
    )


def newest_code(sandbox_url: str, phone: str) -> str:
    """From the sandbox's inbox, once it is there."""
    until = time.monotonic() + 30
    while time.monotonic() < until:
        messages = httpx.get(f"{sandbox_url}/inbox", params={"phone": phone}, timeout=10).json()["messages"]
        if messages and (found := re.search(r"\b(\d{6})\b", messages[-1]["text"])):
            return found.group(1)
        time.sleep(0.3)
    raise TimeoutError("no code came")


def test_the_example_registers_a_person(workers, sandbox_server, base_url):
    """With the face: activated, by the channel of the app."""
    applicant = applicants(4711)[0]
    sandbox_server.add_identity(applicant.card.name, applicant.card.id_number)
    client, secret = add_client(actor=SYSTEM, name="Example")
    module = example()
    api = module.Api(base_url, client_id=client.client_id, client_secret=secret, device="d" * 32)
    state = module.register(
        api,
        person_of(applicant),
        phone=applicant.phone,
        read_code=lambda: newest_code(sandbox_server.url, applicant.phone),
        with_face=True,
    )
    assert state["status"] == "activated", state
    assert Application.objects.get(reference=state["reference"]).channel == "app"
