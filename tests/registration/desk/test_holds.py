"""Compliance places and lifts legal holds, and answers for the clock of the erasure, at the desk (R-06, R-28)."""

from datetime import timedelta

import pytest
from django.db import transaction
from django.utils import timezone

from realname.access.actor import SYSTEM
from realname.access.models import Role
from realname.masking import mask_name
from realname.trail.models import Event
from realname.vault.erase import erase_person
from registration.models import Application, LegalHold, Line, RetentionRun, RetentionStop
from registration.retention import run as running
from registration.retention.holds import held_by
from registration.states import HoldScope
from tests.factories import desk
from tests.factories import registration as make

pytestmark = pytest.mark.django_db
PLACE, REPORT = "/admin/registration/legalhold/place/", "/admin/registration/retentionrun/report/"
ORDER = {"authority_reference": "Court 2026-17", "reason": "Order of the court, art. 12", "scope": "person", "until": ""}


@pytest.fixture
def officer():
    """One compliance officer at the desk."""
    return desk.signed_in(Role.COMPLIANCE)


def placed(browser, application, **given) -> LegalHold:
    """A hold, placed by this officer's browser."""
    answer = browser.post(PLACE, {**ORDER, "reference": application.reference, **given})
    assert answer.status_code == 302, answer.content.decode()
    return LegalHold.objects.order_by("-placed_at").first()


@pytest.mark.parametrize("scope", list(HoldScope))
def test_placed_by_the_reference_of_an_application(officer, scope):
    """Of the person, the application or its line; the page says what it covers, masked."""
    application = make.activated()
    hold = placed(officer, application, scope=scope)
    line = Line.objects.get(application=application)
    assert (hold.person_id, hold.authority_reference) == (application.person_id, "Court 2026-17")
    assert (hold.application_id, hold.line_id) == {
        HoldScope.PERSON: (None, None),
        HoldScope.APPLICATION: (application.pk, None),
        HoldScope.LINE: (None, line.pk),
    }[scope]
    covers = held_by(hold)
    assert (covers.scope, covers.applications, covers.lines, covers.documents) == (scope, [application], [line], 2)
    html = officer.get(f"/admin/registration/legalhold/{hold.pk}/case/").content.decode()
    assert application.reference in html
    assert application.phone not in html
    assert application.name not in html
    assert Event.objects.get(name="legal_hold.placed").actor_name == officer.user.get_username()


@pytest.mark.parametrize("acting", [False, True])
def test_who_was_never_verified_has_a_name_too(officer, acting):
    """R-28: a rejected applicant, or who acted in an application, is told by the name that they entered; after the erasure by none."""
    application = make.handed_in_for_another() if acting else make.verifying()
    Application.objects.filter(pk=application.pk).update(status="rejected")
    named = application.representative if acting else application
    assert named.person.name is None
    officer.post(PLACE, {**ORDER, "reference": str(named.person_id)})
    hold = LegalHold.objects.get(person=named.person_id)
    page = f"/admin/registration/legalhold/{hold.pk}/case/"
    assert f"<td>{mask_name(named.name)} <span" in officer.get(page).content.decode()
    with transaction.atomic():
        erase_person(named.person_id, reason="test")
    assert "<td>– <span" in officer.get(page).content.decode()


def test_placed_by_the_id_of_a_person_until_a_day(officer):
    """The last day is part of it."""
    application = make.activated()
    day = timezone.localdate() + timedelta(days=10)
    hold = placed(officer, application, reference=str(application.person_id), until=day.isoformat())
    assert timezone.localdate(hold.until) == day
    assert LegalHold.objects.acting(timezone.now() + timedelta(days=9)).exists()
    assert not LegalHold.objects.acting(timezone.now() + timedelta(days=11)).exists()


@pytest.mark.parametrize(
    "given",
    [
        {"reason": " "},
        {"authority_reference": ""},
        {"reference": "ZZZZZZZZ"},
        {"reference": "<script>"},
        {"reference": "0" * 36},
        {"scope": "everything"},
        {"until": "2020-01-01"},
        {"until": "tomorrow"},
    ],
)
def test_not_placed_with_what_can_not_be(officer, given):
    """It says what is wrong, and nothing is held."""
    answer = officer.post(PLACE, {**ORDER, "reference": make.activated().reference, **given})
    assert answer.status_code == 422
    assert not LegalHold.objects.exists()
    assert not Event.objects.filter(name="legal_hold.placed").exists()


def test_an_application_without_a_line_has_none_to_hold(officer):
    """And of a person by their id only all can be held."""
    application = make.drafted()
    for given in ({"reference": application.reference}, {"reference": str(application.person_id)}):
        assert officer.post(PLACE, {**ORDER, **given, "scope": "line"}).status_code == 422
    assert not LegalHold.objects.exists()


def test_whose_data_are_erased_is_not_held(officer):
    """A hold that comes too late says so."""
    application = make.activated()
    erase_person(application.person_id, actor=SYSTEM, reason="retention")
    answer = officer.post(PLACE, {**ORDER, "reference": application.reference}, headers={"Accept-Language": "en"})
    assert answer.status_code == 422
    assert "erased already" in answer.content.decode()


def test_lifted_by_another_with_a_reason(officer):
    """Who placed it is told to ask another, and without a reason nobody lifts it."""
    hold = placed(officer, make.activated())
    page = f"/admin/registration/legalhold/{hold.pk}/case/"
    assert officer.post(page, {"reason": "over"}).status_code == 422
    other = desk.signed_in(Role.COMPLIANCE)
    assert other.post(page, {"reason": " "}).status_code == 422
    hold.refresh_from_db()
    assert hold.lifted_at is None
    for _ in range(2):
        assert other.post(page, {"reason": "The court closed the case"})["Location"] == page
    hold.refresh_from_db()
    assert (hold.lifted_by_name, hold.lift_reason) == (other.user.get_username(), "The court closed the case")
    assert Event.objects.filter(name="legal_hold.lifted").count() == 1


def test_the_report_shows_what_was_erased_and_kept(officer):
    """Each rule, with its newest run."""
    while running.run_batch():
        pass
    RetentionRun.objects.filter(rule="after_service").update(due=7, erased=4, held=2, failed=1)
    html = officer.get(REPORT, headers={"Accept-Language": "en"}).content.decode()
    assert 'data-retention="runs"' in html
    for words in ("4 of 7", "2 under a legal hold", "1 failed, tried again tomorrow", "R-06; Order 25 art. 11"):
        assert words in html


class TestClock:
    """The daily run stopped because the clock leapt ahead."""

    @pytest.fixture
    def stop(self) -> RetentionStop:
        """The last run was ten days ago."""
        while running.run_batch():
            pass
        long_ago = timezone.now() - timedelta(days=10)
        RetentionRun.objects.update(as_of=long_ago, day=timezone.localdate(long_ago))
        assert running.run_batch() is False
        return RetentionStop.objects.get()

    def answer(self, browser, stop, **given):
        """Posted from the page."""
        return browser.post(f"{REPORT}clock/{stop.pk}/", {"right": "yes", "reason": "Compared with the clock of the exchange", **given})

    def test_confirmed_it_goes_on(self, officer, stop):
        html = officer.get(REPORT).content.decode()
        assert 'data-retention="stopped"' in html
        assert self.answer(officer, stop)["Location"] == REPORT
        assert running.waiting_stop() is None
        running.run_batch()
        assert RetentionRun.objects.filter(day=timezone.localdate()).exists()
        assert Event.objects.get(name="retention.confirmed").reason == "Compared with the clock of the exchange"

    def test_refused_it_stays_stopped_until_somebody_confirms(self, officer, stop):
        self.answer(officer, stop, right="no", reason="It is a week ahead")
        running.run_batch()
        assert not RetentionRun.objects.filter(day=timezone.localdate()).exists()
        assert running.waiting_stop() == stop
        html = officer.get(REPORT).content.decode()
        assert "It is a week ahead" in html
        assert Event.objects.get(name="retention.clock_refused").actor_name == officer.user.get_username()
        self.answer(officer, stop)
        running.run_batch()
        assert RetentionRun.objects.filter(day=timezone.localdate()).exists()

    def test_every_answer_stays_on_the_page(self, officer, stop):
        """P-ALL-4: who said what of the clock and why, also what somebody else said otherwise later."""
        html = officer.get(REPORT, headers={"Accept-Language": "en"}).content.decode()
        assert "What was said of it so far" not in html
        other = desk.signed_in(Role.COMPLIANCE)
        said = [
            (officer, "no", "It is a week ahead"),
            (other, "yes", "The exchange says the same"),
            (officer, "no", "Not the <b>exchange</b>"),
        ]
        for browser, right, reason in said:
            self.answer(browser, stop, right=right, reason=reason)
        html = officer.get(REPORT, headers={"Accept-Language": "en"}).content.decode()
        places = [html.index(words) for words in ("It is a week ahead", "The exchange says the same", "Not the &lt;b&gt;exchange")]
        assert places == sorted(places)
        assert html.count("that the clock is wrong.") == 2
        assert f"{other.user.get_username()} confirmed the clock" in html
        assert running.waiting_stop() == stop
        # and so it does once the clock is right again
        RetentionRun.objects.update(as_of=timezone.now() - timedelta(hours=1))
        html = officer.get(REPORT, headers={"Accept-Language": "en"}).content.decode()
        assert 'data-retention="runs"' in html
        assert [words in html for words in ("It is a week ahead", "The exchange says the same", "that the clock is wrong.")] == [True] * 3

    def test_a_stop_that_nobody_answered_says_so(self, officer, stop):
        RetentionRun.objects.update(as_of=timezone.now() - timedelta(hours=1))
        assert "Nobody has answered." in officer.get(REPORT, headers={"Accept-Language": "en"}).content.decode()

    def test_a_refusal_takes_a_confirmation_back(self, officer, stop):
        self.answer(officer, stop)
        self.answer(officer, stop, right="no")
        running.run_batch()
        assert not RetentionRun.objects.filter(day=timezone.localdate()).exists()

    @pytest.mark.parametrize("given", [{"reason": ""}, {"reason": "  "}, {"right": ""}, {"right": "perhaps"}])
    def test_not_without_answer_and_reason(self, officer, stop, given):
        assert self.answer(officer, stop, **given).status_code == 422
        assert running.waiting_stop() == stop

    def test_a_clock_that_was_mended_asks_nobody(self, officer, stop):
        RetentionRun.objects.update(as_of=timezone.now() - timedelta(hours=1))
        assert 'data-retention="runs"' in officer.get(REPORT).content.decode()
