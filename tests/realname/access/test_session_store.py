"""A session is prolonged by use, and written at most once a minute for it."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from tests.factories.registration import drafted
from tests.registration.web.sessions import browser_of

pytestmark = pytest.mark.django_db
PAGE = "/register/document"


def last_used(*, seconds_ago: int) -> None:
    ends = timezone.now() + timedelta(seconds=settings.SESSION_COOKIE_AGE - seconds_ago)
    Session.objects.update(expire_date=ends)


def left() -> float:
    """Seconds until the session ends."""
    return (Session.objects.get().expire_date - timezone.now()).total_seconds()


@pytest.fixture
def browser():
    return browser_of(drafted())


@pytest.mark.parametrize(("seconds_ago", "renewed"), [(0, False), (55, False), (65, True), (1795, True)])
def test_it_is_renewed_a_minute_after_it_was_last_written(browser, seconds_ago, renewed):
    last_used(seconds_ago=seconds_ago)
    with CaptureQueriesContext(connection) as queries:
        assert browser.get(PAGE).status_code == 200
    assert any(query["sql"].startswith('UPDATE "django_session"') for query in queries) is renewed
    assert (left() > settings.SESSION_COOKIE_AGE - 5) is (renewed or seconds_ago == 0)


def test_it_ends_half_an_hour_after_its_last_use(browser):
    last_used(seconds_ago=settings.SESSION_COOKIE_AGE + 1)
    assert browser.get(PAGE).headers["Location"].startswith("/register/consent")


def test_what_a_page_writes_into_it_is_kept_at_once(browser):
    session = browser.session
    session["note"] = "kept"
    session.save()
    assert browser_session(browser)["note"] == "kept"
    assert browser.get(PAGE).status_code == 200
    assert browser_session(browser)["note"] == "kept"


def browser_session(browser) -> dict:
    return Session.objects.get(pk=browser.session.session_key).get_decoded()
