"""P-PAR-3: where no message comes, a clerk hands over a code for which no network is needed."""

from datetime import timedelta

import pytest
from django.utils import timezone

from realname.access.actor import SYSTEM
from realname.access.models import Role
from realname.trail.models import Event
from registration.errors import ApplicationClosed, CodeRefused
from registration.models import Delivery, PhoneCode
from registration.services.issue_paper_code import issue_paper_code
from registration.services.phone_digits import digits_of
from registration.services.prove_phone import prove_phone
from tests.factories import messages
from tests.factories import registration as make
from tests.factories.access import staff, staff_actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def clerk():
    return staff_actor(staff(Role.CLERK))


def issue(clerk, application, phone: str) -> PhoneCode:
    return issue_paper_code(actor=clerk, application_id=application.pk, phone=phone)


def enter(application, digits: str):
    return prove_phone(actor=make.person_actor(application), application_id=application.pk, entered=digits)


def test_the_person_enters_it_as_any_other_once(clerk):
    application, phone = make.started(), make.new_phone()
    code = issue(clerk, application, phone)
    assert enter(application, digits_of(code.pk)).phone == phone
    assert (code.expires_at - code.created_at) == timedelta(seconds=1800)
    assert not Delivery.objects.exists()
    event = Event.objects.get(name="phone_code.issued_on_paper")
    assert (event.actor_kind, event.actor_role, event.subject_id) == ("staff", "clerk", str(application.pk))
    with pytest.raises(CodeRefused, match="code_used"):
        enter(application, digits_of(code.pk))


def test_it_takes_the_place_of_the_one_that_never_came(clerk):
    code = messages.asked()
    paper = issue(clerk, code.application, code.phone)
    code.refresh_from_db()
    assert code.superseded_at
    assert enter(code.application, digits_of(paper.pk)).phone_proven_at


def test_it_opens_no_other_application(clerk):
    mine, other, phone = make.started(), make.started(), make.new_phone()
    paper = issue(clerk, mine, phone)
    issue(clerk, other, phone)
    with pytest.raises(CodeRefused, match="code_wrong"):
        enter(other, digits_of(paper.pk))


@pytest.mark.parametrize("role", [role for role in Role if role != Role.CLERK])
def test_nobody_but_a_clerk_hands_one_over(role):
    application = make.started()
    for actor in (staff_actor(staff(role)), make.person_actor(application), SYSTEM):
        with pytest.raises(PermissionError):
            issue_paper_code(actor=actor, application_id=application.pk, phone=make.new_phone())
    assert not PhoneCode.objects.exists()


def test_it_is_short_lived(clerk):
    application = make.started()
    code = issue(clerk, application, make.new_phone())
    PhoneCode.objects.filter(pk=code.pk).update(expires_at=timezone.now())
    with pytest.raises(CodeRefused, match="code_expired"):
        enter(application, digits_of(code.pk))


def test_five_an_hour_for_a_number_or_an_application(clerk):
    application, phone = make.started(), make.new_phone()
    for _ in range(5):
        issue(clerk, application, phone)
    for one, number in ((application, make.new_phone()), (make.started(), phone)):
        with pytest.raises(CodeRefused, match="code_too_many"):
            issue(clerk, one, number)
    assert issue(clerk, make.started(), make.new_phone())


def test_guesses_at_it_lock_like_any_others(clerk):
    application, phone = make.started(), make.new_phone()
    issue(clerk, application, phone)
    make.guess_codes(application, times=5)
    with pytest.raises(CodeRefused, match="code_locked"):
        issue(clerk, application, phone)


def test_an_application_that_is_handed_in_gets_none(clerk):
    application = make.submitted()
    with pytest.raises(ApplicationClosed):
        issue(clerk, application, application.phone)
