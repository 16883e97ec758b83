"""Who acts for the person proves a phone of their own (R-03, P-REG-2)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from realname.trail.models import Event
from registration.errors import ApplicationClosed, CodeRefused
from registration.models import Application, PhoneCode, Representative
from registration.selectors import missing_parts
from registration.services.call_with_code import call_with_code
from registration.services.issue_paper_code import issue_paper_code
from registration.services.parties.prove_own_phone import prove_own_phone, share_phone
from registration.services.phone_digits import digits_of
from registration.services.prove_phone import prove_phone
from registration.services.release_number import release_number
from registration.services.request_phone_code import request_phone_code
from registration.states import CodePurpose, Party
from tests.factories import policy
from tests.factories import registration as make

pytestmark = pytest.mark.django_db
_each = pytest.mark.parametrize("representation", ["guardian", "agent"])


def ask(application: Application, phone: str = "", **actor) -> PhoneCode:
    who = make.person_actor(application, **actor)
    return request_phone_code(actor=who, application_id=application.pk, phone=phone or make.new_phone(), party=Party.REPRESENTATIVE)


def enter(application: Application, digits: str) -> Application:
    return prove_own_phone(actor=make.person_actor(application), application_id=application.pk, entered=digits)


def share(application: Application) -> Application:
    return share_phone(actor=make.person_actor(application), application_id=application.pk)


def refused(act, *args, **kwargs) -> str:
    with pytest.raises((CodeRefused, ApplicationClosed)) as refusal:
        act(*args, **kwargs)
    return refusal.value.code


def wants_own_phone(application: Application) -> bool:
    return "representative_phone" in missing_parts(Application.objects.get(pk=application.pk))


def with_new_number(representation: str) -> Application:
    """The line will be a number of the stock; the phone that was proven is the contact."""
    (number,) = make.in_stock()
    return make.choosing(make.represented(representation), number.number)


@_each
def test_nothing_is_handed_in_before_it_is_proven(representation):
    application = make.represented(representation)
    assert wants_own_phone(application)
    code = ask(application)
    assert wants_own_phone(application)
    enter(application, digits_of(code.pk))
    assert not wants_own_phone(application)
    representative = Representative.objects.get(application=application)
    assert representative.phone == code.phone
    assert Application.objects.get(pk=application.pk).phone == application.phone
    event = Event.objects.get(name="representative_phone.proven")
    assert (event.subject_id, event.person_id) == (str(application.pk), representative.person_id)
    assert event.data == {"code": str(code.pk), "shared": False}
    # the number is personal: it is in the code's row under the key of whose it is, and nowhere in the trail
    assert PhoneCode.objects.get(pk=code.pk).person_id == representative.person_id
    assert not Event.objects.filter(data__icontains=code.phone).exists()


def test_each_code_proves_its_own_phone_only():
    """A code made for one opens no other."""
    application = make.started(representation="guardian")
    first = request_phone_code(actor=make.person_actor(application), application_id=application.pk, phone=make.new_phone())
    assert refused(enter, application, digits_of(first.pk)) == "code_expired"
    application = prove_phone(actor=make.person_actor(application), application_id=application.pk, entered=digits_of(first.pk))
    second = ask(application)
    first.refresh_from_db()
    assert (second.purpose, first.superseded_at) == (CodePurpose.REPRESENTATIVE, None)
    assert refused(enter, application, digits_of(first.pk)) in {"code_wrong", "code_expired"}
    assert Representative.objects.get(application=application).phone_proven_at is None


def test_wrong_guesses_are_counted_and_locked():
    """P-REG-2: as for every number; right digits do not help any more."""
    application = make.represented("agent")
    code = ask(application)
    wrong = "000000" if digits_of(code.pk) != "000000" else "111111"
    assert [refused(enter, application, wrong) for _ in range(5)] == ["code_wrong"] * 5
    assert refused(enter, application, digits_of(code.pk)) == "code_locked"
    assert Representative.objects.get(application=application).phone_proven_at is None
    assert set(Event.objects.filter(name="phone_code.refused").values_list("subject_id", flat=True)) == {str(application.pk)}


def test_used_and_late_codes_are_refused():
    application = make.represented("agent")
    code = ask(application)
    enter(application, digits_of(code.pk))
    assert refused(enter, application, digits_of(code.pk)) == "code_used"
    late = ask(application)
    PhoneCode.objects.filter(pk=late.pk).update(expires_at=timezone.now() - timedelta(seconds=1))
    assert refused(enter, application, digits_of(late.pk)) == "code_expired"


def test_codes_to_both_phones_are_throttled_together():
    """P-REG-2: by number and time, and how many numbers one application tries."""
    application = make.represented("agent")
    phone = make.new_phone()
    ask(application, phone)
    assert refused(ask, application, phone) == "code_too_soon"
    # the application's own number and this one count
    policy.set_value(key="registration.numbers_per_hour", value=3)
    ask(application)
    assert refused(ask, application) == "code_too_many"


def test_number_to_register_is_not_an_agents_own():
    """The line is the principal's: the agent must be reached elsewhere."""
    application = make.represented("agent")
    assert refused(ask, application, application.phone) == "phone_of_application"
    assert refused(share, application) == "phone_not_shared"
    assert wants_own_phone(application)


def test_guardian_may_be_reached_on_the_childs_number():
    """R-12: a child's phone is in the guardian's hand."""
    application = make.represented("guardian")
    share(application)
    assert not wants_own_phone(application)
    assert Representative.objects.get(application=application).phone == application.phone
    assert Event.objects.get(name="representative_phone.proven").data == {"code": "", "shared": True}


@_each
def test_contact_of_a_new_number_may_be_theirs(representation):
    application = with_new_number(representation)
    share(application)
    assert not wants_own_phone(application)


def test_shared_contact_that_becomes_the_line_is_an_agents_no_more():
    application = with_new_number("agent")
    share(application)
    release_number(actor=make.person_actor(application), application_id=application.pk)
    assert wants_own_phone(application)


def test_nobody_acts_in_an_application_of_one():
    application = make.drafted()
    assert refused(share, application) == "application_closed"
    assert refused(enter, application, "123456") == "application_closed"
    with pytest.raises(Representative.DoesNotExist):
        ask(application)
    assert PhoneCode.objects.filter(application=application).count() == 1


def test_nothing_changes_after_it_is_handed_in():
    application = make.handed_in_for_another("agent")
    before = Representative.objects.get(application=application).phone
    assert refused(ask, application) == "application_closed"
    assert refused(share, application) == "application_closed"
    assert Representative.objects.get(application=application).phone == before


def test_other_people_prove_nothing_here():
    application, stranger = make.represented("agent"), make.person_actor(make.started())
    code = ask(application)
    with pytest.raises(Application.DoesNotExist):
        prove_own_phone(actor=stranger, application_id=application.pk, entered=digits_of(code.pk))
    with pytest.raises(Application.DoesNotExist):
        share_phone(actor=stranger, application_id=application.pk)


def test_call_reads_the_code_of_the_phone_it_is_asked_for(settings):
    """P-PAR-3."""
    application = make.represented("agent")
    code = ask(application)
    from registration.models import Delivery

    Delivery.objects.filter(about=code.pk).update(status="failed", cause="PHONE_FULL")
    call = call_with_code(actor=make.person_actor(application), application_id=application.pk, party=Party.REPRESENTATIVE)
    assert call.about == code.pk


def test_code_on_paper_for_the_line_leaves_this_one_alone():
    """P-PAR-3."""
    from tests.factories.access import staff, staff_actor

    application = make.represented("agent")
    code = ask(application)
    issue_paper_code(actor=staff_actor(staff("clerk")), application_id=application.pk, phone=make.new_phone())
    enter(application, digits_of(code.pk))
    assert not wants_own_phone(application)


def test_another_who_acts_proves_anew():
    """What the one proved is gone with them."""
    from registration.services.give_consent import choose_path
    from registration.states import ConsentPurpose, VerificationPath

    application = make.with_representatives_details(make.represented("agent"))
    choice = {"path": VerificationPath.FACE, "purposes": set(ConsentPurpose), "language": "zh-hans"}
    for representation in ("", "agent"):
        choose_path(actor=make.person_actor(application), application_id=application.pk, representation=representation, **choice)
    assert wants_own_phone(application)
