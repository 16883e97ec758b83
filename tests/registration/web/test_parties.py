"""The pages where somebody registers another: a child, or an adult who can not come (R-03, R-12, P-REG-6)."""

from datetime import date

import pytest
from django.utils import timezone

from registration.models import Application, Capture, PhoneCode, Representative
from registration.services.phone_digits import digits_of
from registration.states import ApplicationStatus, CaptureStatus, VerificationPath
from tests.factories import registration as make
from tests.factories.registration import new_id_number, new_phone
from tests.registration.web.sessions import browser_of, entered, jpeg, look, parts, proven, summary, take, upload

pytestmark = pytest.mark.django_db
AGREED = {"terms": "on", "identity": "on", "path": "face", "face": "on"}
YEAR = timezone.localdate().year
OF_CHILD = {
    "id_number": new_id_number(birth=date(YEAR - 10, 1, 1)),
    **parts("valid_from", date(YEAR - 2, 3, 1)),
    **parts("valid_to", date(YEAR + 3, 3, 1)),
}


def take_any(browser, side: str, status: CaptureStatus = CaptureStatus.GOOD) -> str:
    """Photograph a side of the second document, or the proof; answers where the page leads."""
    answer = browser.post(f"/register/document/{side}", {"photo": upload(jpeg(seed=len(side)))})
    look(Capture.objects.current().get(application_id=browser.session["application_id"], kind=side), status)
    return answer["Location"]


def prove_own(browser, phone: str):
    """Prove the own phone of who acts by its pages; the answer to the code."""
    assert browser.post("/register/yours/phone", {"phone": phone})["Location"] == "/register/yours/code"
    sent = PhoneCode.objects.filter(application_id=browser.session["application_id"]).latest("created_at")
    return browser.post("/register/yours/code", {"code": digits_of(sent.pk)})


def with_guardian(application: Application | None = None):
    """A browser in which a guardian has agreed."""
    application = application or proven()
    browser = browser_of(application)
    assert browser.post("/register/consent", {**AGREED, "acting_as": "guardian", "represented": "on"}).status_code == 302
    return browser


def test_link_for_a_child_chooses_the_guardian(client):
    html = client.get("/register/consent?for=guardian", headers={"accept-language": "en"}).content.decode()
    assert 'value="guardian" id="id_acting_as_1" checked' in html or 'value="guardian" checked' in html.replace('id="id_acting_as_1" ', "")
    # what no link may choose chooses nothing
    assert "checked" in client.get("/register/consent?for=<script>").content.decode()


def test_acting_for_another_asks_for_a_consent_of_its_own(client):
    """R-12, R-30, R-38."""
    answer = client.post("/register/consent", {**AGREED, "acting_as": "guardian"}, headers={"accept-language": "en"})
    assert answer.status_code == 422
    assert "data of the person you act for" in summary(answer.content.decode())
    assert not Application.objects.exists()


def test_child_alone_is_one_tap_from_the_guardians_way():
    """R-12: what was photographed stays."""
    application = proven()
    browser = browser_of(application)
    take(browser, "front")
    take(browser, "back")
    html = browser.post("/register/details", entered(**OF_CHILD)).content.decode()
    assert 'href="/register/consent?for=guardian"' in html
    answer = browser.post("/register/consent", {**AGREED, "acting_as": "guardian", "represented": "on"})
    assert answer["Location"] == "/register/details"
    assert browser.post("/register/details", entered(**OF_CHILD))["Location"] == "/register/yours/document"


def test_a_guardian_registers_a_child():
    """R-03, R-12: from the child's card to the status, both documents on the way."""
    browser = with_guardian()
    application = Application.objects.get(pk=browser.session["application_id"])
    assert "child" in browser.get("/register/document").content.decode()
    take(browser, "front")
    take(browser, "back")
    assert browser.post("/register/details", entered(**OF_CHILD))["Location"] == "/register/yours/document"
    assert take_any(browser, "representative_front") == "/register/yours/document#representative_back"
    assert take_any(browser, "representative_back") == "/register/yours/document#relation"
    take_any(browser, "relation")
    answer = browser.post("/register/yours/details", entered(name="王五", id_number=new_id_number(birth=date(1988, 3, 7))))
    assert answer["Location"] == "/register/yours/phone"
    assert prove_own(browser, new_phone())["Location"] == "/register/selfie"
    make.with_captures(Application.objects.get(pk=application.pk))
    review = browser.get("/register/review").content.decode()
    assert all(name in review for name in ("张三丰", "王五", "The child&#x27;s details", "Your own details"))
    assert browser.post("/register/submit", {"submission_key": "k"})["Location"] == "/register/status"
    assert Application.objects.get(pk=application.pk).status == ApplicationStatus.SUBMITTED


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({**OF_CHILD, "id_number": new_id_number(birth=date(YEAR - 17, 6, 1))}, "18 or older"),
        ({"id_number": "same"}, "must be of two people"),
    ],
)
def test_who_acts_is_refused_beside_the_field(changes, says):
    application = make.with_captures(make.represented("agent"))
    browser = browser_of(application)
    if changes["id_number"] == "same":
        changes = {"id_number": application.id_number}
    answer = browser.post("/register/yours/details", entered(**changes))
    assert answer.status_code == 422
    assert says in summary(answer.content.decode())
    assert Application.objects.get(pk=application.pk).representative.details_entered_at is None


@pytest.mark.parametrize("page", ["document", "details", "choose-document", "document/state"])
def test_nobody_alone_has_these_pages(page):
    assert browser_of(proven()).get(f"/register/yours/{page}").status_code == 404


@pytest.mark.parametrize("side", ["representative_front", "representative_back", "relation", "nothing", "selfie"])
def test_nobody_alone_photographs_a_second_document(side):
    browser = browser_of(proven())
    assert browser.post(f"/register/document/{side}", {"photo": upload(jpeg())}).status_code == 404
    assert not Capture.objects.exists()


def test_another_document_of_who_acts_leaves_the_childs_alone():
    application = make.with_representative(make.represented("guardian"))
    browser = browser_of(application)
    assert browser.post("/register/yours/choose-document", {"document_type": "foreign_passport"})["Location"] == "/register/yours/document"
    application = Application.objects.get(pk=application.pk)
    assert (application.document_type, application.representative.document_type) == ("resident_id_card", "foreign_passport")
    current = set(application.captures.current().values_list("kind", flat=True))
    assert {"document_front", "document_back", "relation"} <= current
    assert not {"representative_front", "representative_back"} & current


def test_what_was_read_fills_the_form_of_its_own_party():
    """The child's card never fills the guardian's form, nor the other way round."""
    application = make.represented("guardian")
    browser = browser_of(application)
    name = application.name
    browser.post("/register/document/representative_front", {"photo": upload(jpeg())})
    capture = Capture.objects.current().get(application=application, kind="representative_front")
    look(capture, fields={"name": {"text": "赵六", "confidence": 0.9, "review": True}})
    application = Application.objects.get(pk=application.pk)
    assert (application.name, application.representative.name) == (name, "赵六")


def test_face_free_asks_the_representative_for_the_statement():
    """R-33."""
    application = make.represented("agent", path=VerificationPath.FACE_FREE)
    html = browser_of(application).get("/register/document").content.decode()
    assert "person you act for" in html


def test_own_phone_is_asked_for_in_its_own_words_and_may_be_changed():
    """P-REG-2, R-03."""
    browser = with_guardian()
    html = browser.get("/register/yours/phone").content.decode()
    assert "Your own phone number" in html and "no line and no account" in html
    assert browser.get("/register/yours/code")["Location"] == "/register/yours/phone"
    for _ in range(2):
        phone = new_phone()
        prove_own(browser, phone)
        assert Representative.objects.get(application_id=browser.session["application_id"]).phone == phone


def test_guardian_shares_the_phone_and_an_agent_is_told_why_not():
    """R-12."""
    browser = with_guardian()
    assert "Yes, reach me there" in browser.get("/register/yours/phone").content.decode()
    assert browser.post("/register/yours/phone/share").status_code == 302
    assert Representative.objects.get(application_id=browser.session["application_id"]).phone_proven_at
    browser = browser_of(proven())
    browser.post("/register/consent", {**AGREED, "acting_as": "agent", "represented": "on"})
    assert "Yes, reach me there" not in browser.get("/register/yours/phone").content.decode()
    answer = browser.post("/register/yours/phone/share", follow=True)
    assert "becomes the line of the person you act for" in answer.content.decode()
    application = Application.objects.get(pk=browser.session["application_id"])
    answer = browser.post("/register/yours/phone", {"phone": application.phone})
    assert (answer.status_code, "proven already" in summary(answer.content.decode())) == (422, True)
    assert application.representative.phone_proven_at is None


def test_pages_of_the_own_phone_are_not_there_for_who_acts_for_nobody():
    browser = browser_of(proven())
    assert {browser.get(f"/register/yours/{page}").status_code for page in ("phone", "code", "code/state", "code/inbox")} == {404}
    assert {browser.post(f"/register/yours/{page}").status_code for page in ("phone/share", "code/call", "code/resend")} == {404}


def test_code_page_of_the_own_phone_waits_and_sends_again_by_its_own_addresses():
    browser = with_guardian()
    browser.post("/register/yours/phone", {"phone": new_phone()})
    html = browser.get("/register/yours/code").content.decode()
    assert "/register/yours/code/state?seen=" in html and 'action="/register/yours/code/resend"' in html
    assert "/register/code" not in html and 'href="/register/phone"' not in html
    answer = browser.post("/register/yours/code/resend")
    assert (answer.status_code, "less than a minute ago" in summary(answer.content.decode())) == (422, True)
