"""The details: prefilled, corrected, refused beside the right field."""

from datetime import date

import pytest
from django.utils import timezone

from registration.models import Application
from registration.services.withdraw_application import withdraw_application
from registration.states import CaptureStatus
from tests.factories.registration import new_id_number, person_actor
from tests.registration.web.sessions import browser_of, entered, parts, proven, summary, take

pytestmark = pytest.mark.django_db
PAGE = "/register/details"


@pytest.fixture
def application():
    return proven()


@pytest.fixture
def browser(application):
    client = browser_of(application)
    take(client, "front")
    take(client, "back")
    return client


def kept(application: Application) -> Application:
    return Application.objects.get(pk=application.pk)


def refused(browser, **changes: str) -> str:
    """The error summary of a form with these changes; it must come back."""
    response = browser.post(PAGE, entered(**changes))
    assert response.status_code == 422
    return summary(response.content.decode())


def test_details_lead_on_to_the_selfie(browser, application):
    """And are kept as entered."""
    response = browser.post(PAGE, entered(name="  张 三 丰 ", residence="", email="a@example.com"))
    assert (response.status_code, response["Location"]) == (302, "/register/selfie")
    row = kept(application)
    assert (row.name, row.residence, row.email) == ("张三丰", "北京市东城区示例路1号", "a@example.com")


def test_card_comes_before_details(application):
    """The first missing part is shown instead."""
    assert browser_of(application).get(PAGE)["Location"] == "/register/document"
    assert browser_of(application).post(PAGE, entered())["Location"] == "/register/document"
    assert kept(application).details_entered_at is None


def test_what_was_read_is_filled_in_and_doubt_is_said(application):
    """P-REG-7: fields read with little confidence are marked."""
    client = browser_of(application)
    fields = {"name": {"text": "李四", "confidence": 0.6, "review": True}, "sex": {"text": "female", "confidence": 1, "review": False}}
    take(client, "front", fields=fields)
    take(client, "back", fields={"valid_to": {"text": "long_term", "confidence": 1, "review": False}})
    html = client.get(PAGE).content.decode()
    assert 'value="李四"' in html
    assert html.count("We are not sure that we read this right") == 1
    assert "Please look twice" in html
    assert 'value="female" class="" checked' in html or 'value="female" id="id_sex_1" checked' in html
    client.post(PAGE, entered())
    assert "We are not sure" not in client.get(PAGE).content.decode()


def test_a_refused_photograph_fills_nothing_in(application):
    """What was read from it is not worth showing."""
    client = browser_of(application)
    for seed in range(3):
        take(
            client, "front", seed=seed, status=CaptureStatus.REJECTED, fields={"name": {"text": "李四", "confidence": 0.2, "review": True}}
        )
    take(client, "back")
    html = client.get(PAGE).content.decode()
    assert "李四" not in html
    assert "We are not sure" not in html


@pytest.mark.parametrize("name", ["name", "sex", "ethnicity", "id_number", "address", "authority"])
def test_empty_field_is_named(browser, application, name):
    """Nothing is kept."""
    assert refused(browser, **{name: ""})
    assert kept(application).details_entered_at is None


@pytest.mark.parametrize("name", ["name", "id_number", "address", "authority", "residence", "email"])
@pytest.mark.parametrize("text", ["字" * 3000, "张\u202e三", "<script>alert(1)</script>"], ids=["very_long", "bidi", "markup"])
def test_strange_text_never_breaks_the_page(browser, name, text):
    """It is refused in words, or kept as plain text; what comes back is escaped."""
    response = browser.post(PAGE, entered(**{name: text}))
    assert response.status_code == 422
    assert "<script>alert" not in response.content.decode()


@pytest.mark.parametrize(
    ("name", "text", "most"),
    [("name", "字" * 201, 30), ("id_number", "1" * 65, 18), ("address", "字" * 1001, 120), ("residence", "字" * 1001, 120)],
)
def test_too_long_names_the_true_limit(browser, name, text, most):
    """Not the one beyond which nothing is read at all."""
    assert f"is too long: {len(text)} characters where at most {most} fit" in refused(browser, **{name: text})


@pytest.mark.parametrize("authority", ["');DROP TABLE lines;--", "北京市公安局😀", "Beijing Police", "公安局"])
def test_issuing_authority_is_what_cards_print(browser, application, authority):
    """P-REG-1: Chinese characters."""
    assert "issuing authority" in refused(browser, authority=authority)
    assert kept(application).details_entered_at is None


@pytest.mark.parametrize(
    ("dates", "said"),
    [
        ({"valid_from": date(2000, 1, 1), "valid_to": date(2010, 1, 1)}, "your document has expired"),
        ({"valid_from": date(2040, 1, 1), "valid_to": date(2050, 1, 1)}, "your document is not valid yet"),
    ],
)
def test_a_card_out_of_force_is_said_at_once_and_stops_nobody(browser, application, dates, said):
    """P-REG-7, R-29: beside the field, before the selfie; who stands by the date goes on, and the card's photograph decides."""
    typed = {key: value for name, day in dates.items() for key, value in parts(name, day).items()}
    answer = browser.post(PAGE, entered(**typed))
    assert answer.status_code == 422
    assert said in summary(answer.content.decode())
    assert 'name="dates_as_printed"' in answer.content.decode()
    assert browser.post(PAGE, entered(**typed, dates_as_printed="on")).status_code == 302
    assert kept(application).valid_to == dates["valid_to"]


def test_a_card_in_force_is_not_asked_about(browser):
    """The tick is offered only where it is needed."""
    assert 'name="dates_as_printed"' not in browser.get(PAGE).content.decode()


@pytest.mark.parametrize("name", ["name", "address", "authority", "id_number"])
def test_control_characters_do_not_stay(browser, application, name):
    """They are taken out, or the field is refused."""
    typed = entered()
    response = browser.post(PAGE, {**typed, name: f"\x00{typed[name]}\x07\u200b"})
    assert response.status_code in {302, 422}
    if response.status_code == 302:
        assert getattr(kept(application), name) == typed[name]


def test_full_width_and_lower_case_are_read(browser, application):
    """R-11: people type 11010119900307００３ｘ too."""
    number = next(one for one in (new_id_number() for _ in range(200)) if one.endswith("X"))
    wide = "".join(chr(ord(char) + 0xFEE0) for char in number.replace("X", "x"))
    assert (
        browser.post(PAGE, entered(id_number=wide, birth_year="".join(chr(ord(char) + 0xFEE0) for char in number[6:10]))).status_code == 302
    )
    assert kept(application).id_number == number


def test_number_with_a_wrong_check_digit_offers_that_the_card_shows_it(browser, application):
    """R-11: nobody is stuck at the form; a reviewer will look."""
    number = new_id_number()
    wrong = number[:-1] + ("1" if number[-1] != "1" else "2")
    assert 'name="number_as_printed"' not in browser.get(PAGE).content.decode()
    response = browser.post(PAGE, entered(id_number=wrong))
    html = response.content.decode()
    assert response.status_code == 422
    assert "does not fit the others" in summary(html)
    assert 'href="#id_id_number"' in html
    assert 'name="number_as_printed"' in html
    assert browser.post(PAGE, entered(id_number=wrong, number_as_printed="on")).status_code == 302
    assert kept(application).id_number == wrong


def test_as_printed_does_not_take_any_text(browser, application):
    """Only 18 characters that a card can show."""
    assert refused(browser, id_number="12345", number_as_printed="on")
    assert kept(application).id_number is None


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (parts("birth", date(timezone.localdate().year + 1, 1, 1)), "lies in the future"),
        (parts("birth", date(1850, 1, 1)), "too far in the past"),
        ({"birth_month": "2", "birth_day": "30"}, "not a date that exists"),
        ({"birth_year": ""}, "needs a year, a month and a day"),
        ({"birth_year": "abcd"}, "not a date that exists"),
        (parts("valid_to", date(2019, 1, 1)), "can not end before it begins"),
        ({"valid_to_year": "", "valid_to_month": "", "valid_to_day": ""}, "last day of validity"),
    ],
)
def test_impossible_date_is_said(browser, application, changes, words):
    """Beside the date, and nothing is kept."""
    assert words in refused(browser, **changes)
    assert kept(application).details_entered_at is None


def test_child_is_told_to_come_with_a_guardian(browser, application):
    """R-12: under 16."""
    year = timezone.localdate().year
    number = new_id_number(birth=date(year - 10, 1, 1))
    of_a_child = {**parts("valid_from", date(year - 2, 3, 1)), **parts("valid_to", date(year + 3, 3, 1))}
    assert "guardian" in refused(browser, id_number=number, **of_a_child)
    assert kept(application).details_entered_at is None


def test_long_term_needs_no_last_day(browser, application):
    """One left in the boxes is not kept."""
    assert (
        browser.post(PAGE, entered(valid_long_term="on", valid_to_month="99", id_number=new_id_number(birth=date(1960, 3, 7)))).status_code
        == 302
    )
    assert (kept(application).valid_long_term, kept(application).valid_to) == (True, None)


def test_all_faults_are_said_at_once(browser):
    """Not one after the other."""
    words = refused(browser, name="1", id_number="1", address="x", email="nobody")
    assert all(part in words for part in ("name has", "18 characters", "at least 5", "email address"))


@pytest.mark.parametrize("changes", [{"ethnicity": "Klingon"}, {"sex": "x"}])
def test_choices_are_those_offered(browser, changes):
    """Others come from no page of ours."""
    assert refused(browser, **changes)


def test_closed_application_shows_its_status(browser, application):
    """Withdrawn in another tab: the form leads to the status."""
    withdraw_application(actor=person_actor(application), application_id=application.pk)
    assert browser.post(PAGE, entered())["Location"] == "/register/status"
    assert browser.put(PAGE).status_code == 405
