"""The daily erasure by the clock: what is due goes, what is not stays, a hold wins, a wrong clock erases nothing (R-06, R-28, R-35)."""

from datetime import UTC, datetime, timedelta
from io import StringIO

import pytest
import time_machine
from django.apps import apps
from django.core.management import call_command
from django.core.management.base import CommandError
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from realname.access.actor import SYSTEM, Actor
from realname.trail.models import Event
from realname.vault.blind_index import BlindIndexField
from realname.vault.erase import is_erased
from realname.vault.fields import EncryptedDateField, EncryptedJSONField, EncryptedTextField
from realname.vault.models import EncryptedFile
from registration.errors import AccountRefused, HoldRefused
from registration.models import Application, Line, Person, PhoneCode, RetentionRun, RetentionStop
from registration.retention import rules
from registration.retention import run as running
from registration.retention.base import rule_named
from registration.services.erase_face_captures import erase_face_captures
from registration.services.hold_data import confirm_clock, lift_hold, place_hold
from registration.services.terminate_line import terminate_line
from registration.services.withdraw_application import withdraw_application
from registration.states import EndReason
from tests.factories import registration as make

pytestmark = pytest.mark.django_db

BEGAN = datetime(2026, 3, 2, 4, 0, tzinfo=UTC)
ONE = Actor(kind="staff", id="1", name="one", role="compliance")
OTHER = Actor(kind="staff", id="2", name="other", role="compliance")
REVIEWER = Actor(kind="staff", id="3", name="reviewer", role="reviewer")


@pytest.fixture(autouse=True)
def clock():
    """Stands where it is put."""
    with time_machine.travel(BEGAN, tick=False) as traveller:
        yield traveller


def run(**kwargs) -> None:
    """A whole day's erasure."""
    while running.run_batch(**kwargs):
        pass


def served() -> Person:
    """A person whose only line ended now."""
    application = make.activated()
    terminate_line(actor=SYSTEM, line_id=Line.objects.get(application=application).pk, reason=EndReason.UNPAID)
    return Person.objects.get(pk=Application.objects.get(pk=application.pk).person_id)


def counts(rule: str) -> tuple[int, int, int, int]:
    """Due, erased, held, failed of the newest run."""
    newest = RetentionRun.objects.filter(rule=rule, dry=False).order_by("-as_of").first()
    return newest.due, newest.erased, newest.held, newest.failed


@pytest.mark.parametrize(("days", "gone"), [(729, False), (730, False), (731, True)])
def test_identity_data_stays_two_years_after_the_last_line(clock, days, gone):
    """R-06: day 729 kept, day 731 gone, with indexes, files and an event that names nobody's data."""
    person = served()
    clock.move_to(BEGAN + timedelta(days=days))
    run()
    assert is_erased(person.pk) is gone
    person = Person.objects.defer("name").get(pk=person.pk)
    assert (person.id_number_index is None) is gone
    assert EncryptedFile.objects.filter(person_id=person.pk, erased_at=None, kind="document_front").exists() is not gone
    event = Event.objects.filter(name="retention.erased", person_id=person.pk, data__rule="after_service").first()
    assert (event.data if event else None) == ({"rule": "after_service", "rows": 1} if gone else None)


def test_while_one_line_runs_everything_stays(clock):
    """During service: any line that is not terminated."""
    one = make.activated()
    two = make.activated(id_number=one.id_number)
    one, two = Application.objects.get(pk=one.pk), Application.objects.get(pk=two.pk)
    assert one.person_id == two.person_id
    terminate_line(actor=SYSTEM, line_id=one.line.pk, reason=EndReason.UNPAID)
    clock.move_to(BEGAN + timedelta(days=2000))
    run()
    assert not is_erased(one.person_id)


def test_a_person_with_a_new_application_on_its_way_stays(clock):
    """Who comes back is not erased under their own feet."""
    person = served()
    clock.move_to(BEGAN + timedelta(days=729))
    application = make.submitted()
    Application.objects.filter(pk=application.pk).update(person=person)
    clock.move_to(BEGAN + timedelta(days=740))
    run()
    assert not is_erased(person.pk)


@pytest.mark.parametrize(("days", "gone"), [(29, False), (31, True)])
def test_an_application_that_came_to_nothing_goes_after_thirty_days(clock, days, gone):
    """R-28: nothing demands that we keep it."""
    application = make.complete()
    withdraw_application(actor=make.person_actor(application), application_id=application.pk)
    clock.move_to(BEGAN + timedelta(days=days))
    run()
    assert is_erased(application.person_id) is gone


def test_codes_are_kept_for_six_months_and_no_longer(clock):
    """R-41."""
    make.drafted()
    clock.move_to(BEGAN + timedelta(days=183))
    run(only="phone_codes")
    assert PhoneCode.objects.count() == 1
    clock.move_to(BEGAN + timedelta(days=184))
    run(only="phone_codes")
    assert PhoneCode.objects.count() == 0


@pytest.mark.parametrize("scope", ["person", "application", "line"])
def test_a_legal_hold_wins_and_is_counted(clock, scope):
    """Over the clock, over the erasure of faces; lifted, the data go the next day."""
    person = served()
    application = person.applications.get()
    ids = {"application": {"application_id": application.pk}, "line": {"line_id": application.line.pk}, "person": {}}[scope]
    hold = place_hold(actor=ONE, person_id=person.pk, reason="dispute", authority_reference="(2026) 1", **ids)
    clock.move_to(BEGAN + timedelta(days=800))
    run()
    assert erase_face_captures() == 0
    assert not is_erased(person.pk)
    assert counts("after_service") == (1, 0, 1, 0)
    assert counts("face_captures") == (2, 0, 2, 0)
    with pytest.raises(HoldRefused, match="hold_second_person"):
        lift_hold(actor=ONE, hold_id=hold.pk, reason="r")
    with pytest.raises(HoldRefused, match="hold_not_allowed"):
        lift_hold(actor=REVIEWER, hold_id=hold.pk, reason="r")
    lift_hold(actor=OTHER, hold_id=hold.pk, reason="r")
    clock.move_to(BEGAN + timedelta(days=801))
    run()
    assert is_erased(person.pk)


def test_a_hold_ends_with_its_day_and_needs_its_words(clock):
    """An order that has run out holds nothing."""
    person = served()
    for words in ({"reason": " ", "authority_reference": "1"}, {"reason": "1", "authority_reference": ""}):
        with pytest.raises(HoldRefused, match="hold_incomplete"):
            place_hold(actor=ONE, person_id=person.pk, **words)
    place_hold(actor=ONE, person_id=person.pk, reason="r", authority_reference="1", until=BEGAN + timedelta(days=740))
    clock.move_to(BEGAN + timedelta(days=739))
    run()
    assert not is_erased(person.pk)
    clock.move_to(BEGAN + timedelta(days=741))
    run()
    assert is_erased(person.pk)


def test_a_hold_wins_over_the_wish_to_delete(django_user_model):
    """A deletion that nothing else forbids is not granted."""
    from registration.services.account.answer_right import answer_right
    from registration.services.account.request_right import request_right
    from registration.states import RightsKind

    application = make.drafted()
    asked = request_right(actor=make.person_actor(application), kind=RightsKind.DELETION)
    place_hold(actor=ONE, person_id=application.person_id, reason="r", authority_reference="1")
    staff = django_user_model.objects.create_user("c", role="compliance", is_staff=True)
    with pytest.raises(AccountRefused, match="rights_legal_hold"):
        answer_right(actor=ONE, staff=staff, request_id=asked.pk, granted=True, answer="done")
    assert not is_erased(application.person_id)


def test_a_dry_run_changes_nothing_and_names_the_oldest(clock):
    """Counts and oldest of each rule; only its own report is kept."""
    person = served()
    ended = person.lines.get().ended_at
    clock.move_to(BEGAN + timedelta(days=731))
    events = Event.objects.count()
    found = {run.rule: run for run in running.dry_run()}
    assert (found["after_service"].due, found["after_service"].oldest) == (1, ended)
    assert set(found) == {rule.name for rule in rules()}
    assert not is_erased(person.pk)
    assert Event.objects.count() == events
    assert not RetentionRun.objects.filter(dry=False).exists()


def test_a_leap_of_the_clock_erases_nothing_until_it_is_confirmed(clock):
    """Neither forward nor back; by compliance alone; told once."""
    person = served()
    run()
    clock.move_to(BEGAN + timedelta(days=731))
    run()
    run()
    assert not is_erased(person.pk)
    stop = RetentionStop.objects.get()
    assert Event.objects.filter(name="retention.stopped").count() == 1
    with pytest.raises(CommandError, match="Stopped"):
        call_command("retention", "run", stdout=StringIO())
    with pytest.raises(HoldRefused):
        confirm_clock(actor=REVIEWER, stop_id=stop.pk, reason="r")
    clock.move_to(BEGAN - timedelta(days=1))
    run()
    assert RetentionRun.objects.filter(dry=False).count() == len(rules())
    clock.move_to(BEGAN + timedelta(days=731))
    confirm_clock(actor=ONE, stop_id=stop.pk, reason="r")
    run()
    assert is_erased(person.pk)


def test_a_missed_day_is_caught_up(clock):
    """Within the days that policy allows nobody is asked."""
    person = served()
    clock.move_to(BEGAN + timedelta(days=727))
    run()
    clock.move_to(BEGAN + timedelta(days=733))
    run()
    assert is_erased(person.pk)


def test_killed_between_two_persons_it_goes_on_and_counts_each_once(clock, monkeypatch):
    """The count is written with the erasure: nothing is lost or doubled."""
    people = [served() for _ in range(5)]
    clock.move_to(BEGAN + timedelta(days=731))
    calls, real = [], running._erase_of

    def dies(run, rule, person_id):
        calls.append(person_id)
        if len(calls) == 3:
            raise KeyboardInterrupt
        real(run, rule, person_id)

    monkeypatch.setattr(running, "_erase_of", dies)
    with pytest.raises(KeyboardInterrupt):
        run(only="after_service")
    assert sum(is_erased(person.pk) for person in people) == 2
    run(only="after_service", limit=2)
    assert all(is_erased(person.pk) for person in people)
    assert counts("after_service") == (5, 5, 0, 0)
    run(only="after_service")
    assert Event.objects.filter(name="retention.erased").count() == 5


def test_one_persons_fault_keeps_nobody_elses_data(clock, monkeypatch):
    """It is counted, and tried again the next day."""
    people = sorted([served() for _ in range(3)], key=lambda person: person.pk)
    clock.move_to(BEGAN + timedelta(days=731))
    real = running._erased

    def fails(rule, keys):
        if keys == [people[0].pk]:
            raise OSError
        return real(rule, keys)

    monkeypatch.setattr(running, "_erased", fails)
    run(only="after_service")
    assert [is_erased(person.pk) for person in people] == [False, True, True]
    assert counts("after_service") == (3, 2, 0, 1)
    monkeypatch.setattr(running, "_erased", real)
    clock.move_to(BEGAN + timedelta(days=732))
    run(only="after_service")
    assert is_erased(people[0].pk)


def test_the_command_reports_in_json(clock):
    """Of one rule; an unknown one is refused with the names there are."""
    run()
    out = StringIO()
    call_command("retention", "report", "--rule", "phone_codes", "--json", stdout=out)
    assert '"rule": "phone_codes"' in out.getvalue()
    with pytest.raises(CommandError, match="after_service"):
        call_command("retention", "report", "--rule", "nothing", stdout=out)


@settings(deadline=None)  # a busy machine is no wrong answer
@given(ended=st.integers(0, 1500), hour=st.integers(0, 23), now=st.integers(0, 1500))
def test_due_agrees_with_the_calendar(ended, hour, now):
    """R-06: whatever the hours, due means that more than 730 calendar days have passed in Shanghai."""
    from django.db import transaction

    end, at = BEGAN + timedelta(days=ended, hours=hour), BEGAN + timedelta(days=now)
    with transaction.atomic():
        person = Person.objects.create()
        application = Application.objects.create(person=person, status="activated")
        Line.objects.create(person=person, application=application, number="x", status="terminated", ended_at=end)
        due = rule_named("after_service").due(at).filter(pk=person.pk).exists()
        transaction.set_rollback(True)
    assert due is ((timezone.localdate(at) - timezone.localdate(end)).days > 730)


# personal data that no rule of its own names, and why
UNDER_THE_PERSONS_KEY = {
    "verification.Check": "what was compared is identity material: ends with the person's key",
    "changes.ChangeRequest": "the archive of changes: ends with the person's key; its blind indexes by changes.forget_person",
    "registration.BulkImport": "its file goes once its rows are taken over, or nobody confirmed it: services.bulk.work_through",
    "registration.BulkRow": "forgotten when its invitation or its application is over: services.bulk.work_through",
    "changes.ChangeCode": "ends with the person's key, as its change does",
}


def test_no_model_with_personal_data_is_forgotten():
    """R-28: each is named by a rule or stands here with its reason; and no reason outlives its model."""
    sealed = (EncryptedTextField, EncryptedJSONField, EncryptedDateField, BlindIndexField)
    personal = {
        model._meta.label
        for model in apps.get_models()
        if any(isinstance(field, sealed) or field.related_model is EncryptedFile for field in model._meta.fields)
    }
    covered = {label for rule in rules() for label in rule.covers}
    assert personal - covered == set(UNDER_THE_PERSONS_KEY)
    assert covered <= {model._meta.label for model in apps.get_models()}
