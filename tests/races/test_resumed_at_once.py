"""P-REG-5: several who proved one number take its application up, or begin anew, at the same moment."""

import pytest
from django.utils import timezone

from registration.errors import ResumeRefused
from registration.models import Application, PhoneCode
from registration.services.resume_application import resume_application, start_anew
from tests.factories import registration as make
from tests.races.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def proved(phone: str) -> Application:
    """A draft whose code to `phone` was accepted a moment ago."""
    draft = make.started()
    now = timezone.now()
    PhoneCode.objects.create(person_id=draft.person_id, application=draft, phone=phone, expires_at=now, used_at=now)
    return draft


def test_the_number_stays_with_one_application_and_nobody_waits_for_ever():
    phone = make.new_phone()
    rival = make.drafted(phone=phone)
    six = rival.id_number[-6:]
    resuming, anew = [proved(phone) for _ in range(5)], [proved(phone) for _ in range(5)]
    results = at_once(
        *(
            lambda draft=draft: resume_application(actor=make.person_actor(draft), application_id=draft.pk, entered=six)
            for draft in resuming
        ),
        *(lambda draft=draft: start_anew(actor=make.person_actor(draft), application_id=draft.pk) for draft in anew),
    )
    assert all(isinstance(result, (Application, ResumeRefused)) for result in results), results
    assert Application.objects.open().filter(phone_index=rival.phone_index).count() == 1
    assert sum(isinstance(result, Application) for result in results[5:]) == 1
