"""Two tabs of one account act at once: each act happens once, and none leaves the other half done (P-ALL-2, R-06, R-26, R-28)."""

import pytest
from django.db import transaction

from realname.access.actor import SYSTEM, Actor
from realname.trail.models import Event
from realname.vault.erase import is_erased
from registration.models import Application, Consent, InboxNotice, Line, Person, RightsRequest
from registration.services.account.answer_right import answer_right
from registration.services.account.request_right import request_right
from registration.services.submit_application import submit_application
from registration.services.terminate_line import terminate_line
from registration.services.withdraw_consent import withdraw_consent
from registration.states import ApplicationStatus, ConsentPurpose, EndReason, LineStatus, RightsKind, RightsStatus
from tests.factories import registration as make
from tests.races.at_once import at_once
from verification.services.outcomes import approve

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.mark.parametrize("attempt", range(3))
def test_two_tabs_end_the_same_line_once(attempt):
    """One end, told once, frozen once."""
    application = make.activated()
    actor, line = make.person_actor(application), Line.objects.get(application=application)
    results = at_once(*[lambda: terminate_line(actor=actor, line_id=line.pk, reason=EndReason.HOLDER)] * 2)
    assert [type(result) for result in results] == [Line, Line]
    for name in ("line.terminated", "person.frozen"):
        assert Event.objects.filter(name=name).count() == 1
    told = InboxNotice.objects.filter(person=application.person_id, kind__in=["line_ended", "service_ended"])
    assert sorted(told.values_list("kind", flat=True)) == ["line_ended", "service_ended"]


@pytest.mark.parametrize("attempt", range(3))
def test_two_lines_end_at_once_and_the_person_is_frozen(attempt):
    """Neither end sees the other's line as still held."""
    first = make.activated()
    second = make.verifying(id_number=first.id_number)
    with transaction.atomic():
        approve(actor=SYSTEM, application=Application.objects.get(pk=second.pk), reason="APPROVED")
    lines = Line.objects.filter(person=first.person_id).values_list("pk", flat=True)
    at_once(*[lambda pk=pk: terminate_line(actor=SYSTEM, line_id=pk, reason=EndReason.UNPAID) for pk in lines])
    assert Person.objects.get(pk=first.person_id).frozen_by_law
    assert Event.objects.filter(name="person.frozen").count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_the_last_line_ends_while_a_new_one_is_activated(attempt):
    """Whoever is first: a person with a line in use is not frozen."""
    old = make.activated()
    line = Line.objects.get(application=old)
    new = make.verifying(id_number=old.id_number)

    def activate() -> str:
        with transaction.atomic():
            return approve(actor=SYSTEM, application=Application.objects.get(pk=new.pk), reason="APPROVED")

    at_once(activate, lambda: terminate_line(actor=SYSTEM, line_id=line.pk, reason=EndReason.UNPAID))
    person = Person.objects.get(pk=old.person_id)
    assert Line.objects.held().filter(person=person).count() == 1
    assert (person.frozen_at, person.frozen_by_law) == (None, False)
    assert Line.objects.get(pk=line.pk).status == LineStatus.TERMINATED


@pytest.mark.parametrize("attempt", range(3))
def test_two_tabs_withdraw_the_same_consent_once(attempt):
    """One withdrawal; an application on its way is taken back once."""
    application = make.verifying()
    consent = Consent.objects.get(application=application, purpose=ConsentPurpose.TERMS)
    actor = make.person_actor(application)
    at_once(*[lambda: withdraw_consent(actor=actor, consent_id=consent.pk)] * 2)
    assert Event.objects.filter(name="consent.withdrawn").count() == 1
    assert Event.objects.filter(name="application.withdrawn").count() == 1
    assert Application.objects.get(pk=application.pk).status == ApplicationStatus.WITHDRAWN
    assert InboxNotice.objects.filter(person=application.person_id, kind="consent_withdrawn").count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_deletion_is_asked_for_while_the_application_is_submitted(attempt):
    """Both are taken: one request that waits for its answer, one submission."""
    application = make.complete()
    actor = make.person_actor(application)
    submitted, asked = at_once(
        lambda: submit_application(actor=actor, application_id=application.pk, submission_key="one"),
        lambda: request_right(actor=actor, kind=RightsKind.DELETION),
    )
    assert (submitted.status, asked.status) == (ApplicationStatus.SUBMITTED, RightsStatus.RECEIVED)
    assert RightsRequest.objects.filter(person=application.person_id).count() == 1
    assert Event.objects.filter(name="application.submitted").count() == 1


@pytest.mark.parametrize("attempt", range(3))
def test_deletion_is_granted_while_the_application_is_submitted(attempt, django_user_model):
    """Erased and withdrawn, or neither: never an open application under destroyed keys."""
    application = make.complete()
    actor = make.person_actor(application)
    asked = request_right(actor=actor, kind=RightsKind.DELETION)
    staff = django_user_model.objects.create_user("officer", role="compliance", is_staff=True)
    officer = Actor(kind="staff", id=str(staff.pk), name="officer", role="compliance")
    at_once(
        lambda: submit_application(actor=actor, application_id=application.pk, submission_key="one"),
        lambda: answer_right(actor=officer, staff=staff, request_id=asked.pk, granted=True, answer="done"),
    )
    status = Application.objects.values_list("status", flat=True).get(pk=application.pk)
    request = RightsRequest.objects.get(pk=asked.pk)
    if is_erased(application.person_id):
        assert (status, request.status) == (ApplicationStatus.WITHDRAWN, RightsStatus.GRANTED)
    else:
        assert (status, request.status) == (ApplicationStatus.SUBMITTED, RightsStatus.RECEIVED)
