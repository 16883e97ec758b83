"""What a person waits for at the camera and at the last button: the questions to the database, each with its reason (P-REG-7).

Whoever adds one to these pages sees it here, and says why.
"""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from realname import policy
from tests.factories.registration import complete, drafted
from tests.registration.web.sessions import browser_of, jpeg, upload

pytestmark = pytest.mark.django_db(transaction=True)
FRONT = "/register/document/front"

PHOTOGRAPH = [
    'SELECT "django_session"',  # whose browser
    'SELECT "registration_application"',  # which application, if there is anything left of its person: for the page's guards
    'SELECT "registration_application"',  # and for the service's, before anything is stored
    'SELECT "registration_capture"',  # the same bytes, or too many: refused before anything is stored
    "BEGIN",
    'SELECT "registration_application"',  # locked
    'SELECT "registration_capture"',  # asked again: another tab may have been quicker
    'INSERT INTO "vault_encryptedfile"',
    'INSERT INTO "registration_capture"',
    "INSERT INTO trail_event",
    "COMMIT",
    'SELECT "registration_capture"',  # which side is still missing: there the page is opened
]
IN_ITS_PLACE = [
    'UPDATE "vault_encryptedfile"',  # the bytes of the one before, which nobody had looked at, are erased
    'UPDATE "registration_capture"',
]
SUBMIT = [
    'SELECT "django_session"',
    'SELECT "registration_application"',  # for the page's guards
    "BEGIN",
    'SELECT "registration_application"',  # locked
    'SELECT "registration_capture"',  # is anything missing?
    'SELECT 1 AS "a" FROM "registration_number"',  # is its number still free?
    'UPDATE "registration_number"',  # a reserved number is kept from now on
    'UPDATE "registration_application"',
    "INSERT INTO trail_event",
    "COMMIT",
]


@pytest.fixture(autouse=True)
def warm(monkeypatch):
    """What a process keeps for seconds is at hand, as in one that has answered before: the policy."""
    monkeypatch.setattr("realname.policy.values.CACHE_SECONDS", 600)
    policy.current()


def asked(browser, address: str, sent: dict) -> list[str]:
    """The beginnings of what the database was asked, in order."""
    with CaptureQueriesContext(connection) as queries:
        assert browser.post(address, sent).status_code == 302
    known = sorted({*PHOTOGRAPH, *IN_ITS_PLACE, *SUBMIT}, key=len, reverse=True)
    return [next((start for start in known if sql.startswith(start)), sql) for sql in (query["sql"] for query in queries)]


def test_the_first_photograph_of_a_side():
    assert asked(browser_of(drafted()), FRONT, {"photo": upload(jpeg())}) == PHOTOGRAPH


def test_a_photograph_in_the_place_of_another():
    browser = browser_of(drafted())
    browser.post(FRONT, {"photo": upload(jpeg(seed=1))})
    asked_for = asked(browser, FRONT, {"photo": upload(jpeg(seed=2))})
    before = PHOTOGRAPH.index('INSERT INTO "vault_encryptedfile"')
    assert asked_for == [*PHOTOGRAPH[:before], *IN_ITS_PLACE, *PHOTOGRAPH[before:]]


def test_the_submit_button():
    assert asked(browser_of(complete()), "/register/submit", {"submission_key": "once"}) == SUBMIT
