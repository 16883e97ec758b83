"""An erased person can not be found again, and may come again as somebody new (R-28)."""

import pytest
from django.db import transaction

from realname.access.actor import SYSTEM
from realname.trail.dispatch import dispatch
from realname.vault.erase import erase_person
from registration.models import Application, Line, Person, PhoneCode
from registration.services.forget_indexes import forget_indexes
from registration.services.terminate_line import terminate_line
from registration.states import EndReason
from tests.factories import registration as make

pytestmark = pytest.mark.django_db


def end_line(application: Application) -> None:
    terminate_line(actor=SYSTEM, line_id=application.line.pk, reason=EndReason.HOLDER)


def test_no_index_of_an_erased_person_is_left():
    """Of person, applications, codes, and lines that ended."""
    application = make.activated()
    end_line(application)
    for _ in range(2):
        forget_indexes(person_id=application.person_id)
    assert Person.objects.get(pk=application.person_id).id_number_index is None
    assert Application.objects.filter(pk=application.pk).values_list("phone_index", "id_number_index").get() == (None, None)
    assert set(PhoneCode.objects.filter(application=application).values_list("phone_index", flat=True)) == {None}
    assert Line.objects.get(application=application).number_index == ""


def test_a_line_in_use_keeps_its_number():
    """It is not given out twice."""
    application = make.activated()
    forget_indexes(person_id=application.person_id)
    assert Line.objects.get(application=application).number_index


def test_an_erased_identity_comes_again_as_somebody_new():
    """Even before the listener came by: nothing is merged into the erased person."""
    number, phone = make.new_id_number(), make.new_phone()
    first = make.activated(id_number=number, phone=phone)
    end_line(first)
    with transaction.atomic():
        erase_person(first.person_id)
    second = make.activated(id_number=number)
    person = Person.objects.get(pk=second.person_id)
    assert person.pk != first.person_id
    assert person.name == "张三丰"
    assert person.merged_into is None
    assert Line.objects.get(application=second).person_id == person.pk


@pytest.mark.django_db(transaction=True)
def test_the_erasure_is_heard():
    """By the event."""
    application = make.activated()
    erase_person(application.person_id)
    dispatch(only="registration.forget_indexes")
    assert Person.objects.get(pk=application.person_id).id_number_index is None
