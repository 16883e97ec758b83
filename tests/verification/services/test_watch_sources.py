"""P-VER-6, P-MON-7: an outage is told, gives an alarm when it lasts, and who waits is sent again soon after it, paced."""

from datetime import timedelta

import pytest
from django.utils import timezone

from realname.outside import SourceUnavailable
from realname.outside.clients import breaker_for
from realname.trail.models import Event
from registration.models import Application
from tests.factories import registration as make
from tests.factories.policy import set_value
from verification.models import Check, SourceStanding
from verification.services.open_checks import open_checks
from verification.services.release_waiting import release_waiting
from verification.services.watch_sources import watch_sources
from verification.states import CheckKind, CheckStatus

pytestmark = pytest.mark.django_db
REGISTRY = "population_registry"
IDENTITY = CheckKind.AUTHORITY_IDENTITY


@pytest.fixture
def sent(monkeypatch) -> list:
    """What is handed to the queue."""
    found = []
    monkeypatch.setattr("verification.services.send_checks.enqueue", lambda task, pk, queue: found.append(pk))
    return found


def break_down(source: str = REGISTRY) -> None:
    for _ in range(5):
        with pytest.raises(SourceUnavailable), breaker_for(source).guard():
            raise SourceUnavailable(source, "network")


def waiting(number: int, *, kind: CheckKind = IDENTITY, tried: timedelta = timedelta(0)) -> list[Check]:
    """So many applications whose check was asked in vain, and is to be asked again in an hour."""
    now = timezone.now()
    for _ in range(number):
        open_checks(application_id=make.submitted().pk)
    Check.objects.filter(kind=kind).update(
        status=CheckStatus.WAITING, waiting_since=now, waiting_reason="network", tried_at=now - tried, not_before=now + timedelta(hours=1)
    )
    return list(Check.objects.filter(kind=kind))


def told(name: str) -> int:
    return Event.objects.filter(name=name, subject_id=REGISTRY).count()


def test_an_outage_is_told_once_and_its_end_with_its_length(sandbox):
    assert watch_sources() == 0
    break_down()
    assert watch_sources() == 1
    SourceStanding.objects.update(down_since=timezone.now() - timedelta(seconds=90))
    assert watch_sources() == 0
    breaker_for(REGISTRY).reset()
    assert watch_sources() == 1
    assert watch_sources() == 0
    assert (told("source.down"), told("source.recovered"), told("source.alarm")) == (1, 1, 0)
    assert Event.objects.get(name="source.recovered").data["seconds"] in {90, 91}


@pytest.mark.parametrize(
    ("_case", "minutes", "number", "alarms"),
    [("short", 9, 2, 0), ("long", 11, 2, 1), ("long and nobody waits", 11, 0, 0), ("short and many wait", 1, 3, 1)],
)
def test_an_outage_that_lasts_or_holds_up_many_gives_an_alarm_once(sandbox, _case, minutes, number, alarms):
    set_value(key="sources.alarm_waiting", value=3, note="test")
    waiting(number)
    break_down()
    watch_sources()
    SourceStanding.objects.update(down_since=timezone.now() - timedelta(minutes=minutes))
    watch_sources()
    watch_sources()
    assert told("source.alarm") == alarms
    if alarms:
        assert Event.objects.filter(name="source.alarm").last().data["owner"] == "compliance"


def test_a_source_that_is_back_is_asked_at_once_and_not_flooded(sandbox, sent, settings):
    """Not after the long pause; so many a sweep; those that were tried again since keep their own pause."""
    settings.SWEEP_SECONDS = 1
    set_value(key="sources.release_per_second", value=2, note="test")
    checks = waiting(5, tried=timedelta(minutes=1))
    tried_since = checks[0]
    Check.objects.filter(pk=tried_since.pk).update(tried_at=timezone.now() + timedelta(minutes=1))
    sent.clear()
    break_down()
    watch_sources()
    assert release_waiting() == 0
    breaker_for(REGISTRY).reset()
    watch_sources()
    assert [release_waiting() for _ in range(4)] == [2, 2, 0, 0]
    assert len(set(sent)) == 4
    assert tried_since.pk not in sent
    assert Check.objects.waiting().filter(not_before__lte=timezone.now()).count() == 4


def test_of_one_that_may_be_back_one_question_finds_out(sandbox, sent, monkeypatch):
    waiting(3)
    sent.clear()
    break_down()
    watch_sources()
    monkeypatch.setattr("realname.outside.breaker.Breaker.state", lambda self: "half_open" if self.source == REGISTRY else "closed")
    assert release_waiting() == 1
    assert len(sent) == 1


def test_what_waits_for_another_fact_is_left_alone(sandbox, sent):
    waiting(2, kind=CheckKind.LINE_COUNT, tried=timedelta(minutes=1))
    SourceStanding.objects.create(name=REGISTRY, recovered_at=timezone.now())
    assert release_waiting() == 0
    SourceStanding.objects.create(name="operator_exchange", recovered_at=timezone.now())
    assert release_waiting() == 2


def test_nobody_is_asked_about_a_person_who_is_erased(sandbox):
    """R-28: their inquiries stay counted, and lead to nobody."""
    from verification.models import Inquiry
    from verification.services.forget_person import forget_person

    application: Application = make.submitted()
    Inquiry.objects.create(
        person_id=application.person_id, application=application, fact="identity", source=REGISTRY, request_key="k", cents=1,
        question_index="a" * 64, subject_index="b" * 64,
    )  # fmt: skip
    forget_person(person_id=application.person_id)
    assert list(Inquiry.objects.values_list("question_index", "subject_index", "cents")) == [(None, None, 1)]
