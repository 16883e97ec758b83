"""Rules for what is no identity material: questions to sources, dry runs of the policy (R-28)."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.utils import timezone

from realname.access.actor import Actor
from realname.policy.models import DryRun
from registration.models import RetentionRun
from registration.retention import run as running
from registration.services.hold_data import place_hold
from tests.factories import policy
from tests.factories import registration as make
from verification.models import Inquiry
from verification.sources.base import Fact

pytestmark = pytest.mark.django_db
OFFICER = Actor(kind="staff", id="1", name="one", role="compliance")


def run(rule: str) -> RetentionRun:
    """One rule's whole run of today."""
    while running.run_batch(only=rule):
        pass
    return RetentionRun.objects.get(rule=rule, dry=False)


def asked(application, *, days: float) -> Inquiry:
    """A question to a source, so many days ago."""
    return Inquiry.objects.create(
        person=application.person, application=application, fact=Fact.IDENTITY, source="registry", request_key=uuid4().hex, cents=1,
        question_index="q" * 64, subject_index="s" * 64, asked_at=timezone.now() - timedelta(days=days),
    )  # fmt: skip


def test_a_question_leads_to_nobody_after_its_days():
    """Thirty-one: kept to the hour before, then counted but nobody's."""
    application = make.drafted()
    old, young = asked(application, days=31.01), asked(application, days=30.99)
    found = run("inquiries")
    assert (found.due, found.erased, found.held) == (1, 1, 0)
    old.refresh_from_db()
    young.refresh_from_db()
    assert (old.question_index, old.subject_index, old.cents) == (None, None, 1)
    assert (young.question_index, young.subject_index) == ("q" * 64, "s" * 64)


def test_a_hold_keeps_the_question():
    """Of the application it was asked for."""
    application = make.drafted()
    held, free = asked(application, days=40), asked(make.drafted(), days=40)
    place_hold(actor=OFFICER, person_id=application.person_id, application_id=application.pk, reason="r", authority_reference="1")
    found = run("inquiries")
    assert (found.due, found.erased, found.held) == (2, 1, 1)
    held.refresh_from_db()
    free.refresh_from_db()
    assert (held.subject_index, free.subject_index) == ("s" * 64, None)


def test_an_old_dry_run_keeps_its_counts_and_names_no_application():
    """It is nobody's row: no person, no hold; done once."""
    draft = policy.drafted({"registration.line_limit": 7})
    result = {"judged": 5, "flipped": 1, "flips": [{"reference": "ABC"}]}
    made = [
        DryRun.objects.create(
            draft=draft, base=0, wanted=5, status="done", result=dict(result), started_at=timezone.now() - timedelta(days=days)
        )
        for days in (91, 89)
    ]
    found = run("policy_dry_runs")
    assert (found.due, found.erased, found.held) == (1, 1, 0)
    for dry_run in made:
        dry_run.refresh_from_db()
    assert made[0].result == {**result, "flips": []}
    assert made[1].result == result
    assert running.dry_run(only="policy_dry_runs")[0].due == 0
