"""However many lines of an organisation are activated at the same moment, its limit holds (R-14)."""

import pytest
from django.db import transaction

from realname.access.actor import SYSTEM
from registration.models import Application, Line
from registration.services.submit_application import submit_application
from registration.states import ApplicationStatus
from tests.factories import organisation as make
from tests.factories import registration as people
from tests.factories.policy import set_value
from tests.races.at_once import at_once
from verification.services.outcomes import approve

pytestmark = pytest.mark.django_db(transaction=True)


def test_lines_of_one_organisation_at_the_same_moment_stop_at_its_limit():
    set_value(key="registration.organisation_line_limit", value=3)
    organisation = make.approved()

    def _handed_in() -> Application:
        application = make.named(organisation, people.complete())
        submit_application(actor=people.person_actor(application), application_id=application.pk, submission_key="")
        Application.objects.filter(pk=application.pk).update(status=ApplicationStatus.VERIFYING)
        return Application.objects.get(pk=application.pk)

    def _approve(application: Application) -> str:
        with transaction.atomic():
            return approve(actor=SYSTEM, application=application, reason="APPROVED")

    applications = [_handed_in() for _ in range(8)]
    refusals = at_once(*((lambda one=one: _approve(one)) for one in applications))
    assert sorted(map(str, refusals)) == [""] * 3 + ["ORGANISATION_LIMIT"] * 5
    assert organisation.lines.count() == Line.objects.count() == 3
