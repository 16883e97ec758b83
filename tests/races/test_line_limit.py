"""R-13: however many registrations of one identity arrive at the same moment, the line limit holds."""

import pytest
from django.db import transaction

from realname.access.actor import SYSTEM
from realname.trail.models import Event
from registration.models import Application, Line, Person
from registration.states import ApplicationStatus
from tests.factories import registration as make
from tests.factories import verification as verified
from tests.factories.policy import set_value
from tests.races.at_once import at_once
from verification.models import Decision
from verification.services.decide import decide
from verification.services.outcomes import approve

pytestmark = pytest.mark.django_db(transaction=True)

LIMIT = 5


@pytest.mark.slow
def test_200_registrations_of_one_identity_reach_the_limit_and_never_exceed_it():
    """Each goes the whole way by itself, from the first page to the activation."""
    number, phones = make.new_id_number(), [make.new_phone() for _ in range(200)]

    def _register(phone: str) -> str:
        application = make.verifying(phone=phone, id_number=number)
        with transaction.atomic():
            return approve(actor=SYSTEM, application=application, reason="APPROVED")

    refusals = at_once(*((lambda phone=phone: _register(phone)) for phone in phones))
    assert sorted(map(str, refusals)) == [""] * LIMIT + ["LINE_LIMIT"] * 195
    assert Person.objects.filter(id_number_index__isnull=False).count() == 1
    assert Line.objects.count() == Event.objects.filter(name="line.activated").count() == LIMIT
    assert {line.person_id for line in Line.objects.all()} == {Person.objects.get(id_number_index__isnull=False).pk}
    assert Application.objects.filter(status=ApplicationStatus.ACTIVATED).count() == LIMIT


def test_decisions_at_the_same_moment_refuse_those_past_the_limit():
    """All checks passed in each, as the line limit's own check did: only the activation can tell."""
    set_value(key="risk.identity_velocity.points", value=0, note="one identity on purpose")
    number = make.new_id_number()
    applications = [verified.all_checked(id_number=number) for _ in range(LIMIT + 4)]
    decisions = at_once(*((lambda pk=application.pk: decide(application_id=pk)) for application in applications))
    assert all(isinstance(decision, Decision) for decision in decisions), decisions
    assert sorted(decision.reasons[0] for decision in decisions) == ["APPROVED"] * LIMIT + ["LINE_LIMIT"] * 4
    assert Line.objects.count() == LIMIT
    refused = Application.objects.filter(status=ApplicationStatus.REJECTED)
    assert [application.reason_codes for application in refused] == [["LINE_LIMIT"]] * 4
    assert not Event.objects.filter(name="application.approved", subject_id__in=[str(pk) for pk in refused.values_list("pk", flat=True)])
