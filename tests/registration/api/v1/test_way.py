"""The whole way through the API ends in the services the pages end in (P-REG-1 to P-REG-8)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from realname.trail.models import Event
from registration.models import Capture, Consent, PhoneCode
from registration.services.clean_capture import clean_capture
from registration.services.note_reading import note_reading
from registration.states import CaptureStatus
from tests.registration.api.v1.app import App, details
from tests.registration.web.sessions import jpeg, look

pytestmark = pytest.mark.django_db


def test_a_person_registers_by_the_app():
    """From the notices to the submission; the channel and the app's name are kept."""
    app = App("Operator App")
    begun = app.begin()
    assert begun.status_code == 201, begun.content
    assert begun.json()["application"]["next"] == "phone"
    assert Consent.objects.filter(application_id=app.application).count() == 3
    proven = app.prove()
    assert (proven.status_code, proven.json()["application"]["next"]) == (200, "document_front")
    assert app.ask("post", "/document-type", {"document_type": "resident_id_card"}).status_code == 200
    app.photograph("/document/front", "document_front", seed=1)
    app.photograph("/document/back", "document_back", seed=2)
    kept = app.ask("post", "/details", details())
    assert (kept.status_code, kept.json()["next"]) == (200, "selfie"), kept.content
    app.photograph("/selfie", "selfie", seed=3)
    filmed = app.film()
    assert filmed.status_code == 202, filmed.content
    look_at(app, "challenge")
    assert app.ask("get", "/review").json()["missing"] == []
    handed_in = app.ask("post", "/submit", key="k" * 16)
    assert (handed_in.status_code, handed_in.json()["status"]) == (202, "submitted")
    row = app.row()
    assert (row.channel, row.status, row.device) == ("app", "submitted", app.device)
    names = set(Event.objects.filter(subject_id=str(row.pk), actor_kind="person").values_list("actor_name", flat=True))
    assert names == {"Operator App"}
    state = app.ask("get", "")
    assert state["Retry-After"] == "2"
    assert app.ask("get", "", **{"If-None-Match": state["ETag"]}).status_code == 304


def look_at(app: App, kind: str) -> None:
    """A film is not decoded by us here: what a worker found is noted."""
    capture = Capture.objects.current().get(application_id=app.application, kind=kind)
    note_reading(capture_id=capture.pk, status=CaptureStatus.GOOD, findings=[], reading={"fields": {}})


def test_the_way_without_face():
    """R-33: digits instead of movements, and no selfie."""
    app = App()
    app.begin(path="face_free", way="video")
    app.prove()
    app.photograph("/document/front", "document_front", seed=1)
    app.photograph("/document/back", "document_back", seed=2)
    app.ask("post", "/details", details())
    refused = app.ask("post", "/selfie", file=jpeg())
    assert (refused.status_code, refused.json()["code"]) == (409, "path_without_face")
    asked = app.ask("post", "/challenge")
    assert (asked.status_code, asked.json()["kind"], len(asked.json()["digits"])) == (201, "digits", 6)


def test_an_older_application_is_taken_up_on_another_device():
    """P-REG-5: by the number and the end of the ID number; its secret is a new one, and the old one is over."""
    first, second, phone = App(), App(), "13912340001"
    first.begin()
    first.prove(phone)
    first.photograph("/document/front", "document_front", seed=1)
    first.photograph("/document/back", "document_back", seed=2)
    sent = details()
    first.ask("post", "/details", sent)
    PhoneCode.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    second.begin()
    proven = second.prove(phone)
    assert proven.json()["application"]["next"] == "resume"
    wrong = second.ask("post", "/resume", {"last_six": "000000"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "resume_wrong")
    resumed = second.ask("post", "/resume", {"last_six": sent["id_number"][-6:]})
    assert resumed.status_code == 200
    assert resumed.json()["application"]["id"] == first.application
    assert first.ask("get", "").status_code == 404
    second.keep(resumed)
    assert second.ask("get", "").json()["next"] == "selfie"


def test_a_photograph_that_will_not_do_is_said_by_code_and_sentence():
    """P-REG-7."""
    app = App(language="zh-hans")
    app.begin()
    app.prove()
    app.ask("post", "/document/front", file=jpeg())
    assert app.ask("get", "/captures")["Retry-After"] == "2"
    capture = Capture.objects.get()
    clean_capture(capture)
    look(capture, CaptureStatus.REJECTED, ("blur",))
    front = app.ask("get", "/captures").json()["captures"][0]
    assert (front["state"], front["findings"][0]["code"]) == ("rejected", "blur")


def test_withdraw_and_ask_for_review():
    """Too late is said; nothing happens twice."""
    app = App()
    app.begin()
    app.prove()
    assert app.ask("post", "/withdraw").json()["status"] == "withdrawn"
    assert app.ask("post", "/withdraw").json()["status"] == "withdrawn"
    refused = app.ask("post", "/ask-review")
    assert (refused.status_code, refused.json()["code"]) == (409, "application_closed")
    assert app.row().status == "withdrawn"
