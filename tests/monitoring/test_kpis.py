"""P-MON-1: what each KPI counts, and how it reads."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import translation

from monitoring.kpis import KPIS
from monitoring.kpis.base import duration, percent
from monitoring.kpis.histogram import EDGES, bucket_of, quantile
from monitoring.models import KeptStart, Rollup
from monitoring.services.fold_events import active_generation, fold_events
from realname.access.actor import SYSTEM
from realname.trail import record
from realname.trail.registry import event_types
from realname.trail.subject import SubjectRef

BY_KEY = {kpi.key: kpi for kpi in KPIS}
transactional = pytest.mark.django_db(transaction=True)


def figure(key):
    fold_events()
    with translation.override("en"):
        shown = BY_KEY[key].figure(list(Rollup.objects.filter(kpi=key, generation=active_generation())))
        return shown.headline, {str(row.label): row.value for row in shown.rows}


def test_every_kpi_hears_registered_events_only():
    known = {event_type.name for event_type in event_types()}
    for kpi in KPIS:
        assert kpi.events <= known, kpi.key
    assert len(BY_KEY) == len(KPIS)


@transactional
@pytest.mark.parametrize("kpi", KPIS, ids=lambda kpi: kpi.key)
def test_every_kpi_reads_without_anything_counted(kpi):
    shown = kpi.figure([])
    assert shown.headline in {"0", "–"}


@transactional
def test_decisions_by_outcome_and_by_whom(teller):
    for number, outcome in enumerate(["approve", "approve", "reject", "review", "resubmit"]):
        teller.decided(number, outcome)
    teller.review_closed(3, "approve")
    headline, rows = figure("applications_decided")
    assert headline == "5"
    assert rows == {
        "Approved, by rule": "2",
        "Approved, by a reviewer": "1",
        "Rejected, by rule": "1",
        "To be sent again, by rule": "1",
    }


@transactional
def test_the_straight_through_rate_is_of_what_the_rules_judged(teller):
    for number, outcome in enumerate(["approve", "reject", "review", "resubmit"]):
        teller.decided(number, outcome)
    teller.review_closed(2, "approve")
    assert figure("straight_through")[0] == "50.0 %"


@transactional
def test_the_answer_to_a_submission_is_measured_to_the_last_word(teller, monkeypatch):
    """That a reviewer is called is no answer yet; the reviewer's word is, measured from the submission."""
    teller.submitted(1)
    teller.decided(1, "review")
    fold_events()
    kept = KeptStart.objects.get(kpi="decision_time")
    KeptStart.objects.filter(pk=kept.pk).update(at=kept.at - timedelta(seconds=90))
    teller.review_closed(1, "approve")
    fold_events()
    row = Rollup.objects.get(kpi="decision_time")
    assert (row.dimensions, row.count, row.total) == ("by=reviewer", 1, 90)
    assert row.buckets == {bucket_of(90): 1}
    assert not KeptStart.objects.exists()


@transactional
def test_a_later_review_of_an_answered_application_is_not_measured(teller):
    teller.submitted(1)
    teller.decided(1, "reject")
    teller.review_closed(1, "approve")
    figure("decision_time")
    assert Rollup.objects.get(kpi="decision_time").count == 1


@transactional
def test_checks_by_kind_with_their_mean_time(teller):
    teller.check("face_match", "passed", 100)
    teller.check("face_match", "failed", 300)
    teller.check("face_match", "error", None)
    headline, rows = figure("checks")
    assert headline == "3"
    assert rows["Face match"] == "1 passed, 1 failed, 0 to judge, 1 not checked, 200 ms"


@transactional
def test_the_face_free_share_is_of_first_submissions(teller):
    """R-33."""
    teller.submitted(1)
    teller.submitted(2, path="face_free")
    teller.submitted(2, path="face_free", round_=2)
    assert figure("face_free")[0] == "50.0 %"


@transactional
def test_codes_are_counted_by_channel_and_by_the_cause_of_their_failure(teller):
    """P-PAR-2."""
    for _ in range(2):
        teller.code(1, "sent", channel="sms", gateway="http")
    teller.code(1, "arrived", channel="sms", gateway="http")
    teller.code(1, "failed", "PHONE_UNREACHABLE", channel="sms", gateway="http")
    teller.code(1, "sent", channel="voice", gateway="http_voice")
    teller.code(1, "refused", "code_wrong")
    headline, rows = figure("phone_codes")
    assert (headline, rows) == (
        "3",
        {
            "Sent": "3",
            "Arrived, as the network says": "1",
            "Did not arrive": "1",
            "Entered wrong or late": "1",
            "Text message: arrived of those sent": "50.0 %",
            "Voice call: arrived of those sent": "0.0 %",
            "Phone switched off or out of reach": "1",
        },
    )


@transactional
def test_risk_and_changes(teller):
    teller.graded(1, "low")
    teller.graded(2, "critical")
    teller.change("requested")
    teller.change("stopped")
    assert figure("risk_levels")[0] == "50.0 %"
    headline, rows = figure("changes")
    assert (headline, rows["Stopped"], rows["Applied"]) == ("1", "1", "0")


@transactional
def test_late_reviews(teller):
    teller.review_opened(1)
    teller.review_closed(1, "approve", late=True)
    _headline, rows = figure("reviews")
    assert (rows["Opened"], rows["Closed late"], rows["Share closed late"]) == ("1", "1", "100.0 %")


@pytest.mark.parametrize(("seconds", "index"), [(0, 0), (1, 0), (1.5, 1), (60, 6), (61, 7), (10**9, len(EDGES))])
def test_buckets_are_closed_above(seconds, index):
    assert bucket_of(seconds) == str(index)


def test_quantiles_lie_in_the_right_bucket():
    values = [3, 4, 8, 15, 25, 45, 90, 150, 400, 4000]
    buckets = {}
    for value in values:
        buckets[bucket_of(value)] = buckets.get(bucket_of(value), 0) + 1
    assert 20 <= quantile(buckets, 0.5) <= 30
    assert 300 <= quantile(buckets, 0.9) <= 600
    assert quantile({}, 0.5) is None
    assert quantile({str(len(EDGES)): 3}, 0.5) == EDGES[-1]


def test_what_is_shown():
    assert [duration(s) for s in (None, 1.25, 45, 300, 9000)] == ["–", "1.2 s", "45 s", "5.0 min", "2.5 h"]
    assert (percent(0, 0), percent(1, 3)) == ("–", "33.3 %")


@transactional
def test_sources_answers_and_outages():
    """P-MON-1: source health, by source."""
    with transaction.atomic():
        for name, data in (
            ("source.answered", {"milliseconds": 100}), ("source.answered", {"milliseconds": 300}), ("source.recovered", {"seconds": 90}),
        ):  # fmt: skip
            record(name, actor=SYSTEM, subject=SubjectRef("source", "population_registry"), data=data)
    assert figure("sources") == ("2", {"Population registry": "2 answers, 200 ms; 1 outages, 90 s"})
