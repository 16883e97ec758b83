"""P-REG-5: of one number there is never a second open application, nor a second line."""

import threading
import time
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from realname.access.actor import SYSTEM
from realname.states import TransitionNotAllowed
from realname.trail.models import Event
from registration.errors import NumberRegistered, RegistrationError
from registration.locks import lock_application
from registration.models import Application, Line, Person, PhoneCode
from registration.services.phone_digits import digits_of
from registration.services.prove_phone import prove_phone
from registration.services.request_phone_code import request_phone_code
from registration.services.request_review import request_review
from registration.services.resume_application import resume_application
from registration.services.submit_application import submit_application
from registration.states import ApplicationStatus
from tests.factories import registration as make
from tests.races.at_once import at_once
from verification.services.outcomes import approve

pytestmark = pytest.mark.django_db(transaction=True)


def test_one_number_proven_in_many_applications_is_one_application():
    phone = make.new_phone()
    codes = [_sent(make.started(), phone) for _ in range(10)]
    bound = at_once(*((lambda code=code: _prove(code)) for code in codes))
    assert all(isinstance(result, Application) for result in bound), bound
    assert Application.objects.open().filter(phone_index=codes[0].phone_index).count() == 1


@pytest.mark.slow
def test_200_registrations_of_one_person_and_number_make_one_person_and_one_line():
    """Each goes the whole way by itself, from the code to the activation, or is told that the number is taken."""
    phone, id_number = make.new_phone(), make.new_id_number()
    codes = [_sent(make.started(), phone) for _ in range(200)]
    results = at_once(*((lambda code=code: _register(code, id_number)) for code in codes))
    others = [result for result in results if not isinstance(result, ApplicationStatus | RegistrationError | TransitionNotAllowed)]
    assert others == []
    assert ApplicationStatus.ACTIVATED in results
    line = Line.objects.get()
    assert line.number == phone
    assert Person.objects.get(id_number_index__isnull=False).pk == line.person_id
    assert Application.objects.get(status=ApplicationStatus.ACTIVATED).pk == line.application_id
    assert not Application.objects.open().filter(phone_index=codes[0].phone_index).exists()
    assert Event.objects.filter(name="line.activated").count() == Event.objects.filter(name="person.verified").count() == 1


def _sent(application: Application, phone: str) -> PhoneCode:
    """A code for the number, past the limits on how often one is sent."""
    expires = timezone.now() + timedelta(minutes=5)
    return PhoneCode.objects.create(person_id=application.person_id, application=application, phone=phone, expires_at=expires)


def _register(code: PhoneCode, id_number: str) -> ApplicationStatus:
    """Prove the number, take up the application that has it already, complete it, hand it in, and have it approved."""
    draft = code.application
    application = _prove(code)
    if not application.phone_proven_at:
        application = resume_application(actor=make.person_actor(draft), application_id=draft.pk, entered=id_number[-6:])
    if not application.details_entered_at:
        application = make.with_captures(make.with_details(application, id_number=id_number))
    submit_application(actor=make.person_actor(application), application_id=application.pk, submission_key=str(draft.pk))
    with transaction.atomic():
        application = lock_application(application.pk)
        application.move(to=ApplicationStatus.VERIFYING)
        application.save(update_fields=["status"])
        assert not approve(actor=SYSTEM, application=application, reason="APPROVED")
    return ApplicationStatus(application.status)


def test_a_number_proven_while_its_line_becomes_active_is_refused():
    """Whoever proves it waits for the row of the application that has the number, which the activation holds, and then finds the line."""
    phone = make.new_phone()
    application, codes = make.verifying(phone=phone), [_sent(make.started(), phone) for _ in range(5)]
    held = threading.Event()

    def _activate() -> str:
        with transaction.atomic():
            locked = lock_application(application.pk)
            held.set()
            time.sleep(0.5)
            return approve(actor=SYSTEM, application=locked, reason="APPROVED")

    def _prove_meanwhile(code: PhoneCode) -> Application:
        assert held.wait(10)
        return _prove(code)

    activated, *proven = at_once(_activate, *((lambda code=code: _prove_meanwhile(code)) for code in codes))
    assert activated == ""
    assert [getattr(result, "code", result) for result in proven] == ["number_registered"] * 5
    assert Line.objects.count() == 1


def test_the_database_itself_refuses_a_second_application_or_line_of_a_number():
    """P-REG-5: what holds where a lock were forgotten."""
    phone = make.new_phone()
    make.activated(phone=phone)
    drafts = [make.drafted(), make.drafted()]
    with pytest.raises(IntegrityError, match="line_once_per_number"):
        Line.objects.create(person=drafts[0].person, application=drafts[0], number=phone)
    drafts[0].phone = drafts[1].phone
    with pytest.raises(IntegrityError, match="application_once_per_number"):
        drafts[0].save()


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
