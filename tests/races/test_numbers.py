"""One number has one holder, whoever acts at the same moment (P-REG-5, P-PAR-1, R-13)."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from realname.access.actor import SYSTEM
from realname.states import TransitionNotAllowed
from realname.trail.models import Event
from registration.errors import ApplicationIncomplete, NumberNotKept, NumberRegistered, ReservationRefused
from registration.models import Application, Line, Number
from registration.services.activate_line import activate_line
from registration.services.release_number import release_lapsed_numbers
from registration.services.reserve_number import reserve_number
from registration.services.return_numbers import return_numbers
from registration.services.stock_numbers import stock_numbers
from registration.services.submit_application import submit_application
from registration.services.terminate_line import terminate_line
from registration.states import ApplicationStatus, EndReason, LineStatus, NumberStatus
from tests.factories import registration as make
from tests.races.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def reserve(application: Application, number: Number) -> Number:
    return reserve_number(actor=make.person_actor(application), application_id=application.pk, number=number.number)


def submit(application: Application) -> Application:
    return submit_application(actor=make.person_actor(application), application_id=application.pk, submission_key="k")


def end(line: Line, reason: EndReason = EndReason.HOLDER) -> Line:
    return terminate_line(actor=SYSTEM, line_id=line.pk, reason=reason)


def choosing(number: Number, *, status: str = ApplicationStatus.DRAFT) -> Application:
    """A complete application for a number of the stock."""
    application = make.choosing(make.complete(), number.number)
    if status != ApplicationStatus.DRAFT:
        submit(application)
        Application.objects.filter(pk=application.pk).update(status=status)
    return application


def test_50_people_who_choose_one_number_are_one_who_has_it():
    [number] = make.in_stock()
    drafts = [make.drafted() for _ in range(50)]
    results = at_once(*((lambda draft=draft: reserve(draft, number)) for draft in drafts))
    kept = [result for result in results if isinstance(result, Number)]
    refused = [result.code for result in results if isinstance(result, ReservationRefused)]
    assert (len(kept), refused) == (1, ["number_taken"] * 49)
    number.refresh_from_db()
    winner = drafts[next(place for place, result in enumerate(results) if isinstance(result, Number))]
    assert number.reserved_for_id == winner.pk
    assert Event.objects.filter(name="number.reserved").count() == 1


def test_one_device_in_many_tabs_keeps_no_more_than_policy_says():
    numbers = make.in_stock(count=10)
    drafts = [make.drafted(device="one") for _ in range(3)] + [make.drafted() for _ in range(7)]
    Application.objects.filter(pk__in=[draft.pk for draft in drafts]).update(device="one")
    results = at_once(*((lambda pair=pair: reserve(*pair)) for pair in zip(drafts, numbers, strict=True)))
    assert sum(isinstance(result, Number) for result in results) == 3
    assert Number.objects.reserved().count() == 3


def test_two_numbers_chosen_crosswise_do_not_lock_each_other_out():
    first, second = make.in_stock(count=2)
    one, other = make.drafted(), make.drafted()
    for _ in range(5):
        reserve(one, first)
        reserve(other, second)
        results = at_once(lambda: reserve(one, second), lambda: reserve(other, first))
        assert all(isinstance(result, ReservationRefused) for result in results), results
    assert [first.pk, second.pk] == [one.reservation.pk, other.reservation.pk]


def test_a_reservation_that_lapses_while_its_application_is_handed_in():
    """Either it is handed in and keeps its number, or it is told and the number is free: never one without the other."""
    for number in make.in_stock(count=5):
        application = choosing(number)
        Number.objects.filter(pk=number.pk).update(reserved_until=timezone.now() - timedelta(seconds=1))
        handed_in, _released = at_once(lambda: submit(application), release_lapsed_numbers)  # noqa: B023
        number.refresh_from_db()
        application.refresh_from_db()
        if isinstance(handed_in, Application):
            assert (number.status, number.reserved_for_id, number.reserved_until) == (NumberStatus.RESERVED, application.pk, None)
            assert application.status == ApplicationStatus.SUBMITTED
        else:
            assert isinstance(handed_in, ApplicationIncomplete), handed_in
            assert (number.status, application.status) == (NumberStatus.AVAILABLE, ApplicationStatus.DRAFT)


def test_a_line_ended_by_many_at_once_ends_once():
    line = make.line_on("19200000001")
    results = at_once(*((lambda reason=reason: end(line, reason)) for reason in [EndReason.HOLDER, EndReason.UNPAID] * 3))
    assert len({(result.ended_at, result.end_reason) for result in results}) == 1
    assert Event.objects.filter(name="line.terminated").count() == 1
    assert Number.objects.get(number="19200000001").status == NumberStatus.QUARANTINE


def test_a_line_that_ends_while_its_number_is_registered_anew():
    """Its holder's number is proven by somebody with the card; whichever comes first, there are never two holders."""
    for serial in range(3):
        number = f"1920000100{serial}"
        line, rival = make.line_on(number), make.verifying()
        rival.phone, rival.status = number, ApplicationStatus.APPROVED
        rival.save()
        ended, activated = at_once(lambda: end(line), lambda: activate_line(actor=SYSTEM, application_id=rival.pk))  # noqa: B023
        assert ended.status == LineStatus.TERMINATED
        assert isinstance(activated, NumberRegistered), activated
        assert Number.objects.get(number=number).status == NumberStatus.QUARANTINE
        assert Line.objects.filter(number_index=line.number_index).count() == 1


def test_an_activation_while_the_reservation_is_swept_and_its_person_withdraws():
    from registration.services.withdraw_application import withdraw_application

    for number in make.in_stock(count=5):
        application = choosing(number, status=ApplicationStatus.VERIFYING)

        def _approve(pk=application.pk) -> Line:
            from registration.locks import lock_application

            with transaction.atomic():
                locked = lock_application(pk)
                locked.move(to=ApplicationStatus.APPROVED)
                locked.save(update_fields=["status"])
                return activate_line(actor=SYSTEM, application_id=pk)

        activated, _swept, withdrawn = at_once(
            _approve,
            release_lapsed_numbers,
            lambda: withdraw_application(actor=make.person_actor(application), application_id=application.pk),  # noqa: B023
        )
        release_lapsed_numbers()
        number.refresh_from_db()
        if isinstance(activated, Line):
            assert isinstance(withdrawn, TransitionNotAllowed)
            assert (number.status, number.reserved_for_id) == (NumberStatus.IN_USE, None)
        else:
            assert isinstance(activated, TransitionNotAllowed | NumberNotKept), activated
            assert (number.status, Line.objects.filter(application=application).count()) == (NumberStatus.AVAILABLE, 0)


def test_two_sweeps_return_a_number_once():
    line = make.line_on("19200000003")
    end(line)
    Number.objects.update(quarantine_until=timezone.localdate())
    assert sum(at_once(return_numbers, return_numbers, return_numbers)) == 1
    assert Event.objects.filter(name="number.returned").count() == 1


def test_one_range_loaded_twice_at_once_is_loaded_once():
    numbers = [f"19200002{serial:03d}" for serial in range(500)]
    added = at_once(*(lambda: stock_numbers(actor=SYSTEM, numbers=numbers) for _ in range(3)))
    assert Number.objects.filter(number__in=numbers).count() == 500
    assert sorted(added) == [0, 0, 500]


def test_a_brought_number_activated_while_its_range_is_loaded_is_in_use():
    for serial in range(3):
        number = f"1920000300{serial}"
        application = make.verifying(phone=number)
        Application.objects.filter(pk=application.pk).update(status=ApplicationStatus.APPROVED)
        line, _added = at_once(
            lambda: activate_line(actor=SYSTEM, application_id=application.pk),  # noqa: B023
            lambda: stock_numbers(actor=SYSTEM, numbers=[number]),  # noqa: B023
        )
        assert isinstance(line, Line), line
        row = Number.objects.get(number=number)
        assert (row.status, row.stocked) == (NumberStatus.IN_USE, True)
