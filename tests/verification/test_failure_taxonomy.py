"""REQUIREMENTS, failure taxonomy: every outcome reached over HTTP or through our own code, with its texts, its class and its decision."""

from datetime import timedelta

import pytest
from django.utils import timezone, translation

from registration.models import Application
from registration.states import ApplicationStatus, ConsentPurpose
from sandbox.fixed import IDENTITIES, OUTCOMES
from tests.factories import registration as make
from tests.factories.policy import set_value
from verification.checks.authority import reason_of
from verification.models import Check
from verification.reasons import REASONS
from verification.services.decide import decide
from verification.services.end_overdue_checks import end_overdue_checks
from verification.services.open_checks import open_checks
from verification.services.run_check import run_check
from verification.sources import FailureClass, Outcome, failure_class
from verification.sources.signed import NOT_ANSWERED
from verification.states import CheckKind, CheckStatus

pytestmark = pytest.mark.django_db

FIXED = dict(zip((answer if isinstance(answer, str) else "SOURCE_CONFLICT" for _, answer in OUTCOMES), IDENTITIES.values(), strict=True))
ADVERSE = [outcome for outcome in Outcome if outcome != Outcome.MATCH]
# our own code says these before anybody is asked; the fixed identities show that a source may say them too
OURS = {Outcome.QUOTA_SUBJECT, Outcome.CONSENT_MISSING}
# what nobody answers is waited for, and named at the deadline
WAITED_FOR = {*NOT_ANSWERED, Outcome.PENDING_REVIEW}
RESUBMITTED = {Outcome.INPUT_INVALID_ID, Outcome.INPUT_INVALID_NAME}


def verified(outcome: Outcome) -> Application:
    """An application of the fixed identity of this outcome, all of whose other checks passed, with its authority check run."""
    person = FIXED[outcome]
    application = make.submitted(name=person.name, id_number=person.id_number)
    open_checks(application_id=application.pk)
    Check.objects.filter(application=application).exclude(kind=CheckKind.AUTHORITY_IDENTITY).update(status=CheckStatus.PASSED)
    return application


def asked(application: Application) -> Check:
    check = Check.objects.get(application=application, kind=CheckKind.AUTHORITY_IDENTITY)
    run_check(check_id=check.pk)
    check.refresh_from_db()
    return check


def past_its_deadline(check: Check) -> Check:
    past = timezone.now() - timedelta(hours=1)
    Check.objects.filter(pk=check.pk).update(deadline_at=past)
    assert end_overdue_checks() == 1
    check.refresh_from_db()
    return check


@pytest.mark.parametrize("outcome", ADVERSE)
def test_reached_over_http_it_is_decided_as_its_class_says(sandbox, outcome):
    """P-VER-6: a mismatch counts as the table says, what the person can mend is asked for again, all else is never against them."""
    application = verified(outcome)
    check = asked(application)
    if outcome in WAITED_FOR:
        assert (check.status, check.owner) == (CheckStatus.WAITING, "compliance")
        check = past_its_deadline(check)
    assert check.reason == reason_of(outcome)
    assert (check.status == CheckStatus.FAILED) == (failure_class(outcome) == FailureClass.MISMATCH)

    decide(application_id=application.pk)

    application.refresh_from_db()
    expected = ApplicationStatus.NEEDS_RESUBMISSION if outcome in RESUBMITTED else ApplicationStatus.IN_REVIEW
    assert (application.status, application.reason_codes) == (expected, [check.reason])
    assert application.items_to_resubmit == (["details"] if outcome in RESUBMITTED else [])


@pytest.mark.parametrize("outcome", sorted(OURS))
def test_reached_through_our_own_code(sandbox, outcome):
    application = verified(Outcome.MATCH)
    if outcome == Outcome.CONSENT_MISSING:
        application.consents.filter(purpose=ConsentPurpose.IDENTITY).update(withdrawn_at=timezone.now())
    else:
        set_value(key="sources.subject_budget", value=1, note="test")
        asked(verified(Outcome.MATCH))
    check = asked(application)
    assert (check.status, check.reason, check.engine) == (CheckStatus.INCONCLUSIVE, str(outcome), "rules")


def test_a_match_is_reached_too(sandbox):
    assert asked(verified(Outcome.MATCH)).status == CheckStatus.PASSED


@pytest.mark.parametrize("outcome", ADVERSE)
def test_it_has_two_texts_in_two_languages_and_the_class_of_its_reason(outcome):
    reason = REASONS[reason_of(outcome)]
    texts = []
    for language in ("en", "zh-hans"):
        with translation.override(language):
            texts += [str(reason.person), str(reason.staff)]
    assert len(set(texts)) == 4
    assert all(texts)
    assert all(any("\u4e00" <= char <= "\u9fff" for char in text) for text in texts[2:])
    assert str(reason.cause) == str(failure_class(outcome))


def test_to_the_person_all_mismatches_read_alike():
    """Whoever tries names under a number must not learn which half of it was right, nor whether the person exists."""
    mismatches = [outcome for outcome in ADVERSE if failure_class(outcome) == FailureClass.MISMATCH]
    assert {"NO_RECORD", "MISMATCH_NAME", "MISMATCH_UNSPECIFIED"} <= set(mismatches)
    assert len({str(REASONS[reason_of(outcome)].person) for outcome in mismatches}) == 1
    assert len({str(REASONS[reason_of(outcome)].staff) for outcome in mismatches}) == len(mismatches)
