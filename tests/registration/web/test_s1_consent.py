"""The consent page: where an application begins, and where an old tab must not begin another."""

import pytest

from registration.models import Application
from tests.factories import registration as make
from tests.registration.web.sessions import browser_of

pytestmark = pytest.mark.django_db
AGREED = {"terms": "on", "identity": "on", "path": "face", "face": "on"}


def test_an_old_tab_leaves_what_was_handed_in_alone():
    """P-REG-5: submitted in one tab, agreed to in another: it leads to the status, and the session stays with it."""
    application = make.submitted()
    browser = browser_of(application)

    answer = browser.post("/register/consent", AGREED)

    assert (answer.status_code, answer["Location"]) == (302, "/register/status")
    assert Application.objects.count() == 1
    assert browser.session["application_id"] == str(application.pk)


def test_the_page_itself_leads_on_to_the_status_while_it_is_on_its_way():
    """From the first page, say."""
    answer = browser_of(make.verifying()).get("/register/consent")
    assert (answer.status_code, answer["Location"]) == (302, "/register/status")


def test_who_was_refused_may_apply_again():
    """An application that is over stands in nobody's way."""
    application = make.rejected()
    browser = browser_of(application)
    assert browser.get("/register/consent").status_code == 200

    assert browser.post("/register/consent", AGREED).status_code == 302

    assert browser.session["application_id"] != str(application.pk)
    assert Application.objects.count() == 2


def test_what_one_of_the_ways_needs_is_not_called_optional(client):
    """R-33: the way without face asks which one; nothing else on this page may be left out."""
    html = client.get("/register/consent", headers={"accept-language": "en"}).content.decode()
    assert "which way do you prefer" in html
    assert "(optional)" not in html
