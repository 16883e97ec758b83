"""Under a suspended organisation nothing is done at any step; all of it comes back with the organisation (R-03, P-REG-8)."""

import pytest
from django.urls import reverse

from realname.access.models import Role
from realname.trail.models import Event
from registration.errors import OrganisationRests
from registration.models import Organisation
from registration.services.choose_document import choose_document
from registration.services.organisation.judge_organisation import approve_organisation
from registration.services.request_phone_code import request_phone_code
from registration.services.submit_application import submit_application
from registration.states import ApplicationStatus, CaptureKind, OrganisationStatus
from tests.factories import organisation as make
from tests.factories import registration as people
from tests.registration.web.sessions import browser_of
from verification.models import Check, Review
from verification.services.decide import decide
from verification.services.open_checks import open_checks
from verification.states import CheckStatus

pytestmark = pytest.mark.django_db
ACTS = {
    "submit": lambda one: submit_application(actor=people.person_actor(one), application_id=one.pk, submission_key=""),
    "details": lambda one: people.with_details(one),
    "document": lambda one: choose_document(actor=people.person_actor(one), application_id=one.pk, code="foreign_passport"),
    "photograph": lambda one: people.with_captures(one),
    "code": lambda one: request_phone_code(actor=people.person_actor(one), application_id=one.pk, phone=people.new_phone()),
}


def reinstate(organisation: Organisation) -> None:
    approve_organisation(actor=make.actor(Role.REVIEWER), organisation_id=organisation.pk)


@pytest.mark.parametrize("_case", ACTS)
def test_every_act_is_refused_at_once_and_changes_nothing(_case):
    application = make.named(organisation := make.approved(), people.complete())
    make.suspended(organisation)
    application.refresh_from_db()
    events = Event.objects.count()
    with pytest.raises(OrganisationRests):
        ACTS[_case](application)
    assert Event.objects.count() == events
    application.refresh_from_db()
    assert application.status == ApplicationStatus.DRAFT


@pytest.mark.parametrize("status", [OrganisationStatus.SUSPENDED, OrganisationStatus.ENDED])
@pytest.mark.parametrize(("language", "said"), [("en", "ask whoever handles its lines there"), ("zh-hans", "请询问")])
def test_every_page_says_what_to_do(status, language, said):
    application = make.named(organisation := make.approved(), people.complete())
    Organisation.objects.filter(pk=organisation.pk).update(status=status)
    browser = browser_of(application)
    for name in ("details", "document", "review", "number"):
        answer = browser.get(reverse(f"registration:{name}"), headers={"accept-language": language})
        assert answer.status_code == 409, name
        assert said in answer.content.decode()
    sent = browser.post(reverse("registration:submit"), {"submission_key": "x"}, follow=True, headers={"accept-language": language})
    assert sent.status_code == 409
    application.refresh_from_db()
    assert application.status == ApplicationStatus.DRAFT


def test_it_goes_on_where_it_was_once_that_is_lifted():
    application = make.named(organisation := make.approved(), people.complete())
    make.suspended(organisation)
    reinstate(organisation)
    application.refresh_from_db()
    assert browser_of(application).get(reverse("registration:review")).status_code == 200
    assert make.activated(application).organisation == organisation


def test_handed_in_before_it_waits_for_a_reviewer_and_is_not_refused():
    organisation = make.approved()
    application = make.named(organisation, people.complete())
    submit_application(actor=people.person_actor(application), application_id=application.pk, submission_key="")
    open_checks(application_id=application.pk)
    Check.objects.update(status=CheckStatus.PASSED)
    make.suspended(organisation)

    decide(application_id=application.pk)

    application.refresh_from_db()
    assert (application.status, application.reason_codes) == (ApplicationStatus.IN_REVIEW, ["ORGANISATION_NOT_APPROVED"])
    assert Review.objects.open().filter(application=application).count() == 1
    reinstate(organisation)
    application.refresh_from_db()
    assert make.judged(application) == ""
    assert application.captures.filter(kind=CaptureKind.SELFIE).exists()


def test_nobody_elses_application_rests():
    make.suspended(make.approved())
    assert browser_of(people.complete()).get(reverse("registration:review")).status_code == 200
