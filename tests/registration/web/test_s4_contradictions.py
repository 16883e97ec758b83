"""What the ID number says of birth and sex is compared at the form (R-11)."""

import pytest

from tests.registration.web.sessions import browser_of, entered, proven, summary, take

pytestmark = pytest.mark.django_db
PAGE = "/register/details"


def test_another_birth_than_the_numbers_is_said_beside_the_field():
    """422, in words; with the number as printed it is taken."""
    application = proven()
    browser = browser_of(application)
    for side in ("front", "back"):
        take(browser, side)
    typed = entered()
    typed["birth_year"] = str(int(typed["birth_year"]) - 1)
    response = browser.post(PAGE, typed)
    assert response.status_code == 422
    assert "does not agree with the ID number" in summary(response.content.decode())
    assert response.context["form"].errors.keys() == {"birth"}
    assert browser.post(PAGE, {**typed, "number_as_printed": "on"}).status_code == 302
