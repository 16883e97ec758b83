"""A guardian registers a child in a real browser, on a phone and a desk, in both languages (R-03, R-12)."""

from datetime import date

import pytest
from django.utils import timezone

from registration.models import Application
from registration.states import ApplicationStatus
from tests.factories import registration as make
from tests.factories.registration import new_id_number
from tests.journeys.test_applicant_pages import (
    SIZES,
    capture_of,
    judge,
    opened,
    type_details,
)
from tests.registration.web.sessions import entered, jpeg, look, parts, proven

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
YEAR = timezone.localdate().year


def photograph(page, application, side: str, kind: str, path) -> None:
    """Send one photograph by the page, and have it looked at."""
    page.locator(f"#{side} input[type=file]").set_input_files(path)
    page.locator(f"#{side} form .capture-send button").click()
    page.wait_for_selector(f'[data-capture="{kind}"][data-state="pending"]')
    look(capture_of(application, kind))


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_child_is_refused_alone_and_goes_on_with_a_guardian(browser, live_server, size, language, tmp_path):
    """One tap leads from the refusal to the guardian's consent; both documents, the proof, and it is handed in."""
    card = tmp_path / "card.jpg"
    application = proven()
    page = opened(browser, live_server, application, "/register/document", size=size, language=language)
    for side in ("front", "back"):
        card.write_bytes(jpeg(seed=len(side)))
        photograph(page, application, side, f"document_{side}", card)
    page.goto(live_server.url + "/register/details")
    of_child = entered(
        id_number=new_id_number(birth=date(YEAR - 10, 1, 1)),
        **parts("valid_from", date(YEAR - 2, 3, 1)),
        **parts("valid_to", date(YEAR + 3, 3, 1)),
    )
    type_details(page, of_child)
    page.click("main form .button")
    page.wait_for_selector("[data-errors]")
    page.click('a[href="/register/consent?for=guardian"]')
    assert page.is_checked("[name=acting_as][value=guardian]")
    for name in ("represented", "terms", "identity"):
        page.check(f"[name={name}]")
    page.check("[name=path][value=face]")
    page.check("[name=face]")
    page.click("main form .button")
    page.wait_for_url("**/register/details")
    judge(page)
    type_details(page, of_child)
    page.click("main form .button")
    page.wait_for_url("**/register/yours/document")
    judge(page)
    for kind in ("representative_front", "representative_back", "relation"):
        card.write_bytes(jpeg(seed=len(kind)))
        photograph(page, application, kind, kind, card)
    page.goto(live_server.url + "/register/yours/details")
    judge(page)
    type_details(page, entered(name="王五", id_number=new_id_number(birth=date(1988, 3, 7))))
    page.click("main form .button")
    page.wait_for_url("**/register/yours/phone")
    judge(page)
    page.locator('form[action="/register/yours/phone/share"] button').click()
    page.wait_for_url("**/register/selfie")
    make.with_captures(Application.objects.get(pk=application.pk))
    page.goto(live_server.url + "/register/review")
    judge(page)
    page.locator('form[action="/register/submit"] button').click()
    page.wait_for_url("**/register/status")
    assert Application.objects.get(pk=application.pk).status == ApplicationStatus.SUBMITTED
