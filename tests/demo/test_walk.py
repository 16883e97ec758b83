"""The demonstration's walk goes on where its number was left."""

import pytest

from demo import walk as walking
from demo.applicants import applicants
from demo.browser import Browser
from registration.models import Number, PhoneCode
from registration.services.phone_digits import digits_of
from tests.factories import registration as make
from tests.registration.web.sessions import browser_of

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]


def test_a_second_run_takes_the_application_up_again(live_server, monkeypatch):
    """P-REG-5: by the code and the end of the ID number; nothing is sent twice."""
    applicant = applicants(0)[0]
    before = make.submitted(phone=applicant.phone, id_number=applicant.details()["id_number"])
    before.phone_codes.all().delete()
    monkeypatch.setattr(walking, "_newest_code", lambda *args, **kwargs: digits_of(PhoneCode.objects.latest("created_at").pk))
    said = []
    reference = walking.walk(applicant, phone=applicant.phone, base_url=live_server.url, sandbox_url="", say=said.append)
    assert (reference, said) == (before.reference, ["resumed"])


def test_a_new_number_is_looked_for_and_kept(live_server):
    """P-REG-1: by the wish; one that is gone meanwhile is passed over."""
    make.in_stock("19200000008", "19200000018", "19200000017")
    make.choosing(make.drafted(), "19200000008")
    application = make.drafted()
    browser = Browser(live_server.url)
    for cookie in browser_of(application).cookies.values():
        browser._client.cookies.set(cookie.key, cookie.value)
    assert walking._choose_number(browser, {"ending": "8"}) == "19200000018"
    browser.close()
    assert Number.objects.get(number="19200000018").reserved_for_id == application.pk
