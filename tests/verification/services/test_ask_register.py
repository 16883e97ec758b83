"""The register of enterprises, asked over HTTP, is evidence for a reviewer: it decides nothing, its silence stops nobody (P-VER-6)."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from realname.access.models import Role
from realname.trail.listeners import all_listeners
from realname.trail.models import Event
from registration.models import Organisation
from registration.states import OrganisationStatus
from sandbox.enterprises import ENTERPRISES
from tests.factories import desk
from tests.factories import organisation as make
from verification import tasks
from verification.models import OrganisationInquiry
from verification.organisation_evidence import ADVICE, evidence_of
from verification.services.ask_register import MOST_TRIES, ask, due_inquiries, open_inquiries
from verification.sources.enterprises import EnterpriseOutcome

pytestmark = pytest.mark.django_db
KNOWN, OTHER, ENDED, BUSY = ENTERPRISES
NAME, REPRESENTATIVE = ENTERPRISES[KNOWN].name, ENTERPRISES[KNOWN].legal_representative


def entered(code: str = KNOWN, *, name: str = NAME, legal_representative: str = REPRESENTATIVE) -> Organisation:
    """An organisation, and the question about it put once."""
    organisation = make.pending(code=code, name=name, legal_representative=legal_representative)
    put(organisation)
    return organisation


def put(organisation: Organisation, **kwargs) -> None:
    open_inquiries(actor=make.actor(Role.REVIEWER), organisation_id=organisation.pk, **kwargs)
    for inquiry in OrganisationInquiry.objects.filter(organisation=organisation, answered_at=None):
        ask(inquiry_id=inquiry.pk)


@pytest.mark.parametrize(
    ("_case", "outcome"),
    [
        ({}, EnterpriseOutcome.MATCH),
        ({"name": f"　{NAME} "}, EnterpriseOutcome.MATCH),
        ({"name": "别家有限公司"}, EnterpriseOutcome.MISMATCH_NAME),
        ({"legal_representative": "周武"}, EnterpriseOutcome.MISMATCH_REPRESENTATIVE),
        ({"name": "别家有限公司", "legal_representative": "周武"}, EnterpriseOutcome.MISMATCH_BOTH),
        ({"code": ENDED}, EnterpriseOutcome.ENDED),
        ({"code": ""}, EnterpriseOutcome.NO_RECORD),
    ],
)
def test_what_it_says_stands_before_the_reviewer_and_changes_nothing(sandbox, _case, outcome):
    organisation = entered(**{**_case, **({"code": make.new_code()} if _case.get("code") == "" else {})})
    (finding,) = evidence_of(organisation)
    assert (finding.finding, finding.tone) == (outcome.label, ADVICE[outcome][0])
    page = desk.signed_in(Role.REVIEWER).get(reverse("admin:registration_organisation_case", args=[organisation.pk]))
    assert str(outcome.label) in page.content.decode()
    organisation.refresh_from_db()
    assert organisation.status == OrganisationStatus.PENDING
    assert Event.objects.get(name="organisation.register_answered").reason == outcome


@pytest.mark.parametrize("_case", ["error", "garbage", "wrong_signature", "busy"])
def test_its_silence_is_told_rejects_nothing_and_ends_by_itself(sandbox, _case):
    if _case != "busy":
        sandbox.fault("enterprises", _case)
    organisation = entered(BUSY if _case == "busy" else KNOWN)
    inquiry = OrganisationInquiry.objects.get()
    assert (inquiry.answered_at, inquiry.tries) == (None, 1)
    (finding,) = evidence_of(organisation)
    assert finding.tone == "warn" and finding.ask_url
    organisation.refresh_from_db()
    assert organisation.status == OrganisationStatus.PENDING
    assert due_inquiries(limit=9) == []
    OrganisationInquiry.objects.update(next_try_at=timezone.now() - timedelta(seconds=1))
    assert due_inquiries(limit=9) == [inquiry.pk]
    if _case != "busy":
        sandbox.good_weather()
        ask(inquiry_id=inquiry.pk)
        assert evidence_of(organisation)[0].finding == EnterpriseOutcome.MATCH.label


def test_asked_twice_or_delivered_twice_it_is_one_question_charged_once(sandbox):
    organisation = entered(OTHER, name=ENTERPRISES[OTHER].name)
    inquiry = OrganisationInquiry.objects.get()
    put(organisation)
    ask(inquiry_id=inquiry.pk)
    assert OrganisationInquiry.objects.count() == 1
    assert sandbox.charges(OTHER) == {"enterprises/organisation": 1}


def test_a_correction_is_asked_about_before_it_is_judged(sandbox):
    organisation = entered(name="旧名有限公司")
    make.correcting(organisation, name=NAME)
    put(organisation)
    assert [finding.finding for finding in evidence_of(organisation)] == [
        EnterpriseOutcome.MISMATCH_NAME.label,
        EnterpriseOutcome.MATCH.label,
    ]


def test_a_reviewer_has_it_asked_again(sandbox):
    organisation = entered()
    reviewer = desk.signed_in(Role.REVIEWER)
    answer = reviewer.post(reverse("admin:verification_organisation_ask", args=[organisation.pk]))
    assert answer.status_code == 302
    assert OrganisationInquiry.objects.filter(organisation=organisation).count() == 2
    (finding,) = evidence_of(organisation)
    assert (finding.tone, finding.ask_url) == ("info", "")


def test_without_a_register_nobody_is_asked_and_the_page_says_nothing(settings):
    settings.ENTERPRISES_URL = ""
    organisation = entered()
    assert not OrganisationInquiry.objects.exists()
    assert evidence_of(organisation) == []


def test_what_was_asked_too_often_waits_for_a_reviewer_alone(sandbox):
    sandbox.fault("enterprises", "error")
    entered()
    OrganisationInquiry.objects.update(tries=MOST_TRIES, next_try_at=timezone.now() - timedelta(days=1))
    assert due_inquiries(limit=9) == []


def test_an_organisation_that_is_over_is_asked_about_no_more(sandbox):
    sandbox.fault("enterprises", "error")
    organisation = entered()
    Organisation.objects.update(status=OrganisationStatus.ENDED)
    ask(inquiry_id=OrganisationInquiry.objects.get().pk)
    assert not OrganisationInquiry.objects.exists()
    assert open_inquiries(actor=make.actor(Role.REVIEWER), organisation_id=organisation.pk) == 0


def test_it_is_asked_as_one_is_entered_and_as_a_correction_is_proposed(sandbox, monkeypatch):
    (listener,) = [each for each in all_listeners() if each.name == "verification.open_inquiries"]
    assert listener.names == {"organisation.registered", "organisation.correction_proposed"}
    organisation, sent = make.pending(code=KNOWN, name=NAME, legal_representative=REPRESENTATIVE), []
    monkeypatch.setattr("verification.listeners.enqueue", lambda task, key: sent.append((task, key)))
    listener.handler(Event.objects.get(name="organisation.registered"))
    ((task, key),) = sent
    task(key)
    task(key)
    inquiry = OrganisationInquiry.objects.get(organisation=organisation)
    tasks.ask_register(str(inquiry.pk))
    assert evidence_of(organisation)[0].finding == EnterpriseOutcome.MATCH.label
