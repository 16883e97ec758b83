"""The count of people with stored face data warns at 80 % and at 100 % of the law's number (R-36)."""

import pytest

from monitoring.health import _faces
from registration.services.erase_face_captures import erase_face_captures
from registration.services.withdraw_application import withdraw_application
from tests.factories import policy
from tests.factories import registration as make

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(("most", "tone"), [(10, "good"), (6, "good"), (5, "warn"), (4, "bad"), (3, "bad")])
def test_it_warns_in_time(most, tone):
    """Four people, each with a selfie and a film: counted once each."""
    for _ in range(4):
        make.complete()
    policy.set_value(key="registration.face_filing_at", value=most)
    assert (_faces().value, _faces().tone) == (f"4 / {most}", tone)


def test_erased_faces_no_longer_count():
    """Nor do those of an application that is over."""
    application = make.complete()
    withdraw_application(actor=make.person_actor(application), application_id=application.pk)
    erase_face_captures()
    assert _faces().value == "0 / 100000"
