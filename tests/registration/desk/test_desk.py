"""Staff end a line for a reason, and the administrator keeps the stock."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from realname.access.models import Role
from realname.trail.models import Event
from registration.models import Line, Number
from registration.services.terminate_line import terminate_line
from registration.states import EndReason, LineStatus, NumberStatus
from tests.factories import desk
from tests.factories import registration as make

pytestmark = pytest.mark.django_db
NUMBER, STOCK = "19200000001", "/admin/registration/number/stock/"


class TestTerminate:
    """By a role that may."""

    @pytest.fixture
    def line(self) -> Line:
        return make.line_on(NUMBER)

    @pytest.mark.parametrize("role", [Role.SENIOR_REVIEWER, Role.RISK_OFFICER])
    def test_for_a_reason(self, line, role):
        browser, page = desk.signed_in(role), f"/admin/registration/line/{line.pk}/terminate/"
        html = browser.get(page).content.decode()
        assert NUMBER not in html
        assert "192****0001" in html
        assert browser.post(page, {"reason": "misuse"})["Location"] == "/admin/registration/line/"
        line.refresh_from_db()
        assert (line.status, line.end_reason) == (LineStatus.TERMINATED, EndReason.MISUSE)
        assert Event.objects.get(name="line.terminated").actor_name == browser.user.get_username()
        # it was their last line, and what is left of them is for compliance alone
        assert browser.get(page).status_code == 404
        assert browser.post(page, {"reason": "unpaid"}).status_code == 404

    @pytest.mark.parametrize("posted", [{}, {"reason": ""}, {"reason": "because"}])
    def test_not_without_one(self, line, posted):
        answer = desk.signed_in(Role.SENIOR_REVIEWER).post(f"/admin/registration/line/{line.pk}/terminate/", posted)
        assert answer.status_code == 422
        line.refresh_from_db()
        assert line.status == LineStatus.ACTIVE

    def test_not_by_a_reviewer(self, line):
        browser = desk.signed_in(Role.REVIEWER)
        assert browser.post(f"/admin/registration/line/{line.pk}/terminate/", {"reason": "misuse"}).status_code == 403
        assert f"{line.pk}/terminate/" not in browser.get("/admin/registration/line/").content.decode()
        line.refresh_from_db()
        assert line.status == LineStatus.ACTIVE

    def test_the_persons_page_says_that_it_is_over(self, line):
        from tests.registration.web.sessions import browser_of

        terminate_line(actor=make.person_actor(line.application), line_id=line.pk, reason=EndReason.HOLDER)
        html = browser_of(line.application).get("/register/status").content.decode()
        assert "This number is no longer yours" in html
        assert "0001" not in html


class TestStock:
    """A range or a file, all or none."""

    @pytest.fixture
    def browser(self):
        return desk.signed_in(Role.ADMINISTRATOR)

    def test_a_range(self, browser):
        assert browser.post(STOCK, {"first": "192 0000 0001", "last": "19200000003"})["Location"] == STOCK
        assert Number.objects.filter(status=NumberStatus.AVAILABLE).count() == 3

    def test_a_file(self, browser):
        file = SimpleUploadedFile("numbers.csv", b"number\n19200000001\n")
        assert browser.post(STOCK, {"file": file, "region": "Beijing"})["Location"] == STOCK
        assert Number.objects.get().region == "Beijing"

    @pytest.mark.parametrize(
        "posted",
        [
            {},
            {"first": "19200000001"},
            {"first": "19200000002", "last": "19200000001"},
            {"first": "abc", "last": "def"},
            {"first": "19200000001", "last": "19200000002", "file": SimpleUploadedFile("n.csv", b"19200000001")},
            {"file": SimpleUploadedFile("n.csv", "号码\n".encode("utf-16"))},
            {"file": SimpleUploadedFile("n.csv", b"number\n=cmd|calc\n")},
            {"file": SimpleUploadedFile("n.csv", b"1" * 5_000_000)},
        ],
    )
    def test_what_is_wrong_is_told_and_nothing_taken(self, browser, posted):
        answer = browser.post(STOCK, posted)
        assert answer.status_code == 422
        assert "desk-error" in answer.content.decode()
        assert not Number.objects.exists()


def test_the_inventory_masks_what_is_not_in_stock():
    make.line_on(NUMBER)
    make.in_stock("19200000002")
    html = desk.signed_in(Role.REVIEWER).get("/admin/registration/number/").content.decode()
    assert "19200000002" in html
    assert NUMBER not in html
    assert "192****0001" in html


def test_a_recycled_number_is_known_as_such_on_the_case():
    """P-PAR-1."""
    from datetime import date

    from registration.models import Application
    from verification.models import Review

    review = desk.in_review()
    browser = desk.signed_in(Role.REVIEWER)
    page = f"/admin/verification/review/{review.pk}/case/"
    assert "data-recycled" not in browser.get(page).content.decode()
    application = Application.objects.get(pk=Review.objects.get(pk=review.pk).application_id)
    make.in_stock(application.phone)
    Number.objects.update(freed_on=date(2025, 1, 10))
    html = browser.get(page).content.decode()
    assert "data-recycled" in html
    assert "2025-01-10" in html
