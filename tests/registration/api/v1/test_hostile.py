"""What nobody in their right mind sends is answered by a problem, and changes nothing."""

import json

import pytest
from django.core.cache import cache

from registration.models import Application, Capture, Consent, PhoneCode
from tests.factories.policy import set_value
from tests.registration.api.v1.app import BASE, App, details
from tests.registration.web.sessions import enormous_png, jpeg

pytestmark = pytest.mark.django_db


@pytest.fixture
def app():
    app = App()
    app.begin()
    return app


def raw(app, path, body, kind="application/json"):
    headers = {"Authorization": f"Bearer {app.token}", "Device-Id": app.device, "Application-Secret": app.access, "Accept-Language": "en"}
    return app.http.post(f"{BASE}/applications/{app.application}{path}", data=body, content_type=kind, headers=headers)


@pytest.mark.parametrize(
    ("body", "kind", "status", "code"),
    [
        (b"{", "application/json", 400, "not_readable"),
        (b"[]", "application/json", 400, "not_readable"),
        (b'"x"', "application/json", 400, "not_readable"),
        (b"\xff\xfe{", "application/json", 400, "not_readable"),
        (b"[" * 100_000, "application/json", 400, "not_readable"),
        (b'{"a":' * 40_000 + b"1" + b"}" * 40_000, "application/json", 400, "not_readable"),
        (b"phone=13800000000", "application/x-www-form-urlencoded", 415, "media_type_refused"),
        (b"<a/>", "application/xml", 415, "media_type_refused"),
        (b"{}", "", 415, "media_type_refused"),
        (b" " * 300_000, "application/json", 413, "body_too_large"),
        (b'{"phone": "\\ud800"}', "application/json", 400, "not_readable"),
        (b'{"\\udfff": 1}', "application/json", 400, "not_readable"),
        (b'{"phone": 13800000000}', "application/json", 422, "fields_wrong"),
        (b'{"phone": null}', "application/json", 422, "fields_wrong"),
        (b'{"phone": ["13800000000"]}', "application/json", 422, "fields_wrong"),
        (b'{"phone": "1380000\\u00000000"}', "application/json", 422, "fields_wrong"),
        (b"{}", "application/json", 422, "fields_wrong"),
    ],
)
def test_bodies_that_are_none(app, body, kind, status, code):
    """By status and code."""
    refused = raw(app, "/phone-code", body, kind)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert refused["Content-Type"] == "application/problem+json"
    assert not PhoneCode.objects.exists()


def test_a_number_that_is_none_is_said_as_on_the_page(app):
    """The parser's own code, in the language of the header."""
    app.language = "zh-hans"
    refused = app.ask("post", "/phone-code", {"phone": "12"})
    assert refused.status_code == 422
    assert any(ord(char) > 0x4E00 for char in refused.json()["detail"])
    assert "12" not in json.dumps(refused.json()["type"])


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("/details", details()),
        ("/submit", {}),
        ("/number", {"way": "own"}),
        ("/document-type", {"document_type": "resident_id_card"}),
        ("/challenge", {}),
        ("/withdraw", {}),
        ("/leave-face", {}),
    ],
)
def test_nothing_is_taken_before_the_phone_is_proven(app, path, body):
    """409, which says so."""
    refused = app.ask("post", path, body, key="k" * 16)
    assert (refused.status_code, refused.json()["code"]) == (409, "phone_not_proven")
    assert app.ask("get", "/review").status_code == 409
    assert app.row().status == "draft"


def test_out_of_order(app):
    """What is missing is named."""
    app.prove()
    refused = app.ask("post", "/selfie", file=jpeg())
    assert (refused.status_code, refused.json()["code"]) == (409, "step_out_of_order")
    assert refused.json()["missing"][0] == "document_front"
    incomplete = app.ask("post", "/submit", key="k" * 16)
    assert (incomplete.status_code, incomplete.json()["code"]) == (422, "application_incomplete")
    assert not Capture.objects.exists()


@pytest.mark.parametrize(
    ("content", "status", "code"),
    [
        (b"nothing of the kind", 422, "not_an_image"),
        (enormous_png(), 422, "too_many_pixels"),
        (b"%PDF-1.7 letter", 422, "pdf"),
        (b"", 422, "fields_wrong"),
        (b"\xff\xd8\xff" + bytes(30 * 1024 * 1024), 413, "too_large"),
        (b"\xff\xd8\xff" + bytes(41 * 1024 * 1024), 413, "too_large"),
    ],
    ids=["text", "pixels", "pdf", "empty", "large", "huge"],
)
def test_files_are_refused_as_on_the_pages(app, content, status, code):
    """P-REG-7: by code and sentence; nothing is kept."""
    app.prove()
    refused = app.ask("post", "/document/front", file=content)
    assert (refused.status_code, refused.json()["code"]) == (status, code)
    assert refused.json()["detail"]
    assert not Capture.objects.exists()


def test_a_side_the_document_has_not(app):
    """As the service says it."""
    app.prove()
    assert app.ask("post", "/document/inside", file=jpeg()).json()["code"] == "not_of_document"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"birth": "yesterday"}, "birth"),
        ({"birth": 19900101}, "birth"),
        ({"name": {"first": "x"}}, "name"),
        ({"name": "x" * 100_000}, "name"),
        ({"id_number": "110101199003070000"}, "id_number"),
        ({"valid_to": "2019-01-01"}, "valid_to"),
        ({"sex": "unknown"}, "sex"),
        ({"email": "nobody"}, "email"),
    ],
)
def test_details_are_judged_by_the_rules_of_the_page(app, changes, field):
    """Each fault beside its field."""
    app.prove()
    app.photograph("/document/front", "document_front", seed=1)
    app.photograph("/document/back", "document_back", seed=2)
    refused = app.ask("post", "/details", details(**changes))
    assert refused.status_code == 422, refused.content
    assert field in {one["field"] for one in refused.json()["wrong"]}
    assert app.row().details_entered_at is None


def test_consents_are_each_to_the_text_that_was_shown():
    """R-26, R-27: one missing, one to another text, one in another language."""
    app = App()
    given = app.consents()
    for consents in (
        given[:2],
        [{**given[0], "digest": "0" * 64}, *given[1:]],
        [],
        "all",
        [{"purpose": "everything", "digest": "0"}],
    ):
        refused = app.ask("post", "applications", {"path": "face", "consents": consents}, key="k" * 16)
        assert refused.status_code == 422, consents
        app.http.cookies.clear()
    app.language = "zh-hans"
    assert app.ask("post", "applications", {"path": "face", "consents": given}, key="l" * 16).json()["code"] == "notice_other"
    assert not Application.objects.exists()
    assert not Consent.objects.exists()


def test_bounds_are_the_pages(app):
    """P-REG-2: of starts in an hour, with how long to wait."""
    cache.clear()
    set_value(key="registration.starts_per_hour_ip", value=10)
    answers = [app.begin().status_code for _ in range(11)]
    assert answers[0] == 201
    assert answers[-1] == 429


@pytest.mark.parametrize("device", ["", "short", "x" * 65, "with space in the middle", "%00" * 8])
def test_a_device_is_named(app, device):
    """Bounds count by it."""
    app.device = device
    refused = app.begin()
    assert (refused.status_code, refused.json()["code"]) == (400, "device_missing")


@pytest.mark.parametrize(
    ("times", "sizes"), [("[0]", "[99999999]"), ("[" * 9000, "[1]"), ("{}", "{}"), ("[NaN]", "[1]"), ("[0, 1]", "[1]")]
)
def test_bursts_that_do_not_fit(app, times, sizes):
    """As on the page."""
    app.prove()
    app.photograph("/document/front", "document_front", seed=1)
    app.photograph("/document/back", "document_back", seed=2)
    app.ask("post", "/details", details())
    app.photograph("/selfie", "selfie", seed=3)
    asked = app.ask("post", "/challenge").json()
    refused = app.ask("post", "/challenge/answer", {"challenge": asked["id"], "times": times, "sizes": sizes}, file=jpeg())
    assert (refused.status_code, refused.json()["code"]) == (422, "challenge_empty")
    replayed = app.film()
    assert replayed.status_code == 202
    again = app.ask("post", "/challenge/answer", {"challenge": asked["id"]}, file=b"\0\0\0\x18ftypmp42" + bytes(64))
    assert (again.status_code, again.json()["code"]) == (422, "challenge_over")


def test_methods_that_are_none(app):
    """405 in the words of the API."""
    assert app.ask("delete", "").json()["code"] == "method_refused"
    assert app.ask("put", "/details").status_code == 405
