"""The clerk's tablet in a real browser: every page on a tablet, a phone and a desk, in both languages (P-REG-6)."""

import os
from pathlib import Path

import pytest
from playwright.sync_api import Page

from realname.access.models import Role
from registration.models import Application
from registration.web.in_shop import DEVICE_COOKIE
from tests.factories import desk, registration
from tests.factories import shop as make

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
SIZES = {"tablet": (1024, 768), "phone": (390, 844), "desk": (1440, 900)}
BASE = "/admin/registration/dealer/"
# where somebody wants to look at the pages
PICTURES = os.environ.get("SHOP_PICTURES", "")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_every_page_of_the_counter(browser, live_server, size, language):
    """From enrolment to the receipt; no page scrolls sideways, none is stopped by the content policy."""
    shop = make.shop()
    clerk = make.clerk(shop)
    page = opened(browser, live_server, desk.signed_in(clerk), size, language)
    look(page, f"{BASE}shop/", "enrol")
    admin = opened(browser, live_server, desk.signed_in(Role.ADMINISTRATOR), size, language)
    look(admin, f"{BASE}devices/", "devices-empty")
    admin.select_option("select[name=shop]", str(shop.pk))
    admin.fill("input[name=label]", "Tablet 1")
    admin.click(".desk-judge button")
    keep(admin, "devices")
    page.fill("input[name=code]", admin.inner_text(".desk-code"))
    page.click(".desk-judge button")
    page.wait_for_selector("form[action$='shop/start/']")
    keep(page, "counter")
    page.click("form[action$='shop/start/'] button")
    keep(page, "consent")
    for name in ("terms", "identity"):
        page.check(f"input[name={name}]")
    page.check("input[name=path][value=face_free]")
    page.check("input[name=statement_way][value=shop]")
    page.click("main .actions button")
    keep(page, "phone")
    page.fill("input[name=phone]", registration.new_phone())
    page.click("main form button.button")
    page.wait_for_url("**/register/code")
    look(page, f"{BASE}shop/", "counter-in-hand")
    registration.with_details(Application.objects.get())
    look(page, f"{BASE}shop/witness/", "witness")
    page.goto(live_server.url + f"{BASE}shop/")
    page.click("form[action$='paper-code/'] button")
    page.wait_for_selector(".desk-code")
    keep(page, "paper-code")
    visited = registration.submitted(path="face_free")
    page.goto(live_server.url + f"{BASE}shop/")
    page.fill("input[name=reference]", visited.reference)
    page.fill("input[name=last_six]", visited.id_number[-6:])
    page.click(".desk-judge button")
    keep(page, "refused")
    for name in ("person", "card"):
        page.check(f"input[name={name}]")
    page.click(".desk-judge button")
    page.wait_for_url("**/shop/visit/**")
    page.click("a[href*='/receipt/']")
    page.wait_for_selector(".desk-qr")
    keep(page, "receipt")
    compliance = opened(browser, live_server, desk.signed_in(Role.COMPLIANCE), size, language)
    look(compliance, f"{BASE}", "dealers")
    look(compliance, f"{BASE}{shop.dealer_id}/standing/", "dealer")


def opened(browser, live_server, client, size: str, language: str) -> Page:
    """A page with the session of this client."""
    width, height = SIZES[size]
    context = browser.new_context(viewport={"width": width, "height": height}, locale=language, base_url=live_server.url)
    names = [name for name in ("sessionid", DEVICE_COOKIE) if name in client.cookies]
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url} for name in names])
    page = context.new_page()
    page.complaints, page.label = [], f"{size}-{language}"
    page.on("pageerror", lambda error: page.complaints.append(str(error)))
    page.on("console", lambda message: page.complaints.append(message.text) if "Security Policy" in message.text else None)
    return page


def look(page: Page, path: str, name: str) -> None:
    """Open it and judge it."""
    answer = page.goto(path)
    assert answer.status == 200, (name, answer.status)
    keep(page, name)


def keep(page: Page, name: str) -> None:
    """Judge what is shown; keep a picture where one is wanted."""
    page.wait_for_load_state()
    if PICTURES:
        page.screenshot(path=Path(PICTURES) / f"{name}-{page.label}.png", full_page=True)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
    assert page.complaints == [], name
