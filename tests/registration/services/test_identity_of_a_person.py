"""R-04, P-REG-5: what an application says of somebody becomes the person's record, sealed for that row and column alone."""

import pytest
from django.db import connection
from django.utils import translation

from realname.access.actor import SYSTEM
from realname.vault.errors import Tampered
from registration.export.gather import gather
from registration.models import Application, Person
from registration.models.identity import IDENTIFIED_FIELDS
from registration.services.activate_line import activate_line
from registration.services.choose_document import choose_document
from registration.states import ApplicationStatus
from tests.factories import registration as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def passport_holder() -> Application:
    """Of all types this one fills the most fields, the states among them."""
    application = make.verifying(document_type="foreign_passport")
    application.move(to=ApplicationStatus.APPROVED)
    application.save(update_fields=["status"])
    activate_line(actor=SYSTEM, application_id=application.pk)
    return Application.objects.get(pk=application.pk)


def envelope(table: str, column: str, key: object) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {column} FROM {table} WHERE id = %s", [key])
        return bytes(cursor.fetchone()[0])


def write(table: str, column: str, key: object, value: bytes) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"UPDATE {table} SET {column} = %s WHERE id = %s", [value, key])


def test_the_person_has_every_field_that_the_application_had(passport_holder):
    person = Person.objects.get(pk=passport_holder.person_id)
    assert {name: getattr(person, name) for name in IDENTIFIED_FIELDS} == {
        name: getattr(passport_holder, name) for name in IDENTIFIED_FIELDS
    }
    assert (person.document_type, person.issuing_state, person.nationality) == ("foreign_passport", "UTO", "UTO")
    assert person.id_number_index == passport_holder.id_number_index


def test_the_same_value_is_sealed_anew_for_the_row_of_the_person(passport_holder):
    """P-ALL-1: one key, one value, and yet what was sealed for another row or another column opens here no more."""
    person = passport_holder.person_id
    of_the_application = envelope("registration_application", "name", passport_holder.pk)
    of_another_column = envelope("registration_person", "issuing_state", person)
    for moved in (of_the_application, of_another_column):
        write("registration_person", "name", person, moved)
        with pytest.raises(Tampered):
            Person.objects.get(pk=person).name  # noqa: B018 - reading decrypts


def test_the_copy_for_the_person_leaves_no_field_out(passport_holder):
    """R-31: also what only some documents say, and which document it was, in words."""
    with translation.override("en"):
        copy = gather(Person.objects.get(pk=passport_holder.person_id))
    for said in (copy["person"], copy["applications"][0]):
        assert set(IDENTIFIED_FIELDS) <= set(said)
        assert (said["document_type"], said["issuing_state"], said["nationality"]) == ("Foreign passport", "UTO", "UTO")


def test_another_document_empties_what_the_one_before_said_and_keeps_what_the_person_said():
    """R-02."""
    application = make.drafted(document_type="foreign_passport")
    residence = application.residence
    application = choose_document(actor=make.person_actor(application), application_id=application.pk, code="resident_id_card")
    said = {name: getattr(application, name) for name in IDENTIFIED_FIELDS}
    assert {name for name, value in said.items() if value is not None} == {"document_type", "residence", "email"}
    assert (application.document_type, application.residence, application.valid_long_term) == ("resident_id_card", residence, False)
