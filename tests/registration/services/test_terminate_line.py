"""A line ends once, frees its place, and its number rests before anybody else has it (P-PAR-1, R-06, R-13)."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from realname.access.actor import SYSTEM
from realname.trail.models import Event
from realname.vault.erase import erase_person
from registration.errors import NumberRegistered
from registration.models import Line, Number
from registration.numbers import has_its_number
from registration.selectors import lines_held_by_identity
from registration.services.return_numbers import return_numbers
from registration.services.stock_numbers import stock_numbers
from registration.services.terminate_line import terminate_line
from registration.states import EndReason, LineStatus, NumberStatus
from tests.factories import registration as make
from tests.factories.policy import set_value

pytestmark = pytest.mark.django_db


def end(line: Line, reason: EndReason = EndReason.HOLDER, actor=SYSTEM) -> Line:
    return terminate_line(actor=actor, line_id=line.pk, reason=reason)


def row(number: str) -> Number:
    return Number.objects.get(number=number)


def rest_is_over(number: str) -> None:
    Number.objects.filter(number=number).update(quarantine_until=timezone.localdate())


def test_activation_puts_the_chosen_number_into_use():
    """R-01: not before; nothing in the inventory leads to the holder any more."""
    line = make.line_on("19200000001")
    number = row("19200000001")
    assert line.number == "19200000001"
    assert (number.status, number.reserved_for_id, number.reserved_until) == (NumberStatus.IN_USE, None, None)
    assert line.person.contact_phone == line.application.phone != line.number


def test_a_brought_number_has_a_row_too():
    application = make.activated()
    number = row(application.phone)
    assert (number.status, number.stocked, number.freed_on) == (NumberStatus.IN_USE, False, None)


@pytest.mark.parametrize("status", [LineStatus.ACTIVE, LineStatus.RESTRICTED, LineStatus.SUSPENDED])
def test_a_held_line_ends_and_its_number_rests(status):
    line = make.line_on("19200000002")
    Line.objects.filter(pk=line.pk).update(status=status)
    set_value(key="registration.quarantine_days", value=60, note="the province asks for it")
    ended = end(line, EndReason.UNPAID)
    today = timezone.localdate()
    assert (ended.status, ended.end_reason) == (LineStatus.TERMINATED, EndReason.UNPAID)
    assert timezone.now() - ended.ended_at < timedelta(minutes=1)
    number = row("19200000002")
    assert (number.status, number.freed_on, number.quarantine_until) == (NumberStatus.QUARANTINE, today, today + timedelta(days=60))
    event = Event.objects.get(name="line.terminated")
    assert (event.reason, event.subject_id, event.data) == ("unpaid", str(line.pk), {"quarantine_days": 60})


def test_ended_twice_it_is_the_same_end():
    line = make.line_on("19200000003")
    first, again = end(line, EndReason.HOLDER), end(line, EndReason.MISUSE)
    assert (again.ended_at, again.end_reason) == (first.ended_at, EndReason.HOLDER)
    assert Event.objects.filter(name="line.terminated").count() == 1


def test_its_place_under_the_limit_is_free():
    """R-13."""
    identity = make.new_id_number()
    applications = [make.activated(id_number=identity) for _ in range(5)]
    index = applications[0].id_number_index
    assert lines_held_by_identity(index) == 5
    end(applications[0].line)
    assert lines_held_by_identity(index) == 4
    make.activated(id_number=identity)


def test_a_person_ends_their_own_line_only():
    line, stranger = make.line_on("19200000004"), make.started()
    with pytest.raises(Line.DoesNotExist):
        end(line, actor=make.person_actor(stranger))
    line.refresh_from_db()
    assert (line.status, row("19200000004").status) == (LineStatus.ACTIVE, NumberStatus.IN_USE)
    assert end(line, actor=make.person_actor(line.application)).status == LineStatus.TERMINATED


class TestRest:
    """Before anybody else has it."""

    @pytest.fixture
    def number(self) -> str:
        end(make.line_on("19200000005"))
        return "19200000005"

    def test_meanwhile_nobody_chooses_it(self, number):
        from registration.services.reserve_number import ReservationRefused, reserve_number

        application = make.drafted()
        with pytest.raises(ReservationRefused):
            reserve_number(actor=make.person_actor(application), application_id=application.pk, number=number)

    def test_meanwhile_nobody_registers_it_as_their_own(self, number):
        """Not even who holds the card: approved, it is refused (R-01)."""
        from verification.services.outcomes import approve

        application = make.verifying()
        application.phone = number
        application.save(update_fields=["phone", "phone_index"])
        assert not has_its_number(application)
        with transaction.atomic():
            assert approve(actor=SYSTEM, application=application, reason="APPROVED") == "ALREADY_REGISTERED"
        assert Line.objects.count() == 1

    def test_not_before_its_day(self, number):
        Number.objects.update(quarantine_until=timezone.localdate() + timedelta(days=1))
        assert return_numbers() == 0
        assert row(number).status == NumberStatus.QUARANTINE

    def test_on_its_day_it_is_back_in_stock_once(self, number):
        rest_is_over(number)
        assert [return_numbers(), return_numbers()] == [1, 0]
        back = row(number)
        assert (back.status, back.quarantine_until, back.freed_on) == (NumberStatus.AVAILABLE, None, timezone.localdate())
        assert Event.objects.filter(name="number.returned").count() == 1

    def test_somebody_else_has_it_then(self, number):
        rest_is_over(number)
        return_numbers()
        again = make.line_on(number)
        assert again.number == number
        assert Line.objects.filter(number_index=again.number_index).count() == 2


def test_a_brought_number_does_not_become_ours():
    line = make.activated().line
    end(line)
    rest_is_over(line.number)
    return_numbers()
    assert row(line.number).status == NumberStatus.ELSEWHERE
    make.line_on(line.number)  # once the operator stocks it


def test_a_brought_number_that_is_stocked_while_it_rests_is_ours_after():
    line = make.activated().line
    end(line)
    assert stock_numbers(actor=SYSTEM, numbers=[line.number]) == 1
    assert row(line.number).status == NumberStatus.QUARANTINE
    rest_is_over(line.number)
    return_numbers()
    assert row(line.number).status == NumberStatus.AVAILABLE


def test_a_number_that_nobody_can_name_any_more_is_given_to_nobody():
    """Its holder's data were erased while they held it."""
    line = make.line_on("19200000006")
    with transaction.atomic():
        erase_person(line.person_id)
    assert end(line).status == LineStatus.TERMINATED
    assert row("19200000006").status == NumberStatus.IN_USE


def test_the_database_itself_refuses_an_end_without_a_day():
    line = make.line_on("19200000007")
    with pytest.raises(IntegrityError, match="line_ended_once_terminated"):
        Line.objects.filter(pk=line.pk).update(status=LineStatus.TERMINATED)


def test_a_rejected_application_comes_back_with_its_number_or_not_at_all():
    """R-29: kept again for the review, unless somebody else chose it meanwhile."""
    from registration.services.release_number import release_lapsed_numbers
    from registration.services.request_review import request_review
    from registration.services.submit_application import submit_application
    from verification.services.outcomes import reject

    refused = []
    for number in make.in_stock(count=2):
        application = make.choosing(make.complete(), number.number)
        submit_application(actor=make.person_actor(application), application_id=application.pk, submission_key="")
        application.refresh_from_db()
        application.move(to="verifying")
        with transaction.atomic():
            reject(actor=SYSTEM, application=application, reasons=["FACE_MISMATCH"])
        refused.append(application)
    assert release_lapsed_numbers() == 2
    lucky, late = refused
    request_review(actor=make.person_actor(lucky), application_id=lucky.pk)
    assert Number.objects.get(reserved_for=lucky).number == lucky.chosen_number
    make.choosing(make.drafted(), late.chosen_number)
    with pytest.raises(NumberRegistered) as refusal, transaction.atomic():
        request_review(actor=make.person_actor(late), application_id=late.pk)
    assert refusal.value.code == "number_gone"
