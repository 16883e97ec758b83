"""A double click, a retry, a second tab: one submission."""

import pytest

from realname.trail.models import Event
from registration.services.submit_application import submit_application
from registration.states import ApplicationStatus
from tests.factories import registration as make
from tests.races.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("keys", [("same", "same", "same"), ("one", "two", "three")])
def test_submits_at_the_same_moment(keys):
    application = make.complete()
    actor = make.person_actor(application)
    submits = [lambda key=key: submit_application(actor=actor, application_id=application.pk, submission_key=key) for key in keys]
    results = at_once(*submits)
    assert [result.status for result in results] == [ApplicationStatus.SUBMITTED] * 3
    application.refresh_from_db()
    assert application.round == 1
    assert Event.objects.filter(name="application.submitted", subject_id=str(application.pk)).count() == 1
