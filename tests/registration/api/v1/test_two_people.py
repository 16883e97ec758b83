"""By the app, too, a guardian registers a child and an agent an adult: two documents, two phones, the same services (R-03, R-12)."""

from datetime import date

import pytest
from django.utils import timezone

from realname.ids import citizen_id
from realname.trail.models import Event
from registration.models import Application, Consent, PhoneCode, Representative
from registration.services.phone_digits import digits_of
from tests.factories.registration import new_id_number, new_phone
from tests.registration.api.v1.app import App, details
from tests.registration.api.v1.test_way import look_at
from tests.registration.web.sessions import jpeg

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year
OWN_ROUTES = ("document-type", "details", "phone-code", "phone-code/call", "phone", "phone/share")


def born(year: int, **changes) -> dict:
    """The details of somebody born then."""
    number = citizen_id.parse(new_id_number(birth=date(year, 1, 1)))
    if year > YEAR - 16:
        # a child's card is issued for five years
        changes |= {"valid_from": f"{YEAR - 2}-03-01", "valid_to": f"{YEAR + 3}-03-01"}
    return details(id_number=number.number, birth=number.birth.isoformat(), sex=number.sex, **changes)


def acting(representation: str) -> App:
    """Consents given, and the first phone proven."""
    app = App()
    assert app.begin(acting_as=representation).status_code == 201
    assert app.prove().status_code == 200
    return app


def prove_own(app: App):
    assert app.ask("post", "/representative/phone-code", {"phone": new_phone()}).status_code == 202
    code = PhoneCode.objects.filter(application_id=app.application).latest("created_at")
    return app.ask("post", "/representative/phone", {"code": digits_of(code.pk)})


@pytest.mark.parametrize(("representation", "year"), [("guardian", YEAR - 10), ("agent", YEAR - 40)])
def test_two_people_register_by_the_app(representation, year):
    """From the notices to the submission; each step says what comes next."""
    app = acting(representation)
    app.photograph("/document/front", "document_front", seed=1)
    app.photograph("/document/back", "document_back", seed=2)
    assert app.ask("post", "/details", born(year)).json()["next"] == "representative_front"
    chosen = app.ask("post", "/representative/document-type", {"document_type": "resident_id_card"})
    assert (chosen.status_code, chosen.json()["own_document_type"]) == (200, "resident_id_card")
    for seed, kind in enumerate(("representative_front", "representative_back", "relation"), start=3):
        app.photograph(f"/document/{kind}", kind, seed=seed)
    kept = app.ask("post", "/representative/details", born(1985, name="王五"))
    assert (kept.status_code, kept.json()["next"]) == (200, "representative_phone"), kept.content
    proven = prove_own(app)
    assert (proven.status_code, proven.json()["next"]) == (200, "selfie"), proven.content
    assert (proven.json()["acting_as"], "*" in proven.json()["own_phone"]) == (representation, True)
    app.photograph("/selfie", "selfie", seed=6)
    assert app.film().status_code == 202
    look_at(app, "challenge")
    review = app.ask("get", "/review").json()
    assert (review["missing"], review["who_acts"]["details"]["name"], review["details"]["name"]) == ([], "王五", "张三丰")
    assert "*" in review["who_acts"]["details"]["id_number"]
    handed_in = app.ask("post", "/submit", key="k" * 16)
    assert (handed_in.status_code, handed_in.json()["status"]) == (202, "submitted")
    row = app.row()
    assert (row.representation, row.representative.name) == (representation, "王五")
    assert Event.objects.get(name="application.submitted", subject_id=str(row.pk)).data["representation"] == representation


def test_who_acts_agrees_for_both_and_the_row_says_who():
    """R-12, R-30, R-38."""
    app = acting("guardian")
    given = Consent.objects.filter(application_id=app.application)
    assert set(given.values_list("purpose", flat=True)) == {"terms", "identity", "face", "represented"}
    assert set(given.values_list("given_by", flat=True)) == {app.row().representative.person_id}


def test_without_that_consent_nothing_begins():
    app = App()
    consents = [one for one in app.consents() if one["purpose"] != "represented"]
    sent = {"path": "face", "acting_as": "guardian", "consents": consents}
    refused = app.ask("post", "applications", sent, key="k" * 16)
    assert (refused.status_code, refused.json()["code"]) == (422, "represented_consent_missing")
    assert not Application.objects.exists()


def test_child_who_began_alone_goes_on_with_a_guardian_and_a_change_of_way_keeps_it():
    """R-12: asked for by the refusal; what was photographed stays."""
    app = App()
    app.begin()
    app.prove()
    app.photograph("/document/front", "document_front", seed=1)
    app.photograph("/document/back", "document_back", seed=2)
    refused = app.ask("post", "/details", born(YEAR - 10))
    assert (refused.status_code, refused.json()["code"]) == (422, "under_age")
    changed = app.ask("post", "/path", {"path": "face", "acting_as": "guardian", "consents": app.consents()})
    assert (changed.status_code, changed.json()["acting_as"], changed.json()["next"]) == (200, "guardian", "details")
    other = app.ask("post", "/path", {"path": "face_free", "statement_way": "video", "consents": app.consents()})
    assert (other.json()["path"], other.json()["acting_as"]) == ("face_free", "guardian")
    alone = app.ask("post", "/path", {"path": "face", "acting_as": "", "consents": app.consents()})
    assert alone.json()["acting_as"] == ""
    assert not Representative.objects.exists()


@pytest.mark.parametrize("route", OWN_ROUTES)
def test_there_is_nothing_of_another_where_nobody_acts(route):
    app = App()
    app.begin()
    app.prove()
    before = PhoneCode.objects.count()
    answer = app.ask("post", f"/representative/{route}", {"code": "123456", "phone": new_phone(), "document_type": "resident_id_card"})
    assert (answer.status_code, answer.json()["code"]) == (404, "not_found")
    photo = app.ask("post", "/document/relation", file=jpeg())
    assert (photo.status_code, photo.json()["code"]) == (422, "not_of_document")
    assert PhoneCode.objects.count() == before


@pytest.mark.parametrize("route", OWN_ROUTES)
def test_another_app_and_device_find_nothing(route):
    """The second lock is on these, too."""
    app, other = acting("guardian"), App()
    other.application, other.access = app.application, app.access
    answer = other.ask("post", f"/representative/{route}", {"code": "123456", "phone": new_phone()})
    assert answer.status_code == 404


def test_rules_of_both_are_the_services():
    """R-12, R-03: no rule stands twice; a refusal names its code and changes nothing."""
    app = acting("agent")
    early = app.ask("post", "/representative/details", born(1985))
    assert (early.status_code, early.json()["code"]) == (409, "step_out_of_order")
    shared = app.ask("post", "/representative/phone/share")
    assert (shared.status_code, shared.json()["code"]) == (422, "phone_not_shared")
    wrong = app.ask("post", "/representative/phone", {"code": "nothing"})
    assert (wrong.status_code, wrong.json()["code"]) == (422, "code_digits")
    none = app.ask("post", "/representative/phone", {"code": "123456"})
    assert (none.status_code, none.json()["code"]) == (422, "code_expired")
    assert app.ask("post", "/path", {"path": "face", "acting_as": "friend", "consents": app.consents()}).status_code == 422
    assert Representative.objects.get(application_id=app.application).phone_proven_at is None


def test_guardian_shares_the_phone_by_the_app():
    app = acting("guardian")
    shared = app.ask("post", "/representative/phone/share")
    assert (shared.status_code, shared.json()["own_phone"]) == (200, shared.json()["phone"])
    state = app.ask("get", "/representative/phone-code")
    assert (state.status_code, state.json()["code"]) == (422, "code_expired")
