"""P-VER-2: freshness, failover, hedging, second opinions, conflicts, budgets; nothing is asked or charged twice."""

import os
import time
from datetime import timedelta

import pytest
import redis
from django.utils import timezone

from realname import policy
from realname.outside import SourceRefused, SourceUnavailable
from realname.trail.models import Event
from registration.states import ConsentPurpose
from tests.factories.policy import set_value
from verification.models import Inquiry
from verification.services.ask_sources import ask_sources
from verification.sources import Outcome
from verification.sources import policy as rules

pytestmark = pytest.mark.django_db
REGISTRY, BUREAU, OPERATORS = "authority", "bureau", "operators"


@pytest.fixture
def setting():
    """Sets policy parameters."""

    def _set(parameter, value) -> None:
        set_value(key=parameter.key, value=value, note="test")
        policy.values.forget()

    return _set


def asked(sandbox) -> tuple[int, int, int]:
    return tuple(sandbox.requests(service) for service in (REGISTRY, BUREAU, OPERATORS))


def since(sandbox, before) -> tuple[int, ...]:
    return tuple(now - then for now, then in zip(asked(sandbox), before, strict=True))


def answered(finding) -> dict[str, str]:
    return {answer.source: str(answer.outcome) for answer in finding.answers}


def test_the_first_in_order_answers_and_nobody_else_is_asked(sandbox, asking):
    """Each question is a disclosure."""
    before = asked(sandbox)
    finding = ask_sources(asking())
    assert (finding.outcome, answered(finding), finding.reused) == (Outcome.MATCH, {"population_registry": "MATCH"}, ())
    assert since(sandbox, before) == (1, 0, 0)


def test_the_disclosure_is_in_the_trail_with_its_price(asking, applicant):
    """P-ALL-4."""
    ask_sources(asking())
    event = Event.objects.get(name="source.answered")
    assert (event.subject_id, event.person_id, event.related_id) == ("population_registry", applicant.person_id, str(applicant.pk))
    assert (event.reason, event.data["fact"], event.data["cents"]) == ("MATCH", "identity", 20)


@pytest.mark.parametrize("fault", [("error", {"status": 503}), ("garbage", {}), ("wrong_signature", {}), ("redirect", {})])
def test_where_the_first_does_not_answer_the_next_does(sandbox, asking, fault):
    sandbox.fault(REGISTRY, fault[0], **fault[1])
    finding = ask_sources(asking())
    assert (finding.outcome, answered(finding)) == (Outcome.MATCH, {"credit_bureau": "MATCH"})
    assert [(error.source, isinstance(error, SourceUnavailable)) for error in finding.errors] == [("population_registry", True)]


def test_where_the_first_refuses_us_the_next_answers(sandbox, asking, settings):
    settings.AUTHORITY_KEY = "wrong"
    assert answered(ask_sources(asking())) == {"credit_bureau": "MATCH"}
    settings.BUREAU_KEY = "wrong"
    with pytest.raises(SourceRefused):
        ask_sources(asking(key="second", name="另一人"))


def test_where_nobody_answers_it_waits(sandbox, asking):
    sandbox.fault(REGISTRY, "error")
    sandbox.fault(BUREAU, "error")
    with pytest.raises(SourceUnavailable):
        ask_sources(asking())
    assert not Inquiry.objects.filter(answered_at__isnull=False).exists()


def test_asked_again_after_an_outage_it_is_one_question_and_charged_once(sandbox, asking, applicant):
    for service in (REGISTRY, BUREAU):
        sandbox.fault(service, "wrong_signature")
    with pytest.raises(SourceUnavailable):
        ask_sources(asking())
    sandbox.good_weather()
    finding = ask_sources(asking())
    assert answered(finding) == {"population_registry": "MATCH"}
    again = ask_sources(asking())
    assert again.outcome == Outcome.MATCH
    assert sandbox.charges(applicant.id_number)["authority/identity"] == 1
    assert Inquiry.objects.filter(source="population_registry").count() == 1
    assert Event.objects.filter(name="source.answered").count() == 1


def test_an_answer_to_the_same_question_is_used_again_while_it_is_fresh(sandbox, asking):
    ask_sources(asking())
    before = asked(sandbox)
    finding = ask_sources(asking(key="another check"))
    assert (finding.outcome, finding.reused) == (Outcome.MATCH, ("population_registry",))
    assert since(sandbox, before) == (0, 0, 0)
    assert Inquiry.objects.count() == 1


@pytest.mark.parametrize("_case", ["stale", "another name", "another mode", "never"])
def test_and_not_where_it_is_another_question_or_stale(sandbox, asking, setting, _case):
    ask_sources(asking())
    more = {"another name": {"name": "另一人"}, "another mode": {"simple": True}}.get(_case, {})
    if _case == "stale":
        Inquiry.objects.update(answered_at=timezone.now() - timedelta(hours=25))
    if _case == "never":
        setting(rules.FRESH_HOURS, 0)
    before = asked(sandbox)
    assert ask_sources(asking(key="another check", **more)).reused == ()
    assert since(sandbox, before)[0] == 1


def test_an_adverse_answer_is_confirmed_by_the_next_source(sandbox, asking):
    before = asked(sandbox)
    finding = ask_sources(asking(name="另一人"))
    assert (finding.outcome, answered(finding)) == (
        Outcome.MISMATCH_NAME,
        {"population_registry": "MISMATCH_NAME", "credit_bureau": "MISMATCH_NAME"},
    )
    assert since(sandbox, before) == (1, 1, 0)


def test_an_adverse_answer_stands_alone_where_nobody_can_confirm_it(sandbox, asking, setting):
    sandbox.fault(BUREAU, "error")
    assert answered(ask_sources(asking(name="另一人"))) == {"population_registry": "MISMATCH_NAME"}
    sandbox.good_weather()
    setting(rules.SECOND_OPINION, False)
    before = asked(sandbox)
    assert ask_sources(asking(name="又一人")).outcome == Outcome.MISMATCH_NAME
    assert since(sandbox, before) == (1, 0, 0)


@pytest.mark.parametrize("first", ["MISMATCH_NAME", "MISMATCH_BOTH", "NO_RECORD", "MISMATCH_UNSPECIFIED"])
def test_sources_that_answer_differently_are_a_result_of_their_own(sandbox, asking, applicant, first):
    """With both answers, so that a reviewer sees them side by side."""
    sandbox.add_identity(applicant.name, applicant.id_number, outcomes={"authority": first, "bureau": "MATCH"})
    finding = ask_sources(asking())
    assert finding.outcome == Outcome.SOURCE_CONFLICT
    assert answered(finding) == {"population_registry": first, "credit_bureau": "MATCH"}


def test_two_answers_needed_find_a_conflict_behind_a_match(sandbox, asking, applicant, setting):
    sandbox.add_identity(applicant.name, applicant.id_number, outcomes={"bureau": "MISMATCH_NAME"})
    assert ask_sources(asking()).outcome == Outcome.MATCH
    setting(rules.ANSWERS_NEEDED, 2)
    setting(rules.FRESH_HOURS, 0)
    assert ask_sources(asking(key="second")).outcome == Outcome.SOURCE_CONFLICT


@pytest.mark.parametrize("first", ["PORTED_RETRY_OTHER", "UNSUPPORTED_SEGMENT", "TOO_NEW", "PENDING_REVIEW"])
def test_a_source_that_can_not_know_sends_us_to_the_next(sandbox, asking, applicant, first):
    sandbox.add_identity(applicant.name, applicant.id_number, outcomes={"authority": first})
    finding = ask_sources(asking())
    assert (finding.outcome, answered(finding)["credit_bureau"]) == (Outcome.MATCH, "MATCH")


def test_a_source_that_is_still_looking_is_waited_for(sandbox, asking, applicant):
    sandbox.add_identity(applicant.name, applicant.id_number, outcome="PENDING_REVIEW")
    with pytest.raises(SourceUnavailable) as caught:
        ask_sources(asking())
    assert caught.value.reason == "pending"
    sandbox.add_identity(applicant.name, applicant.id_number)
    assert ask_sources(asking()).outcome == Outcome.MATCH


def test_a_slow_source_is_overtaken_by_the_next(sandbox, asking, setting):
    setting(rules.HEDGE_AFTER, 100)
    sandbox.fault(REGISTRY, "latency", milliseconds=3000)
    started = time.monotonic()
    finding = ask_sources(asking())
    assert time.monotonic() - started < 1.5
    assert answered(finding) == {"credit_bureau": "MATCH"}


def test_a_quick_one_is_not_overtaken(sandbox, asking, setting):
    setting(rules.HEDGE_AFTER, 2000)
    before = asked(sandbox)
    assert answered(ask_sources(asking())) == {"population_registry": "MATCH"}
    assert since(sandbox, before) == (1, 0, 0)


def test_two_asked_at_once_that_answer_differently_are_a_conflict(sandbox, asking, applicant, setting):
    setting(rules.HEDGE_AFTER, 50)
    sandbox.add_identity(applicant.name, applicant.id_number, outcomes={"authority": "NO_RECORD"})
    sandbox.fault(REGISTRY, "latency", milliseconds=150)
    assert ask_sources(asking()).outcome == Outcome.SOURCE_CONFLICT


def test_without_consent_nobody_is_asked(sandbox, asking, applicant):
    applicant.consents.filter(purpose=ConsentPurpose.IDENTITY).update(withdrawn_at=timezone.now())
    before = asked(sandbox)
    assert ask_sources(asking()).outcome == Outcome.CONSENT_MISSING
    assert since(sandbox, before) == (0, 0, 0)
    assert not Inquiry.objects.exists()


def test_one_person_is_asked_about_only_so_often_a_day(sandbox, asking, setting):
    """P-PAR-4: whoever tries names under a number is stopped; the question that was asked already may be asked on."""
    setting(rules.SUBJECT_BUDGET, 2)
    ask_sources(asking(name="另一人"))
    before = asked(sandbox)
    assert ask_sources(asking(key="second", name="又一人")).outcome == Outcome.QUOTA_SUBJECT
    assert since(sandbox, before) == (0, 0, 0)
    assert ask_sources(asking(name="另一人")).outcome == Outcome.MISMATCH_NAME
    Inquiry.objects.update(asked_at=timezone.now() - timedelta(hours=25))
    assert ask_sources(asking(key="third", name="又一人")).outcome == Outcome.MISMATCH_NAME


@pytest.mark.parametrize("_case", ["redis", "redis is away", "redis forgot"])
def test_a_budget_is_never_overspent_and_told_before_it_ends(sandbox, asking, setting, settings, _case):
    source = rules.RULES["population_registry"]
    setting(rules.ORDER["identity"], "population_registry")
    setting(source.hourly, 5)
    if _case == "redis is away":
        settings.REDIS_URL = "redis://127.0.0.1:9/0"
    _forget("realname:budget:*")
    for number in range(5):
        if _case == "redis forgot":
            _forget("realname:budget:*")
        ask_sources(asking(key=str(number), name=f"名{number}"))
        assert Event.objects.filter(name="source.budget_low").count() == (1 if number >= 3 else 0)
    before = asked(sandbox)
    with pytest.raises(SourceUnavailable) as caught:
        ask_sources(asking(key="over", name="名六"))
    assert caught.value.reason == "budget"
    assert since(sandbox, before) == (0, 0, 0)
    assert Inquiry.objects.count() == 5
    low = Event.objects.get(name="source.budget_low")
    assert (low.subject_id, low.data["unit"], low.data["used"], low.data["limit"]) == ("population_registry", "questions", 4, 5)


def test_a_budget_of_cents_is_one_too(asking, setting):
    setting(rules.ORDER["identity"], "population_registry")
    setting(rules.RULES["population_registry"].daily_cents, 39)
    _forget("realname:budget:*")
    ask_sources(asking())
    with pytest.raises(SourceUnavailable):
        ask_sources(asking(key="over", name="另一人"))


def test_out_of_budget_at_one_the_next_is_asked(asking, setting):
    setting(rules.RULES["population_registry"].daily_cents, 0)
    _forget("realname:budget:*")
    assert answered(ask_sources(asking())) == {"credit_bureau": "MATCH"}


def _forget(pattern: str) -> None:
    """What Redis holds under these names is gone, as after a restart of it."""
    with redis.Redis.from_url(os.environ["REDIS_URL"]) as client:
        for key in client.scan_iter(pattern):
            client.delete(key)


def test_no_more_at_the_same_time_than_the_source_takes(sandbox, asking, setting):
    """Who finds no place waits in the database, not in a worker."""
    from realname.outside.clients import places_at

    setting(rules.ORDER["identity"], "population_registry")
    setting(rules.RULES["population_registry"].at_once, 1)
    _forget("realname:places:*")  # a hedged question of the test before may still be under way
    with places_at("population_registry", limit=1, seconds=30).one(), pytest.raises(SourceUnavailable) as caught:
        ask_sources(asking())
    assert caught.value.reason == "crowded"
    assert ask_sources(asking()).outcome == Outcome.MATCH


def test_a_source_whose_breaker_is_open_is_neither_asked_nor_charged(sandbox, asking):
    from realname.outside.clients import breaker_for

    for _ in range(5):
        with pytest.raises(SourceUnavailable), breaker_for("population_registry").guard():
            raise SourceUnavailable("population_registry", "network")
    before = asked(sandbox)
    assert answered(ask_sources(asking())) == {"credit_bureau": "MATCH"}
    assert since(sandbox, before) == (0, 1, 0)
    assert not Inquiry.objects.filter(source="population_registry").exists()


def test_a_source_without_an_address_is_not_asked(sandbox, asking, settings):
    settings.AUTHORITY_URL = ""
    assert answered(ask_sources(asking())) == {"credit_bureau": "MATCH"}


def test_in_simple_mode_no_record_and_mismatch_look_and_take_the_same(sandbox, asking, applicant):
    """P-PAR-1: the same outcome, as many questions to as many sources; and times that do not tell them apart."""
    known = applicant.id_number
    seen, times = {}, {"mismatch": [], "no record": []}
    unlisted = "110105199003071239"
    for number in range(12):
        for case, id_number in (("mismatch", known), ("no record", unlisted)):
            before, started = asked(sandbox), time.monotonic()
            finding = ask_sources(asking(key=f"{case}{number}", name=f"名{number}", id_number=id_number, simple=True))
            times[case].append(time.monotonic() - started)
            seen.setdefault(case, set()).add((str(finding.outcome), tuple(answered(finding).items()), since(sandbox, before)))
    assert (
        seen["mismatch"]
        == seen["no record"]
        == {
            (
                "MISMATCH_UNSPECIFIED",
                (("population_registry", "MISMATCH_UNSPECIFIED"), ("credit_bureau", "MISMATCH_UNSPECIFIED")),
                (1, 1, 0),
            )
        }
    )
    medians = [sorted(each)[6] for each in times.values()]
    assert 0.5 < medians[0] / medians[1] < 2
