"""Each page of the account: what it shows, what it does, and that other people's things do not exist."""

import io
import json
import re
import zipfile
from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from realname.trail.models import Event
from registration.models import Application, Capture, Consent, DataExport, Delivery, InboxNotice, SignIn
from registration.services.account.export_data import make_export
from registration.services.account.notify_person import notify_person
from registration.services.hand_over import hand_over
from registration.states import ApplicationStatus, ConsentPurpose
from tests.factories import account as make
from tests.factories import desk
from tests.factories import registration as register
from tests.factories.messages import Gateway

pytestmark = pytest.mark.django_db
PAGES = ["", "notices", "applications", "lines", "consents", "looks", "data", "rights", "devices", "security", "settings"]


def page(client, path: str) -> str:
    response = client.get(f"/account/{path}")
    assert response.status_code == 200
    return response.content.decode()


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_every_page_opens(language):
    """With a line, an application, consents and notices in it; nothing of it is cached anywhere."""
    client = make.signed_in(language=language)
    for path in PAGES:
        response = client.get(f"/account/{path}")
        assert response.status_code == 200, path
        assert "no-store" in response["Cache-Control"], path
        assert client.application.id_number not in response.content.decode()


def test_a_line_is_masked_until_it_is_asked_for():
    """R-10, R-15: and that it was shown is written down, and told."""
    client = make.signed_in()
    number = client.application.phone
    assert number not in page(client, "lines")
    shown = client.post(f"/account/lines/{client.application.line.pk}/show").content.decode()
    assert number in shown
    assert number not in page(client, "lines")
    event = Event.objects.get(name="line.number_shown")
    assert (event.actor_id, event.purpose) == (str(client.person.pk), "own_lookup")
    assert "To look up one&#x27;s own number" in page(client, "looks")


def test_the_things_of_others_do_not_exist():
    """404 for each thing of somebody else, and for what never was; nothing changed."""
    client, other = make.signed_in(), register.activated()
    other.refresh_from_db()
    sign_in = make.sign_in_of(make.signed_in(other))
    export = DataExport.objects.create(person=other.person, language="en")
    acts = [
        ("applications/%s/open", other.pk),
        ("lines/%s/show", other.line.pk),
        ("consents/%s/withdraw", other.consents.first().pk),
        ("data/%s/take", export.pk),
        ("devices/%s/sign-out", sign_in.pk),
        ("devices/%s/disown", sign_in.pk),
        ("security/passkeys/%s/remove", uuid4()),
    ]
    for path, thing in acts:
        assert client.post(f"/account/{path % thing}").status_code == 404, path
        assert client.post(f"/account/{path % uuid4()}").status_code == 404, path
    assert client.get(f"/account/applications/{other.pk}/explanation").status_code == 404
    assert SignIn.objects.live().count() == 2
    assert not Consent.objects.filter(withdrawn_at__isnull=False).exists()


def test_an_application_is_taken_up_where_it_was_left():
    """P-REG-8: its status, from the account."""
    client = make.signed_in()
    response = client.post(f"/account/applications/{client.application.pk}/open")
    assert response["Location"] == "/register/status"
    assert client.application.reference in client.get("/register/status").content.decode()


def test_a_decision_is_explained():
    """R-29: its reasons, what was compared, and whether a person took part."""
    from verification.models import Decision

    review = desk.in_review()
    application = review.application
    Decision.objects.create(
        person_id=application.person_id, application=application, round=1, outcome="review", reasons=["FIELDS_DIFFER"], policy_version=0,
        decided_by="system",
    )  # fmt: skip
    client = make.browser()
    attempt = make.ask_for_code(client, application.phone)
    client.post("/account/sign-in/code", {"code": make.digits(attempt)})
    client.post("/account/sign-in/identity", {"last_six": application.id_number[-6:]})
    shown = page(client, f"applications/{application.pk}/explanation")
    assert "Decided by rules, without a person." in shown
    assert "Entered against read" in shown


def test_withdrawing_face_consent_erases_the_face_at_once_and_service_goes_on():
    """R-26, R-35: one press; the card's photographs stay, the line works."""
    client = make.signed_in()
    consent = client.application.consents.get(purpose=ConsentPurpose.FACE)
    client.post(f"/account/consents/{consent.pk}/withdraw")
    consent.refresh_from_db()
    assert consent.withdrawn_at
    kept = Capture.objects.filter(application=client.application, file__erased_at__isnull=True)
    assert set(kept.values_list("kind", flat=True)) == {"document_front", "document_back"}
    client.application.line.refresh_from_db()
    assert client.application.line.status == "active"
    assert Event.objects.filter(name="capture.erased", reason="consent_withdrawn").count() == 2


def test_an_application_on_its_way_goes_on_without_the_face():
    """R-33: it asks for the statement, and for nothing else."""
    from registration.services.withdraw_consent import withdraw_consent

    application = register.verifying()
    consent = application.consents.get(purpose=ConsentPurpose.FACE)
    withdraw_consent(actor=make.actor(application.person), consent_id=consent.pk)
    application.refresh_from_db()
    assert (application.status, application.path) == (ApplicationStatus.NEEDS_RESUBMISSION, "face_free")
    assert application.items_to_resubmit == ["statement"]


@pytest.mark.parametrize("purpose", [ConsentPurpose.TERMS, ConsentPurpose.IDENTITY])
def test_withdrawing_what_the_law_asks_for_takes_back_only_what_is_on_its_way(purpose):
    """A running line goes on; an open application ends."""
    from registration.services.withdraw_consent import withdraw_consent

    open_one, client = register.verifying(), make.signed_in()
    for application in (open_one, client.application):
        consent = application.consents.get(purpose=purpose)
        withdraw_consent(actor=make.actor(application.person), consent_id=consent.pk)
        application.refresh_from_db()
    assert (open_one.status, client.application.status) == (ApplicationStatus.WITHDRAWN, ApplicationStatus.ACTIVATED)


def test_a_withdrawn_consent_stays_withdrawn():
    """Pressed twice it is once."""
    client = make.signed_in()
    consent = client.application.consents.get(purpose=ConsentPurpose.FACE)
    for _ in range(2):
        assert client.post(f"/account/consents/{consent.pk}/withdraw").status_code == 302
    assert Event.objects.filter(name="consent.withdrawn").count() == 1


def test_who_looked_is_told_by_role_not_by_name():
    """P-ALL-4: from the trail itself."""
    review = desk.in_review()
    reviewer = desk.signed_in("reviewer")
    reviewer.post(f"/admin/verification/review/{review.pk}/case/take/")
    reviewer.post(f"/admin/verification/review/{review.pk}/case/open/", {"purpose": "judge_application"})
    reviewer.get(f"/admin/verification/review/{review.pk}/case/")
    application = Application.objects.get(pk=review.application_id)
    client = make.browser()
    attempt = make.ask_for_code(client, application.phone)
    client.post("/account/sign-in/code", {"code": make.digits(attempt)})
    client.post("/account/sign-in/identity", {"last_six": application.id_number[-6:]})
    looks = page(client, "looks")
    assert "Reviewer: Personal data viewed" in looks
    assert "To judge this application" in looks
    assert reviewer.user.get_username() not in looks


def test_the_copy_holds_everything_and_is_taken_once():
    """R-31: JSON, a page, pictures with our mark; a second take finds nothing."""
    review = desk.in_review()
    application = Application.objects.get(pk=review.application_id)
    client = make.browser()
    attempt = make.ask_for_code(client, application.phone)
    client.post("/account/sign-in/code", {"code": make.digits(attempt)})
    client.post("/account/sign-in/identity", {"last_six": application.id_number[-6:]})
    client.post("/account/data/request")
    export = DataExport.objects.get()
    make_export(export_id=export.pk)
    make_export(export_id=export.pk)
    taken = client.post(f"/account/data/{export.pk}/take")
    assert taken["Content-Type"] == "application/zip"
    archive = zipfile.ZipFile(io.BytesIO(taken.content))
    data = json.loads(archive.read("data.json"))
    assert data["applications"][0]["id_number"] == application.id_number
    page = archive.read("data.html").decode()
    assert application.name in page
    for python in ("[{", "datetime", "kept_because", "id_number", "None"):
        assert python not in page
    names = archive.namelist()
    pictures = [name.partition("-")[2] for name in names if name.startswith("pictures/")]
    assert pictures == ["document_front.jpg", "document_back.jpg", "selfie.jpg"]
    replay = client.post(f"/account/data/{export.pk}/take")
    assert (replay.status_code, replay["Location"]) == (302, "/account/data")
    export.refresh_from_db()
    assert export.file.erased_at
    assert InboxNotice.objects.filter(kind="export_ready").count() == 1


def test_a_copy_that_nobody_takes_is_erased():
    """Its hour is over."""
    from registration.services.account.end_export import end_stale_exports

    client = make.signed_in()
    client.post("/account/data/request")
    export = DataExport.objects.get()
    make_export(export_id=export.pk)
    DataExport.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.post(f"/account/data/{export.pk}/take")["Location"] == "/account/data"
    assert end_stale_exports() == 1
    export.refresh_from_db()
    assert (export.end, bool(export.file.erased_at)) == ("expired", True)


def test_data_leave_only_after_a_fresh_sign_in():
    """A browser left open at somebody else's desk gives nothing away."""
    client = make.signed_in()
    SignIn.objects.update(started_at=timezone.now() - timedelta(hours=1))
    response = client.post("/account/data/request")
    assert response["Location"] == "/account/sign-in?again=1"
    assert not DataExport.objects.exists()
    assert client.get("/account/data").status_code == 200


def test_three_copies_a_day_are_enough():
    """One waiting is the same one; the fourth is refused."""
    client = make.signed_in()
    for _ in range(3):
        client.post("/account/data/request")
        make_export(export_id=DataExport.objects.latest("requested_at").pk)
    client.post("/account/data/request")
    assert DataExport.objects.count() == 3


def test_somebody_elses_sign_in_is_disowned():
    """All are out, what was made there is gone, the copy is erased, and the next sign-in asks for more than the code."""
    client = make.signed_in()
    make.forget_intervals()
    thief = make.signed_in(client.application)
    thief.post("/account/data/request")
    make_export(export_id=DataExport.objects.get().pk)
    response = client.post(f"/account/devices/{make.sign_in_of(thief).pk}/disown")
    assert "What to do now" in response.content.decode()
    assert [one.get("/account/").status_code for one in (client, thief)] == [302, 302]
    assert DataExport.objects.get().end == "disowned"
    make.forget_intervals()
    again = make.browser()
    attempt = make.ask_for_code(again, client.application.phone)
    assert again.post("/account/sign-in/code", {"code": make.digits(attempt)})["Location"] == "/account/sign-in/identity"
    again.post("/account/sign-in/identity", {"last_six": client.application.id_number[-6:]})
    again.post("/account/data/request")
    assert DataExport.objects.count() == 1
    assert Event.objects.filter(name="account.disowned").count() == 1


def test_notices_are_told_in_the_readers_language_and_then_read():
    """Unread in the header until the inbox was opened."""
    client = make.signed_in()
    notify_person(person_id=client.person.pk, kind="new_device", facts={"device": "Firefox, Windows"})
    assert "tool-count" in page(client, "")
    assert "Firefox, Windows" in page(client, "notices")
    assert "tool-count" not in page(client, "")


def test_decisions_land_in_the_inbox():
    """Approved, refused: each once, in the transaction of the decision."""
    application = register.activated()
    application.refresh_from_db()
    assert InboxNotice.objects.filter(person_id=application.person_id, kind="application_approved").count() == 1
    refused = register.rejected()
    assert InboxNotice.objects.filter(person_id=refused.person_id, kind="application_rejected").count() == 1


def test_a_notices_message_is_sent_once(monkeypatch):
    """Delivered twice by the queue, and in the account's language."""
    gateway = Gateway(monkeypatch)
    client = make.signed_in()
    client.get("/account/")  # from here on the account is read in English
    delivery = Delivery.objects.get(kind="notice")
    for _ in range(2):
        hand_over(delivery_id=delivery.pk)
    [(_, message, _)] = gateway.sent
    assert message.to == client.application.phone
    assert "new device" in message.text
    assert Event.objects.filter(name="notice.told", subject_id=str(delivery.about)).count() == 1


def test_language_and_type_follow_the_person():
    """Chosen on one device, read on the next; chosen in the header, kept in the account."""
    client = make.signed_in(language="en")
    client.post("/account/settings", {"language": "zh-hans", "type_size": "largest"})
    assert re.search(r'<html lang="zh-hans" class="type-largest"', page(client, "settings"))
    make.forget_intervals()
    other = make.signed_in(client.application, language="en")
    other.get("/account/")
    assert re.search(r'<html lang="zh-hans" class="type-largest"', page(other, ""))
    other.post("/ui/larger-type", {"type": "large", "next": "/account/"})
    page(other, "")
    client.person.refresh_from_db()
    assert (client.person.language, client.person.type_size) == ("zh-hans", "large")


def test_what_changes_something_is_sent_with_a_token():
    """CSRF: a form of another site does nothing."""
    from django.test import Client

    client = make.signed_in()
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = client.cookies
    consent = client.application.consents.first()
    assert strict.post(f"/account/consents/{consent.pk}/withdraw").status_code == 403
    assert strict.post("/account/sign-out/everywhere").status_code == 403
