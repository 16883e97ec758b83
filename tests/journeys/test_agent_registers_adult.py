"""An agent with a letter of authorisation registers an adult in a real browser, on a phone and a desk, in both languages (R-03)."""

from datetime import date

import pytest

from registration.models import Application, PhoneCode
from registration.services.phone_digits import digits_of
from registration.states import ApplicationStatus
from tests.factories import registration as make
from tests.factories.registration import new_id_number, new_phone
from tests.journeys.test_applicant_pages import SIZES, judge, opened, type_details
from tests.journeys.test_guardian_registers_child import photograph
from tests.registration.web.sessions import entered, jpeg, proven

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_agent_registers_an_adult(browser, live_server, size, language, tmp_path):
    """From the consent for another to the status: both documents, the letter, and a code to the agent's own phone."""
    card = tmp_path / "card.jpg"
    application = proven()
    page = opened(browser, live_server, application, "/register/consent", size=size, language=language)
    judge(page)
    page.check("[name=acting_as][value=agent]")
    for name in ("represented", "terms", "identity"):
        page.check(f"[name={name}]")
    page.check("[name=path][value=face]")
    page.check("[name=face]")
    page.click("main form .button")
    page.wait_for_url("**/register/document")
    judge(page)
    for side in ("front", "back"):
        card.write_bytes(jpeg(seed=len(side)))
        photograph(page, application, side, f"document_{side}", card)
    page.goto(live_server.url + "/register/details")
    type_details(page, entered(id_number=new_id_number(birth=date(1978, 5, 20))))
    page.click("main form .button")
    page.wait_for_url("**/register/yours/document")
    for kind in ("representative_front", "representative_back", "relation"):
        card.write_bytes(jpeg(seed=len(kind)))
        photograph(page, application, kind, kind, card)
    page.goto(live_server.url + "/register/yours/details")
    type_details(page, entered(name="王五", id_number=new_id_number(birth=date(1988, 3, 7))))
    page.click("main form .button")
    page.wait_for_url("**/register/yours/phone")
    judge(page)
    # the number to register is the other person's line: nobody is offered to share it
    assert page.locator('form[action="/register/yours/phone/share"]').count() == 0
    page.fill("[name=phone]", new_phone())
    page.click("main form .button")
    page.wait_for_url("**/register/yours/code")
    judge(page)
    page.fill("[name=code]", digits_of(PhoneCode.objects.filter(application=application).latest("created_at").pk))
    page.click("main form .button")
    page.wait_for_url("**/register/selfie")
    make.with_captures(Application.objects.get(pk=application.pk))
    page.goto(live_server.url + "/register/review")
    judge(page)
    page.locator('form[action="/register/submit"] button').click()
    page.wait_for_url("**/register/status")
    judge(page)
    application = Application.objects.get(pk=application.pk)
    assert (application.status, application.representation) == (ApplicationStatus.SUBMITTED, "agent")
    assert application.representative.phone != application.phone
