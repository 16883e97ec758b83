"""What is kept for lines of things, and until when (R-06, R-19)."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from realname.trail.models import Event
from registration.account_selectors import keeping_of, service_ended
from registration.models import IotLine, IotReport, Organisation
from registration.retention.base import rule_named
from registration.services.iot.end_line import end_iot_line
from registration.services.iot.note_use import note_use
from registration.services.terminate_line import terminate_line
from registration.states import EndReason
from tests.factories import iot as make
from tests.factories import organisation as organisations
from tests.factories import registration as people

pytestmark = pytest.mark.django_db
YEARS = timedelta(days=735)


def due(rule: str, at) -> list:
    """Rows whose time is over at that moment."""
    return list(rule_named(rule).due(at))


def test_an_organisation_is_kept_for_its_lines_of_things_and_two_years_after():
    line = make.activated()
    later = timezone.now() + YEARS
    assert due("organisations_after_service", later) == []
    end_iot_line(actor=make.clerk_of(line.organisation), line_id=line.pk, reason=EndReason.HOLDER)
    assert due("organisations_after_service", timezone.now() + timedelta(days=729)) == []
    assert due("organisations_after_service", later) == [line.organisation]
    assert rule_named("organisations_after_service").erase(Organisation.objects.filter(pk=line.organisation_id)) == 1
    assert Event.objects.filter(name="person.erased").count() == 1


def test_an_organisation_that_uses_a_line_of_another_is_kept_too():
    user = organisations.approved()
    use = make.approved(resold=True)
    make.activated(use, make.Card(imei=make.new_imei(), code=user.credit_code))
    assert due("organisations_after_service", timezone.now() + YEARS) == []


def test_who_uses_or_answers_for_one_is_kept_and_not_frozen():
    user, responsible = people.activated(), people.activated()
    given = {"responsible_reference": responsible.reference, "responsible_last_six": responsible.id_number[-6:]}
    card = make.Card(imei=make.new_imei(), reference=user.reference, last_six=user.id_number[-6:])
    line = make.activated(make.approved(resold=True, **given), card)
    persons = [user.line.person, responsible.line.person]
    for application in (user, responsible):
        terminate_line(actor=people.person_actor(application), line_id=application.line.pk, reason=EndReason.HOLDER)
    assert not service_ended().exists() and [keeping_of(person).reason for person in persons] == ["service_runs"] * 2
    later = timezone.now() + timedelta(days=400)
    with time_machine.travel(later):
        end_iot_line(actor=make.clerk_of(line.organisation), line_id=line.pk, reason=EndReason.HOLDER)
    assert due("after_service", timezone.now() + YEARS) == []
    assert set(due("after_service", later + YEARS)) == set(persons)


def test_reports_go_once_no_month_needs_them():
    line = make.activated()
    note_use(make.seen(line))
    assert due("iot_reports", timezone.now() + timedelta(days=65)) == []
    assert rule_named("iot_reports").erase(rule_named("iot_reports").due(timezone.now() + timedelta(days=67))) == 1
    assert not IotReport.objects.exists() and IotLine.objects.count() == 1
