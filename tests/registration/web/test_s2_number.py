"""The number the person proved, or a new one from the stock: chosen, changed, lost and chosen again (P-REG-1, P-REG-8)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registration.models import Application, Number
from registration.services.phone_digits import digits_of
from registration.services.release_number import release_lapsed_numbers
from registration.services.request_phone_code import request_phone_code
from registration.states import NumberStatus, NumberWay
from tests.factories import registration as make
from tests.registration.web.sessions import browser_of, proven, summary

pytestmark = pytest.mark.django_db
PAGE, BROWSE, RESERVE, OWN = "/register/number", "/register/number/browse", "/register/number/reserve", "/register/number/own"


@pytest.fixture
def application() -> Application:
    return proven()


@pytest.fixture
def browser(application):
    return browser_of(application)


def html_of(response) -> str:
    assert response.status_code == 200
    return response.content.decode()


def enter_code(phone: str):
    """A browser that has just entered the right code, and where it was led."""
    application = make.started()
    code = request_phone_code(actor=make.person_actor(application), application_id=application.pk, phone=phone)
    browser = browser_of(application)
    return browser, browser.post("/register/code", {"code": digits_of(code.pk)})


def test_after_the_code_there_is_a_choice_where_there_is_a_stock():
    make.in_stock()
    browser, answer = enter_code(make.new_phone())
    assert answer["Location"] == PAGE
    html = html_of(browser.get(PAGE))
    assert f'action="{OWN}"' in html
    assert f'href="{BROWSE}"' in html
    assert browser.post(OWN)["Location"] == "/register/document"


def test_without_a_stock_there_is_none():
    _browser, answer = enter_code(make.new_phone())
    assert answer["Location"] == "/register/document"


def test_who_has_a_line_chooses_another_number_with_it_as_contact():
    """P-REG-5: theirs can not be registered twice; it is where they are reached."""
    phone = make.new_phone()
    make.activated(phone=phone)
    [number] = make.in_stock()
    browser, answer = enter_code(phone)
    assert answer["Location"] == PAGE
    html = html_of(browser.get(PAGE))
    assert "is registered already" in html
    assert f'action="{OWN}"' not in html
    assert browser.get("/register/review")["Location"] == PAGE
    assert browser.post(OWN)["Location"] == PAGE
    assert browser.post(RESERVE, {"number": number.number})["Location"] == PAGE
    assert browser.get("/register/review")["Location"] == "/register/document"


def test_a_chosen_number_is_shown_with_its_time(browser, application):
    [number] = make.in_stock()
    assert browser.post(RESERVE, {"number": number.number})["Location"] == PAGE
    html = html_of(browser.get(PAGE))
    assert f'data-number-kept="{number.number}"' in html
    assert "for 30 more minutes" in html
    assert application.phone not in html  # masked


def test_a_lost_number_is_told_and_chosen_again_with_one_tap(browser, application):
    [number] = make.in_stock()
    browser.post(RESERVE, {"number": number.number})
    Number.objects.update(reserved_until=timezone.now() - timedelta(seconds=1))
    release_lapsed_numbers()
    assert browser.get("/register/review")["Location"] == PAGE
    html = html_of(browser.get(PAGE))
    assert "The number is no longer kept for you" in html
    assert f'name="number" value="{number.number}"' in html
    browser.post(RESERVE, {"number": number.number})
    assert Number.objects.get(pk=number.pk).reserved_for_id == application.pk


def test_a_number_taken_meanwhile_leads_back_to_the_others(browser, application):
    [number] = make.in_stock()
    make.choosing(make.drafted(), number.number)
    answer = browser.post(RESERVE, {"number": number.number}, follow=True)
    assert answer.redirect_chain == [(BROWSE, 302)]
    assert "Somebody else was quicker" in answer.content.decode()
    assert Application.objects.get(pk=application.pk).number_way == NumberWay.OWN


@pytest.mark.parametrize("posted", [{}, {"number": ""}, {"number": "x" * 10_000}, {"number": "\x00"}, {"number": ["1", "2"]}])
def test_what_is_no_number_is_refused_kindly(browser, posted):
    assert browser.post(RESERVE, posted)["Location"] == BROWSE
    assert not Number.objects.reserved().exists()


class TestBrowse:
    """Twenty a page; by ending, by pattern, without a 4."""

    @pytest.fixture(autouse=True)
    def stock(self):
        make.in_stock(*(f"1920000{serial:04d}" for serial in range(0, 9999, 101)))

    def choices(self, browser, query: str = "") -> list[str]:
        import re

        return re.findall(r'name="number" value="(\d+)"', html_of(browser.get(f"{BROWSE}{query}")))

    def test_page_by_page(self, browser):
        first = self.choices(browser)
        assert len(first) == 20
        second = self.choices(browser, f"?after={first[-1]}")
        assert (len(second), second[0] > first[-1]) == (20, True)
        assert f"?after={first[-1]}" in html_of(browser.get(BROWSE))

    def test_by_ending_and_pattern(self, browser):
        sevens = self.choices(browser, "?ending=77")
        assert sevens
        assert all(number.endswith("77") for number in sevens)
        assert self.choices(browser, "?ending=%EF%BC%97%207") == sevens
        assert self.choices(browser, "?pattern=twice")[:2] == ["19200000101", "19200000202"]
        assert all("4" not in number[3:] for number in self.choices(browser, "?without_four=on"))

    def test_nothing_found_is_said(self, browser):
        assert "no more number like this" in html_of(browser.get(f"{BROWSE}?ending=12345678"))

    @pytest.mark.parametrize("query", ["ending=abc", "ending=123456789", "pattern=nonsense", f"ending={'1' * 5000}"])
    def test_a_wrong_wish_is_told_beside_its_field(self, browser, query):
        answer = browser.get(f"{BROWSE}?{query}")
        assert answer.status_code == 422
        assert summary(answer.content.decode())

    @pytest.mark.parametrize("after", ["x", "%00", "9" * 5000, "' OR 1=1"])
    def test_a_wrong_place_is_the_beginning_or_the_end(self, browser, after):
        assert browser.get(BROWSE, {"after": after}).status_code == 200


def test_the_choice_is_on_the_last_page_and_the_status_page(browser, application):
    from tests.registration.web.sessions import entered, film, jpeg, take, upload

    [number] = make.in_stock()
    browser.post(RESERVE, {"number": number.number})
    take(browser, "front")
    take(browser, "back")
    browser.post("/register/details", entered())
    browser.post("/register/selfie", {"photo": upload(jpeg())})
    film(browser)
    html = html_of(browser.get("/register/review"))
    assert number.number in html
    assert application.phone in html
    assert f'href="{PAGE}"' in html
    browser.post("/register/submit", {"submission_key": "k"})
    assert "192****" + number.number[-4:] in html_of(browser.get("/register/status"))
    assert Number.objects.get(pk=number.pk).reserved_until is None
    assert browser.get(PAGE)["Location"] == "/register/status"
    assert browser.post(OWN)["Location"] == "/register/status"
    assert Number.objects.get(pk=number.pk).status == NumberStatus.RESERVED
