"""Birth and sex stand in the ID number (R-11)."""

from datetime import date

import pytest

from registration.errors import DetailsContradict
from registration.models import Application
from registration.services.correct_details import correct_details
from tests.factories import registration as make

pytestmark = pytest.mark.django_db


def details_of(application: Application, **changes) -> dict:
    fields = (
        "name", "id_number", "sex", "ethnicity", "birth", "address", "authority", "valid_from", "valid_to", "valid_long_term",
        "residence", "email",
    )  # fmt: skip
    return {field: getattr(application, field) for field in fields} | changes


@pytest.mark.parametrize(
    ("changed", "fields"),
    [({"birth": date(1991, 1, 1)}, ["birth"]), ({"sex": "other"}, ["sex"]), ({"birth": date(1991, 1, 1), "sex": "x"}, ["birth", "sex"])],
)
def test_a_contradiction_names_the_field(changed, fields):
    """Nothing is kept; with a number said to be printed so, a reviewer looks."""
    application = make.drafted()
    act = {"actor": make.person_actor(application), "application_id": application.pk, "details": details_of(application, **changed)}
    with pytest.raises(DetailsContradict) as refusal:
        correct_details(**act)
    assert refusal.value.fields == fields
    before = application.birth
    application.refresh_from_db()
    assert application.birth == before
    assert correct_details(**act, number_as_printed=True).details_entered_at
