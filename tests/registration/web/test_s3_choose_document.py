"""R-02: the document is chosen on a page of its own; the others are one tap away from the resident ID card."""

import re

import pytest

from registration.documents import document_type, types
from registration.models import Application
from registration.states import VerificationPath
from tests.factories.documents import details, new_number
from tests.registration.web.sessions import browser_of, parts, proven, states, summary, take

pytestmark = pytest.mark.django_db
PAGE, DOCUMENT = "/register/choose-document", "/register/document"
CODES = [one.code for one in types()]


@pytest.fixture
def application():
    return proven()


def typed(code: str) -> dict[str, str]:
    """The details of such a document, as its form sends them."""
    sent = {}
    for name, value in details(code).items():
        if hasattr(value, "year"):
            sent |= parts(name, value)
        elif value not in {None, False}:
            sent[name] = value
    return sent


def test_the_resident_card_is_preselected_and_the_others_are_one_tap_away(application):
    client = browser_of(application)
    assert f'href="{PAGE}"' in client.get(DOCUMENT).content.decode()
    html = client.get(PAGE).content.decode()
    assert html.count('type="radio"') == len(CODES)
    assert re.findall(r'value="(\w+)"[^>]* checked', html) == ["resident_id_card"]
    assert all(str(document_type(code).label).split(",")[0] in html for code in CODES)


@pytest.mark.parametrize("code", CODES)
def test_each_has_its_photographs_its_form_and_its_review(application, code):
    """Only what this type asks for, from the choice to the last page before it is handed in."""
    client, document = browser_of(application), document_type(code)
    assert client.post(PAGE, {"document_type": code})["Location"] == DOCUMENT
    html = client.get(DOCUMENT).content.decode()
    assert list(states(html)) == [str(kind) for kind in document.kinds]
    for at, image in enumerate(document.images):
        assert str(image.hint).replace("<", "&lt;").replace("“", "“") in html
        take(client, image.side, seed=at)
    form = client.get("/register/details").content.decode()
    for name in ("ethnicity", "nationality", "issuing_state", "other_name", "address", "authority", "valid_long_term"):
        assert (f'name="{name}"' in form) == document.has(name)
    answer = client.post("/register/details", typed(code))
    assert (answer.status_code, summary(answer.content.decode())) == (302, "")
    assert answer["Location"] == "/register/selfie"
    kept = Application.objects.get(pk=application.pk)
    assert kept.document_type == code
    for name in ("ethnicity", "nationality", "issuing_state", "authority"):
        assert (getattr(kept, name) is not None) == document.has(name)


def test_an_empty_form_names_the_fields_of_this_document(application):
    client = browser_of(application)
    client.post(PAGE, {"document_type": "foreign_passport"})
    take(client, "front")
    words = summary(client.post("/register/details", {}).content.decode())
    assert all(
        label in words for label in ("Name in Latin letters", "Nationality", "Issuing state", "Passport number", "Where you live now")
    )
    assert "Ethnicity" not in words and "Issuing authority" not in words


@pytest.mark.parametrize(
    ("code", "changes", "part"),
    [
        ("foreign_passport", {"name": "张三"}, "Latin letters"),
        ("foreign_passport", {"nationality": "ZZZ"}, "three-letter code"),
        ("foreign_passport", {"id_number": "E12345678901"}, "at most nine"),
        ("foreign_passport", {"residence": "x"}, "at least 5"),
        ("hk_macao_travel_permit", {"id_number": "12345678"}, "H or M"),
        ("hk_macao_travel_permit", {"other_name": "陈"}, "Latin letters"),
        ("residence_permit", {"id_number": new_number("resident_id_card")}, "810000"),
        ("resident_id_card", {"id_number": new_number("residence_permit")}, "residence permit"),
        ("temporary_id_card", parts("valid_to", details("temporary_id_card")["valid_to"].replace(year=2031)), "span of time"),
        ("military_id", {"id_number": "1234567"}, "as it is printed"),
        ("foreign_passport", {"name": "A\u202eB"}, "hidden characters"),
        ("foreign_passport", {"id_number": "1" * 100000}, "too long"),
    ],
)
def test_faults_are_said_beside_the_field_and_nothing_is_kept(application, code, changes, part):
    client = browser_of(application)
    client.post(PAGE, {"document_type": code})
    for at, image in enumerate(document_type(code).images):
        take(client, image.side, seed=at)
    answer = client.post("/register/details", typed(code) | changes)
    assert answer.status_code == 422
    assert part in summary(answer.content.decode())
    assert Application.objects.get(pk=application.pk).details_entered_at is None


@pytest.mark.parametrize("code", ["", "driving_licence", "resident_id_card\x00", "x" * 10000])
def test_nothing_else_can_be_chosen(application, code):
    client = browser_of(application)
    answer = client.post(PAGE, {"document_type": code})
    assert answer.status_code == 422
    assert "Choose" in summary(answer.content.decode()) or "not one of" in summary(answer.content.decode())
    assert Application.objects.get(pk=application.pk).document_type == "resident_id_card"


def test_another_document_is_warned_of_once_something_was_sent(application):
    client = browser_of(application)
    assert "no longer used" not in client.get(PAGE).content.decode()
    take(client, "front")
    assert "no longer used" in client.get(PAGE).content.decode()


def test_a_passport_has_no_back(application):
    client = browser_of(application)
    client.post(PAGE, {"document_type": "foreign_passport"})
    assert client.post(f"{DOCUMENT}/back").status_code == 404
    assert client.get(f"{DOCUMENT}/front")["Location"] == DOCUMENT


def test_without_a_face_it_is_the_same(application):
    """R-33."""
    free = proven(path=VerificationPath.FACE_FREE, statement_way="shop")
    client = browser_of(free)
    client.post(PAGE, {"document_type": "household_register"})
    for at, side in enumerate(("front", "back")):
        take(client, side, seed=at)
    assert client.post("/register/details", typed("household_register"))["Location"] == "/register/review"
    html = client.get("/register/review").content.decode()
    assert "Household register, your own page" in html and "Household register, page of the household" in html
    assert f'href="{PAGE}"' in html
