"""P-VER-3: grading an application."""

from datetime import date

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from realname import policy as policies
from realname.trail.models import Event
from risk import policy
from risk.levels import level_of
from risk.models import Score
from risk.services.assess import assess
from risk.states import RiskLevel
from tests.factories import registration as make
from tests.factories.policy import set_value

pytestmark = pytest.mark.django_db

TWO_FAILED = {"face_match": ("failed", "FACE_MISMATCH"), "id_number": ("failed", "NUMBER_INVALID")}
ALL_PASSED = {"face_match": ("passed", ""), "id_number": ("passed", "")}


def test_an_ordinary_application_is_low():
    score = assess(application=make.submitted(), checks=ALL_PASSED)
    assert (score.level, score.points, score.reasons) == (RiskLevel.LOW, 0, [])


def test_points_add_up_to_a_level_with_reasons_heaviest_first():
    application = make.submitted(phone=make.new_phone(segment="170"))
    make.guess_codes(application, times=4)
    score = assess(application=application, checks=TWO_FAILED)
    assert score.points == 30 + 25 + 10
    assert score.level == RiskLevel.HIGH
    assert score.reasons == ["FAILED_CHECKS", "CODE_GUESSING", "VIRTUAL_NUMBER_SEGMENT"]
    assert score.hits[1] == {"code": "CODE_GUESSING", "points": 25, "count": 4, "threshold": 4}


@pytest.mark.parametrize(
    ("kind", "reason"),
    [
        ("liveness_passive", "LIVENESS_FAILED"),
        ("liveness_active", "CHALLENGE_REPLAYED"),
        ("liveness_active", "CHALLENGE_OTHER_FACE"),
        ("document_quality", "PHOTO_RECAPTURED"),
        ("face_match", "SAME_PICTURE"),
    ],
)
def test_a_sign_of_spoofing_is_a_high_risk_by_itself(kind, reason):
    """P-VER-3, P-VER-5: so that two judge it."""
    score = assess(application=make.submitted(), checks=ALL_PASSED | {kind: ("failed", reason)})
    assert (score.level, score.points, score.reasons) == (RiskLevel.HIGH, 50, ["SPOOF_SIGNS"])


def test_an_agent_for_many_is_a_high_risk_by_itself():
    """R-14, R-22, P-VER-5: so that two judge it."""
    set_value(key="registration.people_per_agent", value=1)
    number = make.new_id_number(birth=date(1980, 1, 1))
    for _ in range(2):
        application = make.with_representative(make.represented("agent"), id_number=number)
        make.submit_application(actor=make.person_actor(application), application_id=application.pk, submission_key="")
    application.refresh_from_db()
    score = assess(application=application, checks=ALL_PASSED)
    assert (score.level, score.points, score.reasons) == (RiskLevel.HIGH, 50, ["AGENT_FOR_MANY"])
    assert score.hits == [{"code": "AGENT_FOR_MANY", "points": 50, "count": 2, "threshold": 2}]


@pytest.mark.parametrize(
    ("points", "level"),
    [(19, "low"), (20, "medium"), (49, "medium"), (50, "high"), (79, "high"), (80, "critical"), (500, "critical")],
)
def test_a_level_begins_at_its_threshold(points, level):
    assert level_of(points, policies.current()) == level


def test_what_fired_is_told_once():
    """R-14: which signal fired is on record; asked again the grade stands, and nothing is told twice."""
    application = make.submitted()
    first = assess(application=application, checks=TWO_FAILED)
    assert assess(application=application, checks=ALL_PASSED).pk == first.pk
    event = Event.objects.get(name="application.graded")
    assert (event.subject_id, event.related_kind, event.related_id) == (str(application.pk), "score", str(first.pk))
    assert event.data["hits"] == [{"code": "FAILED_CHECKS", "points": 30, "count": 2, "threshold": 2}]
    assert event.reason == "FAILED_CHECKS"


def test_a_round_is_graded_once_even_past_the_service():
    application = make.submitted()
    assess(application=application, checks={})
    with pytest.raises(IntegrityError), transaction.atomic():
        Score.objects.create(person_id=application.person_id, application=application, round=1, level="low", points=0, policy_version=0)


def test_the_next_round_is_graded_anew():
    application = make.submitted()
    first = assess(application=application, checks=TWO_FAILED)
    application.round = 2
    second = assess(application=application, checks=ALL_PASSED)
    assert (first.level, second.level) == (RiskLevel.MEDIUM, RiskLevel.LOW)


def test_compliance_sets_the_points_and_the_grade_names_the_version():
    set_value(key=policy.FAILED_CHECKS_POINTS.key, value=90, note="test")
    score = assess(application=make.submitted(), checks=TWO_FAILED)
    assert (score.level, score.points, score.policy_version) == (RiskLevel.CRITICAL, 90, 1)


def test_a_rule_without_points_is_switched_off():
    set_value(key=policy.FAILED_CHECKS_POINTS.key, value=0, note="test")
    assert assess(application=make.submitted(), checks=TWO_FAILED).reasons == []


def test_no_rule_scans_the_applications():
    """Every count goes by an index: with scans forbidden no plan falls back to one."""
    application = make.submitted(device="d", ip="203.0.113.7")
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL enable_seqscan = off")
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assess(application=application, checks={})
    counted = [q["sql"] for q in queries if q["sql"].startswith("SELECT COUNT") or "SUM(" in q["sql"]]
    assert len(counted) == 5
    for sql in counted:
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN {sql}")
            plan = "\n".join(row[0] for row in cursor.fetchall())
        assert "Seq Scan" not in plan, plan
