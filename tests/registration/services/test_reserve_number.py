"""A number of the stock is kept for one application, for a while, and nobody hoards (P-REG-5)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from realname.trail.models import Event
from registration.errors import ApplicationClosed, ApplicationIncomplete, ReservationRefused
from registration.models import Application, Number
from registration.selectors import missing_parts
from registration.services.release_number import release_lapsed_numbers, release_number
from registration.services.reserve_number import reserve_number
from registration.services.submit_application import submit_application
from registration.services.withdraw_application import withdraw_application
from registration.states import ApplicationStatus, NumberStatus, NumberWay
from tests.factories import registration as make
from tests.factories.policy import set_value

pytestmark = pytest.mark.django_db


def reserve(application: Application, number: str) -> Number:
    return reserve_number(actor=make.person_actor(application), application_id=application.pk, number=number)


def row(number: Number | str) -> Number:
    return Number.objects.get(number=getattr(number, "number", number))


def let_time_pass(number: Number) -> None:
    Number.objects.filter(pk=number.pk).update(reserved_until=timezone.now() - timedelta(seconds=1))


def test_a_chosen_number_is_kept_for_minutes():
    """P-REG-1: for as long as policy says, and the application is for it."""
    [number] = make.in_stock()
    application = make.drafted()
    set_value(key="registration.reservation_minutes", value=20, note="busy days")
    reserve(application, number.number)
    application.refresh_from_db()
    kept = row(number)
    assert (kept.status, kept.reserved_for_id) == (NumberStatus.RESERVED, application.pk)
    assert timedelta(minutes=19) < kept.reserved_until - timezone.now() <= timedelta(minutes=20)
    assert (application.number_way, application.chosen_number) == (NumberWay.NEW, number.number)
    event = Event.objects.get(name="number.reserved")
    assert event.after_values() == {"number": number.number}
    assert number.number not in str(event.data)


def test_another_choice_puts_the_first_one_back():
    first, second = make.in_stock(count=2)
    application = make.drafted()
    reserve(application, first.number)
    reserve(application, second.number)
    assert (row(first).status, row(first).reserved_for_id, row(first).reserved_until) == (NumberStatus.AVAILABLE, None, None)
    assert row(second).reserved_for_id == application.pk


def test_the_same_choice_again_is_kept_for_the_whole_time_anew():
    [number] = make.in_stock()
    application = make.drafted()
    reserve(application, number.number)
    let_time_pass(number)
    reserve(application, number.number)
    assert row(number).reserved_until > timezone.now() + timedelta(minutes=29)


class TestRefused:
    """And nothing has changed."""

    @pytest.fixture
    def kept(self) -> Number:
        return make.in_stock()[0]

    @pytest.fixture
    def application(self, kept) -> Application:
        application = make.drafted(device="one")
        reserve(application, kept.number)
        return application

    def refuse(self, application, kept, number: str, code: str) -> None:
        events = Event.objects.count()
        with pytest.raises(ReservationRefused) as refusal:
            reserve(application, number)
        assert refusal.value.code == code
        assert row(kept).reserved_for_id == application.pk
        assert Event.objects.count() == events

    def test_somebody_elses(self, application, kept):
        [other] = make.in_stock()
        reserve(make.drafted(), other.number)
        self.refuse(application, kept, other.number, "number_taken")

    @pytest.mark.parametrize("status", [NumberStatus.IN_USE, NumberStatus.ELSEWHERE])
    def test_not_in_stock(self, application, kept, status):
        [other] = make.in_stock()
        Number.objects.filter(pk=other.pk).update(status=status)
        self.refuse(application, kept, other.number, "number_taken")

    @pytest.mark.parametrize("number", ["", "13", "19200009999999", "１３８００１３８０００", "' OR 1=1", "\0"[:0] + "x" * 13])
    def test_no_number_of_ours(self, application, kept, number):
        self.refuse(application, kept, number, "number_taken")

    def test_one_that_somebody_proved_to_hold(self, application, kept):
        """A card sold unregistered: its holder comes first."""
        [other] = make.in_stock()
        make.drafted(phone=other.number)
        self.refuse(application, kept, other.number, "number_taken")

    def test_a_fourth_on_one_device(self, application, kept):
        """Three drafts of one device have one each; the fourth gets none."""
        spare = make.in_stock(count=3)
        for number in spare[:2]:
            reserve(make.drafted(device="one"), number.number)
        fourth = make.drafted(device="one")
        with pytest.raises(ReservationRefused) as refusal:
            reserve(fourth, spare[2].number)
        assert refusal.value.code == "numbers_hoarded"
        assert row(spare[2]).status == NumberStatus.AVAILABLE
        reserve(application, spare[2].number)  # who has one may change it

    def test_more_from_one_network_than_policy_says(self):
        set_value(key="registration.reservations_per_network", value=3, note="an attack")
        numbers = make.in_stock(count=5)
        drafts = [make.started(ip="203.0.113.7") for _ in numbers[:4]]
        for draft in drafts:
            Application.objects.filter(pk=draft.pk).update(phone_proven_at=timezone.now())
        for draft, number in zip(drafts[:3], numbers, strict=False):
            reserve(draft, number.number)
        with pytest.raises(ReservationRefused) as refusal:
            reserve(drafts[3], numbers[3].number)
        assert refusal.value.code == "numbers_hoarded"

    def test_choosing_on_and_on(self, application, kept):
        set_value(key="registration.choices_per_hour", value=5, note="an attack")
        for _ in range(4):
            reserve(application, kept.number)
        self.refuse(application, kept, kept.number, "choices_too_many")

    def test_before_a_phone_is_proven(self, kept):
        [other] = make.in_stock()
        with pytest.raises(ApplicationClosed):
            reserve(make.started(), other.number)
        assert row(other).status == NumberStatus.AVAILABLE

    def test_for_somebody_elses_application(self, application, kept):
        [other] = make.in_stock()
        with pytest.raises(Application.DoesNotExist):
            reserve_number(actor=make.person_actor(make.started()), application_id=application.pk, number=other.number)
        assert row(other).status == NumberStatus.AVAILABLE

    def test_once_it_is_handed_in(self):
        application = make.submitted()
        [other] = make.in_stock()
        with pytest.raises(ApplicationClosed):
            reserve(application, other.number)


class TestEnds:
    """By itself, and with its application."""

    @pytest.fixture
    def number(self) -> Number:
        return make.in_stock()[0]

    @pytest.fixture
    def application(self, number) -> Application:
        return make.choosing(make.complete(), number.number)

    def test_when_its_time_is_over(self, application, number):
        assert release_lapsed_numbers() == 0
        let_time_pass(number)
        assert release_lapsed_numbers() == 1
        assert (row(number).status, row(number).reserved_for_id, row(number).reserved_until) == (NumberStatus.AVAILABLE, None, None)
        assert release_lapsed_numbers() == 0
        assert Event.objects.get(name="number.released").reason == "time_over"
        # what was chosen is remembered, and asked for again
        application.refresh_from_db()
        assert application.chosen_number == number.number
        assert missing_parts(application) == ["number"]

    def test_not_while_the_application_is_on_its_way(self, application, number):
        submit_application(actor=make.person_actor(application), application_id=application.pk, submission_key="k")
        for status in (ApplicationStatus.VERIFYING, ApplicationStatus.IN_REVIEW, ApplicationStatus.NEEDS_RESUBMISSION):
            Application.objects.filter(pk=application.pk).update(status=status)
            assert release_lapsed_numbers() == 0
        assert (row(number).reserved_for_id, row(number).reserved_until) == (application.pk, None)

    @pytest.mark.parametrize("status", [ApplicationStatus.REJECTED, ApplicationStatus.WITHDRAWN, ApplicationStatus.EXPIRED])
    def test_with_the_application_however_it_ends(self, application, number, status):
        Application.objects.filter(pk=application.pk).update(status=status)
        assert release_lapsed_numbers() == 1
        assert row(number).status == NumberStatus.AVAILABLE
        assert Event.objects.get(name="number.released").reason == "application_over"

    def test_when_it_is_withdrawn(self, application, number):
        withdraw_application(actor=make.person_actor(application), application_id=application.pk)
        release_lapsed_numbers()
        assert row(number).status == NumberStatus.AVAILABLE

    def test_when_the_person_prefers_the_number_they_proved(self, application, number):
        for _ in range(2):
            release_number(actor=make.person_actor(application), application_id=application.pk)
        application.refresh_from_db()
        assert row(number).status == NumberStatus.AVAILABLE
        assert (application.number_way, application.chosen_number) == (NumberWay.OWN, None)
        assert missing_parts(application) == []

    def test_too_late_the_application_can_not_be_handed_in(self, application, number):
        let_time_pass(number)
        release_lapsed_numbers()
        with pytest.raises(ApplicationIncomplete) as refusal:
            submit_application(actor=make.person_actor(application), application_id=application.pk, submission_key="k")
        assert refusal.value.missing == ["number"]
        application.refresh_from_db()
        assert application.status == ApplicationStatus.DRAFT
