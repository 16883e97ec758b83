"""Face data of many people are filed with the authority (R-36)."""

from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core.management import call_command
from django.utils import timezone

from realname.access.models import Role
from realname.trail.models import Event
from registration.models import FaceFiling
from registration.retention.faces import people_with_face_data
from registration.services.file_faces import open_filing
from tests.factories import desk
from tests.factories import registration as make
from tests.factories.policy import set_value

pytestmark = pytest.mark.django_db
PAGE = "/admin/registration/retentionrun/report/faces/"
FILED = {"authority": "CAC Beijing", "reference": "F-1", "assessment": "PIA-7"}


def test_the_count_opens_one_filing_with_its_last_day():
    """At the number, not below it; called again it is the same; thirty working days."""
    with time_machine.travel("2026-11-24T04:00:00Z", tick=False):
        make.activated()
        assert people_with_face_data() == 1
        set_value(key="registration.face_filing_at", value=2)
        assert open_filing() is None
        make.activated()
        filing = open_filing()
        assert (filing.people, filing.due_on) == (2, date(2027, 1, 5))
        assert open_filing() is None
    assert FaceFiling.objects.count() == 1
    assert Event.objects.filter(name="face_filing.due").count() == 1


def test_recorded_it_is_filled_and_none_is_opened_again():
    """By compliance, with the count of that day."""
    set_value(key="registration.face_filing_at", value=1)
    make.activated()
    open_filing()
    officer, today = desk.signed_in(Role.COMPLIANCE), timezone.localdate()
    assert officer.post(PAGE, {**FILED, "filed_on": today.isoformat()})["Location"] == PAGE
    filing = FaceFiling.objects.get()
    assert (filing.filed_on, filing.authority, filing.reference, filing.people) == (today, "CAC Beijing", "F-1", 1)
    assert filing.recorded_by == officer.user.get_username()
    assert open_filing() is None
    assert Event.objects.filter(name="face_filing.filed").count() == 1
    assert "F-1" in officer.get(PAGE).content.decode()
    out = StringIO()
    call_command("retention", "filings", stdout=out)
    assert "reference=F-1" in out.getvalue()


def test_filed_sooner_than_demanded():
    """Nothing was due: the record says so."""
    desk.signed_in(Role.COMPLIANCE).post(PAGE, {**FILED, "filed_on": timezone.localdate().isoformat()})
    assert FaceFiling.objects.get().due_on is None


@pytest.mark.parametrize(
    "given",
    [
        {"authority": ""},
        {"reference": " "},
        {"assessment": ""},
        {"filed_on": ""},
        {"filed_on": (timezone.localdate() + timedelta(days=2)).isoformat()},
        {"filed_on": "1999-01-01"},
    ],
)
def test_not_recorded_with_what_can_not_be(given):
    """It says what is wrong, and nothing is recorded."""
    officer = desk.signed_in(Role.COMPLIANCE)
    assert officer.post(PAGE, {**FILED, "filed_on": timezone.localdate().isoformat(), **given}).status_code == 422
    assert not FaceFiling.objects.exists()
