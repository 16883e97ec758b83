"""The rights over one's data, with the law's clock: freeze, delete, correct, object (R-06, R-28, R-31)."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from realname.access.models import Role
from realname.trail.models import Event
from realname.vault.erase import is_erased
from registration.account_selectors import keeping_of, working_days_after
from registration.errors import AccountRefused
from registration.models import Application, Delivery, InboxNotice, Person, RightsRequest
from registration.services.account.answer_right import answer_right
from registration.services.account.request_right import request_right, withdraw_right
from registration.states import ApplicationStatus, LineStatus, RightsKind, RightsStatus
from tests.factories import access, desk
from tests.factories import account as make
from tests.factories import registration as register

pytestmark = pytest.mark.django_db


def subscriber() -> Person:
    """A person with an active line."""
    application = register.activated()
    application.refresh_from_db()
    return application.person


def end_lines(person: Person, *, days_ago: float) -> None:
    """Their service ended then."""
    person.lines.update(status=LineStatus.TERMINATED, ended_at=timezone.now() - timedelta(days=days_ago))


def ask(person: Person, kind: RightsKind = RightsKind.OBJECTION, **kwargs) -> RightsRequest:
    return request_right(actor=make.actor(person), kind=kind, **{"words": "not for advertising", **kwargs})


def answer(request: RightsRequest, *, granted: bool, reason: str = "", text: str = "We looked.", role: str = Role.COMPLIANCE):
    staff = access.staff(role)
    by = make.Actor(kind="staff", id=str(staff.pk), name=staff.username, role=role)
    return answer_right(actor=by, staff=staff, request_id=request.pk, granted=granted, reason=reason, answer=text)


@given(day=st.dates(date(2020, 1, 1), date(2040, 1, 1)), days=st.integers(1, 30))
def test_working_days_leave_out_weekends(day, days):
    """So many days from Monday to Friday lie behind, and the last is one of them."""
    last = working_days_after(day, days)
    assert last.weekday() < 5
    assert sum((day + timedelta(days=n)).weekday() < 5 for n in range(1, (last - day).days + 1)) == days


def test_a_request_is_due_after_fifteen_working_days():
    """PIPL art. 50; at the end of the day in China."""
    asked = ask(subscriber())
    assert asked.status == RightsStatus.RECEIVED
    due = timezone.localtime(asked.due_at)
    assert due.date() == working_days_after(timezone.localdate(), 15)
    assert (due.hour, due.minute) == (23, 59)


def test_asked_twice_it_is_one_request():
    """A double click, another tab."""
    person = subscriber()
    assert ask(person).pk == ask(person).pk
    assert RightsRequest.objects.count() == 1


@pytest.mark.parametrize(("days_ago", "kept"), [(None, "service_runs"), (0, "two_years"), (729, "two_years"), (731, None)])
def test_the_law_keeps_identity_data_during_service_and_two_years(days_ago, kept):
    """R-06: day 729 kept, day 731 gone."""
    person = subscriber()
    if days_ago is not None:
        end_lines(person, days_ago=days_ago)
    keeping = keeping_of(person)
    assert (keeping.reason if keeping else None) == kept


def test_deletion_while_the_law_keeps_is_answered_with_its_reason_and_freezes():
    """R-28: only stored and protected, and told so at once."""
    person = subscriber()
    asked = ask(person, RightsKind.DELETION, words="")
    person.refresh_from_db()
    assert (asked.status, asked.reason) == (RightsStatus.REFUSED, "service_runs")
    assert person.frozen_at is not None
    assert not is_erased(person.pk)
    assert InboxNotice.objects.filter(person=person, kind="frozen").exists()
    assert list(Event.objects.filter(name="person.frozen").values_list("reason", flat=True)) == ["service_runs"]


def test_deletion_after_two_years_is_granted_by_compliance_and_erases():
    """Nothing of theirs can be read any more, and nobody is signed in."""
    client = make.signed_in()
    end_lines(client.person, days_ago=731)
    asked = ask(client.person, RightsKind.DELETION, words="")
    assert asked.status == RightsStatus.RECEIVED
    answer(asked, granted=True)
    assert is_erased(client.person.pk)
    assert client.get("/account/").status_code == 302


def test_deletion_is_not_granted_while_the_law_keeps():
    """A line was opened since it was asked for: the service refuses, and nothing changed."""
    person = subscriber()
    end_lines(person, days_ago=731)
    asked = ask(person, RightsKind.DELETION, words="")
    person.lines.update(status=LineStatus.ACTIVE, ended_at=None)
    with pytest.raises(AccountRefused, match="rights_kept_by_law"):
        answer(asked, granted=True)
    asked.refresh_from_db()
    assert asked.status == RightsStatus.RECEIVED
    assert not is_erased(person.pk)


def test_an_applicant_who_was_refused_may_be_deleted():
    """No line ever: nothing is kept for the law's sake; the application on its way ends."""
    application = register.verifying()
    asked = ask(application.person, RightsKind.DELETION, words="")
    answer(asked, granted=True)
    assert is_erased(application.person_id)
    assert Application.objects.get(pk=application.pk).status == ApplicationStatus.WITHDRAWN


@pytest.mark.parametrize(("reason", "text"), [("", "No."), ("made_up", "No."), ("not_proven", "  ")])
def test_a_refusal_gives_reasons(reason, text):
    """R-31: the reason of the list, and words for the person."""
    asked = ask(subscriber())
    with pytest.raises(AccountRefused, match="rights_reason_missing"):
        answer(asked, granted=False, reason=reason, text=text)
    asked.refresh_from_db()
    assert (asked.status, asked.answered_at) == (RightsStatus.RECEIVED, None)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.COMPLIANCE])
def test_only_compliance_answers(role):
    """It is their queue."""
    asked = ask(subscriber())
    with pytest.raises(AccountRefused, match="rights_not_allowed"):
        answer(asked, granted=True, role=role)


def test_an_answered_request_stays_answered():
    """Neither answered again, nor taken back."""
    person = subscriber()
    asked = ask(person)
    answer(asked, granted=False, reason="not_ours")
    with pytest.raises(AccountRefused, match="rights_over"):
        answer(asked, granted=True)
    with pytest.raises(AccountRefused, match="rights_over"):
        withdraw_right(actor=make.actor(person), request_id=asked.pk)
    asked.refresh_from_db()
    assert (asked.status, asked.reason) == (RightsStatus.REFUSED, "not_ours")
    assert InboxNotice.objects.filter(person=person, kind="rights_answered").count() == 1


def test_freezing_takes_back_what_is_on_its_way():
    """What is frozen is not verified."""
    application = register.verifying()
    ask(application.person, RightsKind.RESTRICTION, words="")
    application.refresh_from_db()
    assert application.status == ApplicationStatus.WITHDRAWN
    assert Person.objects.get(pk=application.person_id).frozen_at


def test_frozen_data_are_read_by_compliance_alone():
    """R-28: reads by any role except legal and audit fail."""
    review = desk.in_review()
    application = review.application
    sent = Delivery.objects.create(person=application.person, kind="notice", about=uuid4(), channel="sms", gateway="http")
    readers = {role: desk.signed_in(role) for role in (Role.SENIOR_REVIEWER, Role.RISK_OFFICER, Role.COMPLIANCE)}
    pages = [
        f"/admin/registration/application/{application.pk}/change/",
        f"/admin/registration/consent/{application.consents.first().pk}/change/",
        f"/admin/registration/delivery/{sent.pk}/change/",
    ]
    before = {role: [client.get(page).status_code for page in pages] for role, client in readers.items()}
    assert before == dict.fromkeys(readers, [200, 200, 200])
    ask(application.person, RightsKind.RESTRICTION, words="")
    seen = {role: [client.get(page).status_code for page in pages] for role, client in readers.items()}
    assert seen == {Role.SENIOR_REVIEWER: [302] * 3, Role.RISK_OFFICER: [302] * 3, Role.COMPLIANCE: [200] * 3}
    assert readers[Role.SENIOR_REVIEWER].get(f"/admin/verification/review/{review.pk}/case/").status_code == 404


def test_the_person_asks_and_lifts_on_their_pages():
    """The page says what the law says; freezing is granted at once, and lifted with one press."""
    client = make.signed_in()
    page = client.get("/account/rights/ask/deletion").content.decode()
    assert "The law makes us keep them for now" in page
    response = client.post("/account/rights/ask/restriction", {"words": ""})
    assert 'data-right-status="granted"' in client.get(response["Location"]).content.decode()
    assert client.get("/account/").status_code == 200
    client.post("/account/rights/unfreeze")
    client.person.refresh_from_db()
    assert client.person.frozen_at is None
    assert [name for name in Event.objects.values_list("name", flat=True) if name.startswith("person.")][-1] == "person.unfrozen"


def test_what_needs_words_needs_words():
    """An empty correction says nothing; a huge one is refused unread."""
    client = make.signed_in()
    for words in ("", "x" * 100_000):
        assert client.post("/account/rights/ask/correction", {"words": words}).status_code == 422
    assert RightsRequest.objects.count() == 0
    assert client.get("/account/rights/ask/whatever").status_code == 404


def test_compliance_reads_and_answers_on_the_desk():
    """What was read is in the person's list of looks; the answer in their inbox."""
    client = make.signed_in()
    client.post("/account/rights/ask/correction", {"words": "My street is written wrong."})
    asked = RightsRequest.objects.get()
    officer = desk.signed_in(Role.COMPLIANCE)
    case = f"/admin/registration/rightsrequest/{asked.pk}/case/"
    assert "My street is written wrong." in officer.get(case).content.decode()
    assert asked.reference in officer.get("/admin/registration/rightsrequest/").content.decode()
    response = officer.post(case, {"granted": "no", "reason": "not_proven", "answer": "Please show your new card."})
    assert response.status_code == 302
    page = client.get(f"/account/rights/{asked.pk}").content.decode()
    assert "Please show your new card." in page
    assert "It is not shown that the data are wrong" in page
    assert "Compliance officer" in client.get("/account/looks").content.decode()


def test_overdue_requests_are_found():
    """For the alarm and for retention: past the day, without an answer."""
    asked = ask(subscriber())
    assert not RightsRequest.objects.overdue().exists()
    RightsRequest.objects.update(due_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert list(RightsRequest.objects.overdue()) == [asked]


def test_the_requests_of_others_do_not_exist():
    """404, whatever is done with them."""
    asked = ask(subscriber())
    client = make.signed_in()
    assert client.get(f"/account/rights/{asked.pk}").status_code == 404
    assert client.post(f"/account/rights/{asked.pk}/withdraw").status_code == 404
    other = register.activated()
    page = "/account/rights/ask/explanation"
    assert client.get(f"{page}?application={other.pk}").status_code == 404
    assert client.get(f"{page}?application=x' OR 1").status_code == 404
