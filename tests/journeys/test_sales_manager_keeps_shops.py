"""The sales manager's pages in a real browser, and the clerk's page of a visit: phone and desk, both languages (R-08, P-REG-6)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from realname.access.models import Role
from registration.models import Application, SignInAttempt
from registration.states import VerificationPath
from registration.web.in_shop import DEVICE_COOKIE
from tests.factories import access, desk, registration
from tests.factories import account as people
from tests.factories import shop as make
from tests.journeys.test_clerk_helps import BASE, keep, look, opened

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SHOPS = "/admin/registration/shop/"


@pytest.mark.parametrize("size", ["phone", "desk"])
@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_from_a_contract_to_a_closed_shop(browser, live_server, size, language):
    """Sign, open, post, end, close, suspend: by forms alone; no page scrolls sideways."""
    clerk = access.staff(Role.CLERK)
    page = opened(browser, live_server, desk.signed_in(Role.SALES_MANAGER), size, language)
    look(page, f"{BASE}sign/", "office-sign")
    page.fill("input[name=name]", "远山通信有限公司")
    page.fill("input[name=contract_from]", "2026-01-01")
    page.fill("input[name=contract_to]", "2036-12-31")
    page.click(".desk-judge button")
    page.wait_for_url("**/standing/")
    page.click("a[href$='/open/']")
    page.fill("input[name=name]", "东门营业厅")
    page.fill("input[name=address]", "北京市东城区示例路 12 号")
    page.fill("input[name=region]", "北京")
    keep(page, "office-open")
    page.click(".desk-judge button")
    page.wait_for_url("**/office/")
    page.fill("input[name=clerk]", clerk.username)
    page.click("form[action$='/post/'] button")
    page.wait_for_selector("form[action$='/recall/']")
    keep(page, "office-shop")
    look(page, SHOPS, "office-shops")
    look(page, "/admin/registration/clerkposting/", "office-postings")
    look(page, BASE, "office-dealers")
    page.click("#result_list [data-label] a[href*='/standing/']")
    page.wait_for_url("**/standing/")
    keep(page, "office-dealer")
    page.click("a[href$='/office/']")
    page.click("form[action$='/recall/'] button")
    page.wait_for_url("**/office/")
    page.click("form[action$='/close/'] button")
    page.wait_for_selector("[data-shop-closed]")
    keep(page, "office-closed")


@pytest.mark.parametrize("size", ["phone", "desk"])
@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_a_visit_is_photographed_and_a_call_is_offered(browser, live_server, size, language, tmp_path, settings):
    """The clerk's two forms, each with a file; and the sign-in page after a wait."""
    settings.VOICE_GATEWAYS = ["http_voice"]
    (tmp_path / "card.jpg").write_bytes(desk.photograph())
    application = registration.submitted(path=VerificationPath.FACE_FREE)
    device, cookie, clerk = make.tablet()
    client = desk.signed_in(clerk)
    client.cookies[DEVICE_COOKIE] = cookie
    page = opened(browser, live_server, client, size, language)
    page.goto(live_server.url + f"{BASE}shop/")
    page.fill("input[name=reference]", application.reference)
    page.fill("input[name=last_six]", application.id_number[-6:])
    page.check("input[name=person]")
    page.check("input[name=card]")
    page.click("form[action$='take-up/'] button")
    page.wait_for_url("**/shop/visit/**")
    page.set_input_files("#front_photo", tmp_path / "card.jpg")
    page.click("form[action$='/front/'] button:not([type=button])")
    page.wait_for_selector(".desk-badge--good")
    keep(page, "visit")
    assert Application.objects.get(pk=application.pk).captures.filter(kind="visit_front").count() == 1

    person = people.browser()
    people.ask_for_code(person, registration.activated().phone)
    SignInAttempt.objects.update(created_at=timezone.now() - timedelta(minutes=2))
    page = opened(browser, live_server, person, size, language)
    look(page, "/account/sign-in/code", "sign-in-call")
    page.click("form[action$='/call'] button")
    page.wait_for_selector(".tone--info")
    keep(page, "sign-in-called")
