"""P-REG-5: of one number there is never a second open application, nor a second line."""

from datetime import timedelta

import pytest
from django.utils import timezone

from registration.errors import NumberRegistered
from registration.models import Application, Line, PhoneCode
from registration.services.phone_digits import digits_of
from registration.services.prove_phone import prove_phone
from registration.services.request_phone_code import request_phone_code
from registration.services.request_review import request_review
from registration.states import ApplicationStatus
from tests.factories import registration as make
from tests.races.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_number_proven_in_many_applications_is_one_application():
    phone = make.new_phone()
    applications = [make.started() for _ in range(10)]
    expires = timezone.now() + timedelta(minutes=5)
    codes = [
        PhoneCode.objects.create(person_id=application.person_id, application=application, phone=phone, expires_at=expires)
        for application in applications
    ]
    bound = at_once(*((lambda code=code: _prove(code)) for code in codes))
    assert all(isinstance(result, Application) for result in bound), bound
    assert Application.objects.open().filter(phone_index=codes[0].phone_index).count() == 1


def _prove(code: PhoneCode) -> Application:
    return prove_phone(actor=make.person_actor(code.application), application_id=code.application_id, entered=digits_of(code.pk))


def test_a_code_entered_twice_at_once_is_used_once():
    application = make.started()
    actor = make.person_actor(application)
    code = request_phone_code(actor=actor, application_id=application.pk, phone=make.new_phone())
    enter = lambda: prove_phone(actor=actor, application_id=application.pk, entered=digits_of(code.pk))  # noqa: E731
    results = at_once(enter, enter)
    assert sorted(getattr(result, "code", "proven") for result in results) == ["code_used", "proven"]


def test_a_code_asked_for_in_two_tabs_is_one_code():
    application, phone = make.started(), make.new_phone()
    ask = lambda: request_phone_code(actor=make.person_actor(application), application_id=application.pk, phone=phone)  # noqa: E731
    results = at_once(ask, ask, ask)
    assert sorted(getattr(result, "code", "sent") for result in results) == ["code_too_soon", "code_too_soon", "sent"]
    assert PhoneCode.objects.count() == 1


def test_asking_and_proving_at_the_same_moment_wait_for_each_other_without_a_deadlock():
    for _ in range(5):
        application, phone = make.started(), make.new_phone()
        actor = make.person_actor(application)
        code = request_phone_code(actor=actor, application_id=application.pk, phone=phone)
        PhoneCode.objects.update(created_at=timezone.now() - timedelta(minutes=2))
        results = at_once(
            lambda: prove_phone(actor=actor, application_id=application.pk, entered=digits_of(code.pk)),  # noqa: B023
            lambda: request_phone_code(actor=actor, application_id=application.pk, phone=phone),  # noqa: B023
        )
        proven, asked = results
        assert isinstance(asked, PhoneCode), asked
        # where the new code came first, the digits entered are the old one's
        assert isinstance(proven, Application) or proven.code == "code_wrong", proven


def test_a_refused_application_does_not_come_back_beside_a_new_one_of_the_number():
    phone = make.new_phone()
    refused = make.rejected(phone=phone)
    # the hour's limits on codes are not what is looked at
    PhoneCode.objects.update(created_at=timezone.now() - timedelta(hours=2))
    make.drafted(phone=phone)
    with pytest.raises(NumberRegistered):
        request_review(actor=make.person_actor(refused), application_id=refused.pk)
    refused.refresh_from_db()
    assert refused.status == ApplicationStatus.REJECTED


def test_a_refused_application_does_not_come_back_once_the_number_is_a_line():
    phone = make.new_phone()
    refused = make.rejected(phone=phone)
    PhoneCode.objects.update(created_at=timezone.now() - timedelta(hours=2))
    make.activated(phone=phone)
    with pytest.raises(NumberRegistered):
        request_review(actor=make.person_actor(refused), application_id=refused.pk)
    assert Line.objects.count() == 1
