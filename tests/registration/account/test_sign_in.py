"""A person signs in to their account by a code to a number they hold now (P-REG-4), and nobody learns whose a number is."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from realname.trail.models import Event
from registration.models import Delivery, InboxNotice, Line, Number, Person, PhoneCode, SignIn, SignInAttempt
from registration.policy import ACCOUNT_IDLE, ACCOUNT_LIFE, CODE_ATTEMPTS
from registration.services.phone_digits import digits_of
from registration.states import LineStatus
from tests.factories import account as make
from tests.factories import registration as register
from tests.factories.policy import set_value

pytestmark = pytest.mark.django_db


def end_line(line: Line) -> None:
    """The line is given back."""
    line.status, line.ended_at = LineStatus.TERMINATED, timezone.now()
    line.save(update_fields=["status", "ended_at"])


def enter(client: Client, code: str) -> str:
    """Where the code leads, or what the page says."""
    response = client.post("/account/sign-in/code", {"code": code})
    return response["Location"] if response.status_code == 302 else response.content.decode()


def test_the_code_to_a_line_opens_its_holders_account():
    """And the session gets a key that nobody can have prepared (session fixation)."""
    application = register.activated()
    client = make.browser()
    attempt = make.ask_for_code(client, application.phone)
    before = client.session.session_key
    assert enter(client, make.digits(attempt)) == "/account/"
    assert client.session.session_key != before
    assert client.get("/account/").status_code == 200
    event = Event.objects.filter(name="account.signed_in").last()
    application.refresh_from_db()
    assert (event.person_id, event.actor_id, event.data) == (
        application.person_id,
        str(application.person_id),
        {"way": "code", "new_device": True},
    )
    assert SignIn.objects.get().described == "Chrome, Android"


def test_known_and_unknown_numbers_answer_alike():
    """The same status, page, rows, events and number of queries (no enumeration by answer or by time)."""
    known, unknown = register.activated().phone, register.new_phone()
    seen = []
    for phone in (known, unknown):
        client = make.browser()
        client.get("/account/sign-in")
        with CaptureQueriesContext(
            connection,
        ) as asked:
            response = client.post("/account/sign-in", {"phone": phone})
        page = client.get("/account/sign-in/code").content.decode()
        attempt = SignInAttempt.objects.get(pk=client.session["account_attempt"])
        events = list(Event.objects.filter(subject_id=str(attempt.pk)).values_list("name", "person_id"))
        seen.append((response.status_code, response["Location"], len(asked), events, without_tokens(page)))
    assert seen[0] == seen[1]


def test_a_wrong_code_is_answered_alike_where_there_is_no_account():
    """The sentence, and after as many tries the lock."""
    known, unknown = register.activated().phone, register.new_phone()
    said = []
    for phone in (known, unknown):
        client = make.browser()
        attempt = make.ask_for_code(client, phone)
        wrong = "000000" if make.digits(attempt) != "000000" else "111111"
        said.append([errors(enter(client, wrong)) for _ in range(CODE_ATTEMPTS.default + 1)])
    assert said[0] == said[1]
    assert "not right" in said[0][0]
    assert "15 minutes" in said[0][-1]


def test_no_code_opens_the_account_of_a_number_that_is_nobodys():
    """Whatever is entered, the digits of any row among it."""
    client = make.browser()
    attempt = make.ask_for_code(client, register.new_phone())
    assert attempt.code_id is None
    assert PhoneCode.objects.count() == 0
    assert "not right" in enter(client, digits_of(attempt.pk))
    assert SignIn.objects.count() == 0


def test_a_code_serves_once():
    """Entered again, in the same browser or by who saw it, it opens nothing."""
    application = register.activated()
    client = make.browser()
    attempt = make.ask_for_code(client, application.phone)
    code = make.digits(attempt)
    assert enter(client, code) == "/account/"
    other = make.browser()
    session = other.session
    session["account_attempt"] = str(attempt.pk)
    session.save()
    assert enter(other, code) == "/account/sign-in"
    assert SignIn.objects.count() == 1


def test_an_expired_attempt_begins_anew():
    """A code that waited too long opens nothing."""
    application = register.activated()
    client = make.browser()
    attempt = make.ask_for_code(client, application.phone)
    SignInAttempt.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert enter(client, make.digits(attempt)) == "/account/sign-in"
    assert SignIn.objects.count() == 0


def test_a_recycled_number_opens_only_its_present_holders_account():
    """The contact phone of the old holder was given out again: the code to it says nothing about them."""
    first = register.activated()
    number = first.phone
    end_line(first.line)
    Number.objects.filter(number=number).delete()  # it has rested
    second = register.activated(phone=number)
    client = make.signed_in(second)
    second.refresh_from_db()
    first.refresh_from_db()
    assert make.sign_in_of(client).person_id == second.person_id != first.person_id


def test_a_contact_phone_asks_for_the_end_of_the_id_number():
    """The number is no line of ours any more, so it alone does not tell who holds it."""
    application = register.activated()
    end_line(application.line)
    client = make.browser()
    attempt = make.ask_for_code(client, application.phone)
    assert enter(client, make.digits(attempt)) == "/account/sign-in/identity"
    assert client.get("/account/").status_code == 302
    refused = client.post("/account/sign-in/identity", {"last_six": "00000X"})
    assert refused.status_code == 422
    assert "last six" in errors(refused.content.decode())
    response = client.post("/account/sign-in/identity", {"last_six": application.id_number[-6:].lower()})
    assert response["Location"] == "/account/"
    assert SignIn.objects.get().way == "code_identity"


def test_wrong_ends_of_an_id_number_lock():
    """Who holds somebody's old number can not try them all."""
    application = register.activated()
    end_line(application.line)
    client = make.browser()
    attempt = make.ask_for_code(client, application.phone)
    enter(client, make.digits(attempt))
    for _ in range(5):
        client.post("/account/sign-in/identity", {"last_six": "00000X"})
    response = client.post("/account/sign-in/identity", {"last_six": application.id_number[-6:]})
    assert response.status_code == 422
    assert "15 minutes" in errors(response.content.decode())
    assert SignIn.objects.count() == 0


def test_an_applicant_without_a_line_reaches_their_application():
    """P-REG-8: who was refused has no account number, but sees how it stands and has all rights."""
    application = register.rejected()
    client = make.browser()
    attempt = make.ask_for_code(client, application.phone)
    assert enter(client, make.digits(attempt)) == "/account/sign-in/identity"
    client.post("/account/sign-in/identity", {"last_six": application.id_number[-6:]})
    assert application.reference in client.get("/account/applications").content.decode()


def test_a_sign_in_is_bound_to_its_device():
    """A session cookie alone, copied to another browser, opens nothing."""
    client = make.signed_in()
    thief = make.browser()
    thief.cookies["sessionid"] = client.cookies["sessionid"].value
    assert thief.get("/account/").status_code == 302
    assert client.get("/account/").status_code == 200


@pytest.mark.parametrize(("parameter", "field"), [(ACCOUNT_IDLE, "seen_at"), (ACCOUNT_LIFE, "expires_at")])
def test_a_sign_in_ends_idle_and_old(parameter, field):
    """Left alone for too long, or open for too long however busy."""
    client = make.signed_in()
    sign_in = make.sign_in_of(client)
    back = parameter.default + 1 if field == "seen_at" else 1
    SignIn.objects.filter(pk=sign_in.pk).update(**{field: timezone.now() - timedelta(seconds=back)})
    assert client.get("/account/").status_code == 302


def test_signing_out_ends_it_for_good():
    """The old cookie opens nothing, even put back."""
    client = make.signed_in()
    cookie = client.cookies["sessionid"].value
    client.post("/account/sign-out")
    client.cookies["sessionid"] = cookie
    assert client.get("/account/").status_code == 302
    assert SignIn.objects.get().end == "signed_out"


def test_signing_out_everywhere():
    """Each device is out; each an event."""
    first = make.signed_in()
    make.forget_intervals()
    second = make.signed_in(first.application)
    first.post("/account/sign-out/everywhere")
    assert [client.get("/account/").status_code for client in (first, second)] == [302, 302]
    assert Event.objects.filter(name="account.signed_out").count() == 2


def test_a_new_device_is_told_a_known_one_is_not():
    """In the inbox and by a message to the phone, once for each device."""
    client = make.signed_in(device="a-device-of-theirs")
    make.forget_intervals()
    make.signed_in(client.application, device="a-device-of-theirs")
    notices = InboxNotice.objects.filter(kind="new_device")
    assert notices.count() == 1
    assert Delivery.objects.filter(kind="notice").count() == 1
    make.forget_intervals()
    make.signed_in(client.application, device="another")
    assert notices.count() == 2


def test_whoever_asks_too_often_waits():
    """Per number and place one a minute, whether or not it is somebody's."""
    for phone in (register.activated().phone, register.new_phone()):
        client = make.browser()
        make.ask_for_code(client, phone)
        response = client.post("/account/sign-in", {"phone": phone})
        assert response.status_code == 422
        assert "less than a minute" in errors(response.content.decode())


def test_one_device_does_not_try_many_numbers():
    """Six numbers in an hour are one too many."""
    client = make.browser()
    for _ in range(5):
        make.ask_for_code(client, register.new_phone())
    assert client.post("/account/sign-in", {"phone": register.new_phone()}).status_code == 422


def test_a_step_can_not_be_skipped():
    """Without the code neither the ID number nor a second factor is looked at."""
    application = register.activated()
    client = make.browser()
    make.ask_for_code(client, application.phone)
    for page, data in (("identity", {"last_six": application.id_number[-6:]}), ("factor", {"code": "123456"})):
        assert client.post(f"/account/sign-in/{page}", data)["Location"] == "/account/sign-in/code"
    assert SignIn.objects.count() == 0


@pytest.mark.parametrize("_case", ["", "1380013", "1" * 100_000, "１３８０００００００１x", "\0", "‮13800138000", "<script>"])
def test_what_is_no_number_is_said_so(_case):
    """Nothing is looked up, nothing kept."""
    response = make.browser().post("/account/sign-in", {"phone": _case})
    assert response.status_code == 422
    assert SignInAttempt.objects.count() == 0


def test_an_erased_persons_number_opens_nothing():
    """R-28: their keys are gone, and so is their account."""
    from realname.vault.erase import erase_person

    application = register.activated()
    application.refresh_from_db()
    phone = application.phone
    erase_person(application.person_id)
    client = make.browser()
    assert make.ask_for_code(client, phone).code_id is None


def test_fewer_minutes_by_policy():
    """What compliance sets, holds."""
    set_value(key=ACCOUNT_IDLE.key, value=300, note="test")
    client = make.signed_in()
    SignIn.objects.update(seen_at=timezone.now() - timedelta(seconds=301))
    assert client.get("/account/").status_code == 302


def test_staff_are_not_signed_in_to_anybodys_account():
    """Being staff opens no account, and an account opens no desk."""
    from tests.factories import desk

    assert desk.signed_in("compliance").get("/account/").status_code == 302
    assert make.signed_in().get("/admin/registration/application/").status_code == 302


def test_persons_who_share_a_contact_phone_are_told_apart():
    """Two people gave the same number: the ID number says which of them signs in."""
    people = [register.activated() for _ in range(2)]
    for application in people:
        application.refresh_from_db()
        end_line(application.line)
    shared = register.new_phone()
    for application in people:
        person = Person.objects.get(pk=application.person_id)
        person.contact_phone = shared
        person.save(update_fields=["contact_phone", "contact_phone_index"])
    client = make.browser()
    attempt = make.ask_for_code(client, shared)
    assert enter(client, make.digits(attempt)) == "/account/sign-in/identity"
    client.post("/account/sign-in/identity", {"last_six": people[1].id_number[-6:]})
    assert make.sign_in_of(client).person_id == people[1].person_id


def errors(page: str) -> str:
    """What the summary of errors says."""
    from tests.registration.web.sessions import summary

    return summary(page)


def without_tokens(page: str) -> str:
    """The page without what differs on every load."""
    import re

    return re.sub(r'value="[A-Za-z0-9]{64}"', "", page)
