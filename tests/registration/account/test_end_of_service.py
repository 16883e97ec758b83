"""A person ends a line, and with the last one their data are frozen by themselves (R-06, R-28)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from realname.access.actor import SYSTEM
from realname.access.models import Role
from realname.trail.models import Event
from realname.vault.erase import erase_person
from registration.models import Application, InboxNotice, Line, Person, SignIn
from registration.services.account.freeze_person import freeze_ended_services, unfreeze_person
from registration.services.terminate_line import terminate_line
from registration.services.withdraw_application import withdraw_application
from registration.states import EndReason, LineStatus
from tests.factories import account, desk
from tests.factories import registration as make
from verification.services.outcomes import approve

pytestmark = pytest.mark.django_db


def end_page(line: Line) -> str:
    """Where its holder ends it."""
    return f"/account/lines/{line.pk}/end"


def kinds(person: Person) -> list[str]:
    """What the inbox tells, oldest first."""
    return list(InboxNotice.objects.filter(person=person).order_by("created_at", "pk").values_list("kind", flat=True))


class TestEndALine:
    """By its holder, in the account."""

    @pytest.fixture
    def client(self):
        return account.signed_in()

    @pytest.fixture
    def line(self, client) -> Line:
        return client.person.lines.get()

    def test_after_saying_yes(self, client, line):
        html = client.get("/account/lines").content.decode()
        assert end_page(line) in html
        html = client.get(end_page(line)).content.decode()
        assert "last line" in html
        assert line.number not in html
        line.refresh_from_db()
        assert line.status == LineStatus.ACTIVE
        for _ in range(2):
            assert client.post(end_page(line))["Location"] == "/account/lines"
        line.refresh_from_db()
        assert (line.status, line.end_reason) == (LineStatus.TERMINATED, EndReason.HOLDER)
        assert Event.objects.filter(name="line.terminated", actor_kind="person").count() == 1
        assert kinds(client.person).count("line_ended") == 1
        assert end_page(line) not in client.get("/account/lines").content.decode()

    def test_not_by_an_old_sign_in(self, client, line):
        SignIn.objects.filter(person=client.person).update(started_at=timezone.now() - timedelta(minutes=16))
        assert client.post(end_page(line))["Location"] == "/account/sign-in?again=1"
        line.refresh_from_db()
        assert line.status == LineStatus.ACTIVE

    def test_not_while_the_account_is_guarded(self, client, line):
        Person.objects.filter(pk=client.person.pk).update(guarded_until=timezone.now() + timedelta(hours=1))
        assert client.post(end_page(line))["Location"] == "/account/lines"
        line.refresh_from_db()
        assert line.status == LineStatus.ACTIVE

    def test_not_somebody_elses(self, client):
        other = make.activated().person.lines.get()
        assert client.get(end_page(other)).status_code == 404
        assert client.post(end_page(other)).status_code == 404
        other.refresh_from_db()
        assert other.status == LineStatus.ACTIVE


class TestFreezing:
    """By the law's own clock."""

    def test_with_the_last_line_and_told(self):
        client = account.signed_in()
        terminate_line(actor=SYSTEM, line_id=client.person.lines.get().pk, reason=EndReason.UNPAID)
        person = Person.objects.get(pk=client.person.pk)
        assert person.frozen_by_law
        assert Event.objects.get(name="person.frozen").reason == "service_ended"
        until = timezone.localdate() + timedelta(days=730)
        page = client.get("/account/notices").content.decode()
        assert f"until {until.isoformat()}" in page
        assert kinds(person)[-2:] == ["line_ended", "service_ended"]
        rights = client.get("/account/rights").content.decode()
        assert until.isoformat() in rights
        assert "Lift the freezing" not in rights

    def test_its_person_does_not_lift_it(self):
        """R-28: only storage and protection are allowed."""
        client = account.signed_in()
        terminate_line(actor=SYSTEM, line_id=client.person.lines.get().pk, reason=EndReason.UNPAID)
        assert client.post("/account/rights/unfreeze")["Location"] == "/account/rights"
        assert "law lets us only store" in client.get("/account/rights").content.decode()
        assert Person.objects.get(pk=client.person.pk).frozen_at

    @pytest.mark.parametrize("role", [Role.REVIEWER, Role.SENIOR_REVIEWER, Role.RISK_OFFICER])
    def test_no_role_but_compliance_reads_on(self, role):
        application = make.activated()
        line = application.person.lines.get()
        terminate_line(actor=SYSTEM, line_id=line.pk, reason=EndReason.UNPAID)
        page = "/admin/registration/line/"
        assert application.reference not in desk.signed_in(role).get(page).content.decode()
        assert application.reference in desk.signed_in(Role.COMPLIANCE).get(page).content.decode()

    def test_not_while_another_line_is_held(self):
        first = make.activated()
        second = make.verifying(id_number=first.id_number)
        approve(actor=SYSTEM, application=Application.objects.get(pk=second.pk), reason="APPROVED")
        terminate_line(actor=SYSTEM, line_id=Line.objects.get(application=first).pk, reason=EndReason.UNPAID)
        assert Person.objects.get(pk=first.person_id).frozen_at is None

    def test_a_new_line_lifts_what_the_law_froze(self):
        first = make.activated()
        terminate_line(actor=SYSTEM, line_id=Line.objects.get(application=first).pk, reason=EndReason.UNPAID)
        second = make.verifying(id_number=first.id_number)
        approve(actor=SYSTEM, application=Application.objects.get(pk=second.pk), reason="APPROVED")
        person = Person.objects.get(pk=first.person_id)
        assert (person.frozen_at, person.frozen_by_law) == (None, False)
        assert kinds(person).count("unfrozen") == 1

    def test_a_new_line_does_not_lift_what_the_person_froze(self):
        first = make.activated()
        Person.objects.filter(pk=first.person_id).update(frozen_at=timezone.now())
        terminate_line(actor=SYSTEM, line_id=Line.objects.get(application=first).pk, reason=EndReason.UNPAID)
        second = make.verifying(id_number=first.id_number)
        approve(actor=SYSTEM, application=Application.objects.get(pk=second.pk), reason="APPROVED")
        assert Person.objects.get(pk=first.person_id).frozen_at
        unfreeze_person(actor=account.actor(first.person))
        assert Person.objects.get(pk=first.person_id).frozen_at is None

    def test_once_the_application_on_its_way_is_over(self):
        """It is not stuck unread: the freezing waits for it."""
        first = make.activated()
        going = make.drafted()
        Application.objects.filter(pk=going.pk).update(person=first.person)
        terminate_line(actor=SYSTEM, line_id=Line.objects.get(application=first).pk, reason=EndReason.UNPAID)
        assert freeze_ended_services() == 0
        withdraw_application(actor=SYSTEM, application_id=going.pk)
        assert freeze_ended_services() == 1
        assert freeze_ended_services() == 0
        assert Person.objects.get(pk=first.person_id).frozen_by_law
        assert kinds(first.person).count("service_ended") == 1

    def test_an_erased_persons_line_ends_quietly(self):
        """There is nobody to tell and nothing to freeze."""
        application = make.activated()
        line = application.person.lines.get()
        erase_person(application.person_id, actor=SYSTEM, reason="rights_request")
        terminate_line(actor=SYSTEM, line_id=line.pk, reason=EndReason.UNPAID)
        assert not InboxNotice.objects.filter(person=application.person, kind="line_ended").exists()


class TestErased:
    """Links held open, sign-in and inbox of a person whose data are gone, over HTTP."""

    PAGES = (
        "", "notices", "applications", "lines", "consents", "looks", "data", "rights", "rights/ask/deletion", "rights/ask/correction",
        "devices", "security", "security/authenticator", "settings",
    )  # fmt: skip

    @pytest.mark.parametrize("page", PAGES)
    def test_a_page_held_open_never_fails(self, page):
        client = account.signed_in()
        terminate_line(actor=SYSTEM, line_id=client.person.lines.get().pk, reason=EndReason.UNPAID)
        erase_person(client.person.pk, actor=SYSTEM, reason="retention")
        answer = client.get(f"/account/{page}")
        assert (answer.status_code, answer["Location"]) == (302, "/account/sign-in")

    def test_an_act_held_open_leads_to_sign_in_and_changes_nothing(self):
        client = account.signed_in()
        line = client.person.lines.get()
        erase_person(client.person.pk, actor=SYSTEM, reason="rights_request")
        for page in (end_page(line), f"/account/lines/{line.pk}/show", "/account/data/request", "/account/rights/ask/deletion"):
            assert client.post(page, {"words": "x"})["Location"] == "/account/sign-in"
        line.refresh_from_db(fields=["status"])
        assert line.status == LineStatus.ACTIVE

    def test_the_page_of_their_application_leads_to_the_beginning(self):
        from tests.registration.web.sessions import browser_of

        application = make.activated()
        browser = browser_of(application)
        erase_person(application.person_id, actor=SYSTEM, reason="retention")
        for page in ("status", "status/live", "review"):
            assert browser.get(f"/register/{page}")["Location"] == "/register/consent?ended=1"
