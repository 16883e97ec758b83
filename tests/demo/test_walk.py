"""The demonstration's walk goes on where its number was left."""

import pytest

from demo import walk as walking
from demo.applicants import applicants
from registration.models import PhoneCode
from registration.services.phone_digits import digits_of
from tests.factories import registration as make

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
