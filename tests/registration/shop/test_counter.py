"""The clerk's tablet, through its pages (P-REG-6)."""

import re

import pytest
from django.urls import reverse

from realname.access.actor import SYSTEM
from realname.access.models import Role
from realname.trail.models import Event
from registration.models import Application, ShopDevice
from registration.services.phone_digits import digits_of
from registration.services.shop.enrol_device import offer_device
from registration.services.shop.suspend_dealer import suspend_dealer
from registration.states import DealerReason, VerificationPath
from registration.web.in_shop import DEVICE_COOKIE
from tests.factories import access, desk, registration
from tests.factories import shop as make
from tests.registration.web.sessions import entered, take
from verification.approval import approval_of

pytestmark = pytest.mark.django_db
COUNTER = "/admin/registration/dealer/shop/"
AGREED = {"terms": "on", "identity": "on", "path": "face_free", "statement_way": "shop"}
SEEN = {"person": "on", "card": "on"}


def begun(client) -> Application:
    """The person has agreed and proven their number, on the tablet."""
    assert client.post(f"{COUNTER}start/")["Location"] == "/register/consent"
    assert client.post("/register/consent", AGREED).status_code == 302
    assert client.post("/register/phone", {"phone": registration.new_phone()})["Location"] == "/register/code"
    application = Application.objects.get(pk=client.session["application_id"])
    assert client.post("/register/code", {"code": digits_of(application.phone_codes.get().pk)}).status_code == 302
    return Application.objects.get(pk=application.pk)


def test_from_the_first_page_to_the_receipt():
    """P-REG-6, R-33: the same pages as online, the clerk's statement, a receipt, and then nothing of the person's on the tablet."""
    client, station = make.browser()
    application = begun(client)
    take(client, "front", seed=1)
    take(client, "back", seed=2)
    assert client.post("/register/details", entered()).status_code == 302
    witness = client.get("/register/review")["Location"]
    assert witness == f"{COUNTER}witness/"
    assert client.post(witness, {"person": "on"}).status_code == 200, "half a statement is none"
    assert not application.witnesses.exists()
    assert client.post(witness, SEEN)["Location"] == "/register/review"
    assert client.get("/register/review").status_code == 200

    receipt = client.post("/register/submit", {"submission_key": "k"})["Location"]

    page = client.get(receipt).content.decode()
    assert application.reference in page
    assert "<svg" in page
    application.refresh_from_db()
    assert (application.status, application.clerk, application.shop_device) == ("submitted", station.clerk, station.device)
    assert "application_id" not in client.session
    assert "张三丰" not in page + client.get(COUNTER).content.decode()
    assert client.get("/register/status").status_code == 302
    told = Event.objects.filter(subject_id=str(application.pk)).exclude(actor_kind="system")
    assert set(told.values_list("actor_id", flat=True)) == {str(station.clerk.pk)}
    assert all(event.data["shop_device"] == str(station.device.pk) for event in told)


def test_nothing_is_ticked_beforehand():
    """R-38: on the tablet as at home, and in the clerk's statement."""
    client, _station = make.browser()
    client.post(f"{COUNTER}start/")
    consent = client.get("/register/consent").content.decode()
    # who acts for themselves is the rule, and agrees to nothing by it
    assert [tag for tag in re.findall(r"<input[^>]*>", consent) if "checked" in tag and 'name="acting_as"' not in tag] == []
    registration.with_details(begun(client))
    assert "checked" not in client.get(f"{COUNTER}witness/").content.decode()


@pytest.mark.parametrize("page", ["/register/document", "/register/details", "/register/consent", "/register/code"])
def test_a_suspended_dealers_tablet_shows_nothing_more(page):
    """R-08: in the middle of it; the draft is left as it was."""
    client, station = make.browser()
    application = begun(client)
    suspend_dealer(actor=SYSTEM, dealer_id=station.device.shop.dealer_id, reason=DealerReason.QUALITY)

    assert client.get(page)["Location"] == COUNTER
    assert client.post("/register/consent", AGREED)["Location"] in (COUNTER, "/register/phone")
    assert "application_id" not in client.session or client.session["application_id"] != str(application.pk)
    counter = client.get(COUNTER, headers={"accept-language": "en"}).content.decode()
    assert "dealer is suspended" in counter
    application.refresh_from_db()
    assert application.status == "draft"


def test_a_tablet_without_its_cookie_does_nothing():
    """A clerk at home, with the session and no device."""
    client, _station = make.browser()
    begun(client)
    del client.cookies[DEVICE_COOKIE]
    assert client.get("/register/document")["Location"] == COUNTER
    assert client.post(f"{COUNTER}start/")["Location"] == COUNTER
    assert "place" not in client.session


def test_the_persons_account_is_for_their_own_device():
    """Nobody signs in to an account on a tablet that a clerk holds."""
    client, _station = make.browser()
    begun(client)
    assert client.get("/account/sign-in")["Location"] == COUNTER


def test_a_clerk_sees_their_own_of_the_day_masked_and_no_others():
    """P-ALL-1: reference, masked number, status."""
    client, _station = make.browser()
    application = begun(client)
    client.post(f"{COUNTER}put-aside/")
    other, _elsewhere = make.browser()
    theirs = begun(other)

    page = client.get(COUNTER).content.decode()

    assert application.reference in page
    assert application.phone not in page
    assert theirs.reference not in page
    assert client.get(f"{COUNTER}receipt/{theirs.pk}/").status_code == 404
    # nor what was never handed in
    assert client.get(f"{COUNTER}receipt/{application.pk}/").status_code == 404


def test_a_clerk_opens_no_list_and_no_case():
    """P-REG-6: cannot approve."""
    client, _station = make.browser()
    review = desk.in_review()
    for path in (f"{review.pk}/case/", f"{review.pk}/case/approve/"):
        assert client.get(f"/admin/verification/review/{path}").status_code == 403
    assert client.get(reverse("admin:registration_application_changelist")).status_code == 403


def test_a_visit_shows_its_reviewer_what_the_clerk_states():
    """R-33: who, where, when; and a wrong document is refused on the page."""
    client, station = make.browser()
    application = registration.submitted(path=VerificationPath.FACE_FREE)
    review = desk.put_in_review(application)
    sent = {"reference": application.reference, "last_six": "000000", **SEEN}
    assert client.post(f"{COUNTER}take-up/", sent).status_code == 422
    assert client.post(f"{COUNTER}take-up/", {**sent, "last_six": application.id_number[-6:], "card": ""}).status_code == 422
    assert not application.witnesses.exists()
    reviewer = access.staff(Role.REVIEWER)
    assert approval_of(review, reviewer).unvisited, "nobody is approved by a visit that did not take place"

    answer = client.post(f"{COUNTER}take-up/", {**sent, "last_six": application.id_number[-6:]})

    assert answer["Location"] == f"{COUNTER}visit/{application.pk}/"
    assert client.get(f"{COUNTER}receipt/{application.pk}/").status_code == 200
    case = desk.signed_in(Role.REVIEWER).get(f"/admin/verification/review/{review.pk}/case/").content.decode()
    assert "data-witness" in case
    assert station.clerk.username in case
    review.refresh_from_db()
    assert not approval_of(review, reviewer).unvisited
    application.refresh_from_db()
    assert application.status == "in_review"


def test_a_code_on_paper_where_no_message_arrives():
    """P-PAR-3: for the number that the person asked a code for; it proves that number."""
    client, _station = make.browser()
    client.post(f"{COUNTER}start/")
    client.post("/register/consent", AGREED)
    assert client.post(f"{COUNTER}paper-code/").status_code == 404, "no number was given yet"
    client.post("/register/phone", {"phone": registration.new_phone()})

    digits = client.post(f"{COUNTER}paper-code/").context["digits"]

    assert client.post("/register/code", {"code": digits}).status_code == 302
    assert Application.objects.get(pk=client.session["application_id"]).phone_proven_at


def test_the_code_enrols_the_tablet_through_its_page():
    """The administrator is shown it once; the cookie is kept from scripts."""
    shop = make.shop()
    client = desk.signed_in(make.clerk(shop))
    admin = desk.signed_in(Role.ADMINISTRATOR)
    page = admin.post("/admin/registration/dealer/devices/", {"shop": shop.pk, "label": "Counter 1"})
    code = page.context["made"][1]
    assert code not in admin.get("/admin/registration/dealer/devices/").content.decode()
    assert client.get(COUNTER).status_code == 200
    assert client.post(f"{COUNTER}enrol/", {"code": "WRONGWRONG"}).status_code == 422

    assert client.post(f"{COUNTER}enrol/", {"code": code})["Location"] == COUNTER

    assert client.cookies[DEVICE_COOKIE]["httponly"]
    assert shop.name in client.get(COUNTER).content.decode()
    device = ShopDevice.objects.get()
    admin.post(f"/admin/registration/dealer/devices/{device.pk}/revoke/")
    assert client.post(f"{COUNTER}start/")["Location"] == COUNTER


def test_compliance_suspends_and_reinstates():
    """R-08: with a reason that fits; anything else changes nothing."""
    dealer = offer_device(actor=SYSTEM, shop_id=make.shop().pk, label="A")[0].shop.dealer
    client, url = desk.signed_in(Role.COMPLIANCE), f"/admin/registration/dealer/{dealer.pk}/standing/"
    for reason in ("", "cleared", "nonsense"):
        assert client.post(url, {"reason": reason}).status_code == 422
    dealer.refresh_from_db()
    assert dealer.status == "active"
    assert client.post(url, {"reason": "investigation"}).status_code == 302
    dealer.refresh_from_db()
    assert dealer.status == "suspended"
    assert client.post(url, {"reason": "mended"}).status_code == 302
    dealer.refresh_from_db()
    assert dealer.status == "active"
