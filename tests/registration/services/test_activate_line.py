"""From an approval to a person, an account, a subscriber and a line."""

import pytest
from django.db import transaction

from realname.access.actor import SYSTEM
from realname.states import TransitionNotAllowed
from realname.trail.models import Event
from realname.vault.files import read_file
from realname.vault.models import EncryptedFile
from registration.errors import LineLimitReached, NumberRegistered
from registration.models import Account, Application, Capture, Consent, Line, Number, Person, PhoneCode, Subscriber
from registration.patterns import facts_of
from registration.services.activate_line import activate_line
from registration.states import ApplicationStatus, NumberStatus
from tests.factories import registration as make
from tests.factories.policy import set_value

pytestmark = pytest.mark.django_db


def approved(**kwargs) -> Application:
    application = make.verifying(**kwargs)
    application.move(to=ApplicationStatus.APPROVED)
    application.save(update_fields=["status"])
    return application


def activate(application: Application) -> Line:
    return activate_line(actor=SYSTEM, application_id=application.pk)


@pytest.mark.parametrize("status", [each for each in ApplicationStatus if each != ApplicationStatus.APPROVED])
def test_nothing_but_an_approval_activates(status):
    """R-01: refused, and nothing changed."""
    application = make.verifying()
    Application.objects.filter(pk=application.pk).update(status=status)
    events = Event.objects.count()
    with pytest.raises(TransitionNotAllowed), transaction.atomic():
        activate(application)
    application.refresh_from_db()
    assert application.status == status
    assert not Line.objects.exists()
    assert not Account.objects.exists()
    assert not Person.objects.filter(verified_at__isnull=False).exists()
    assert Event.objects.count() == events


def test_the_person_is_made_of_what_was_verified():
    """P-REG-4."""
    application = approved(name="李小龙")
    line = activate(application)
    person = Person.objects.get(pk=line.person_id)
    assert (person.name, person.id_number, person.contact_phone) == ("李小龙", application.id_number, application.phone)
    assert person.verified_at
    assert line.number == application.phone
    assert person.subscriber.account == person.account
    application.refresh_from_db()
    assert application.status == ApplicationStatus.ACTIVATED
    assert set(
        Event.objects.filter(person_id=person.pk, name__in=["person.verified", "account.opened", "line.activated"]).values_list("name")
    ) == {
        ("person.verified",),
        ("account.opened",),
        ("line.activated",),
    }


def test_asked_again_it_is_the_same_line():
    application = approved()
    assert activate(application).pk == activate(application).pk
    assert Event.objects.filter(name="line.activated").count() == 1


def test_the_line_limit_holds_at_activation():
    """R-13: at five there is no sixth; the limit is the operator's to set."""
    number = make.new_id_number()
    for _ in range(5):
        activate(approved(id_number=number))
    sixth = approved(id_number=number)
    with pytest.raises(LineLimitReached), transaction.atomic():
        activate(sixth)
    assert Line.objects.count() == 5
    set_value(key="registration.line_limit", value=6, note="the province allows it")
    activate(sixth)
    assert Line.objects.count() == 6


def test_lines_of_others_do_not_count():
    for _ in range(6):
        activate(approved())
    assert Line.objects.count() == 6


def test_a_number_in_use_is_not_given_twice():
    """P-REG-5."""
    phone = make.new_phone()
    application = approved(phone=phone)
    Number.objects.create(**facts_of(phone), status=NumberStatus.IN_USE)
    with pytest.raises(NumberRegistered), transaction.atomic():
        activate(application)


class TestSecondApplication:
    """P-REG-5: one person is one record; a provisional one becomes part of it, with keys and files."""

    @pytest.fixture
    def merged(self) -> tuple[Person, Application]:
        number = make.new_id_number()
        first = activate(approved(id_number=number))
        second = approved(id_number=number, name="张三丰")
        activate(second)
        return Person.objects.get(pk=first.person_id), Application.objects.get(pk=second.pk)

    def test_there_is_one_person_account_and_subscriber(self, merged):
        person, second = merged
        assert second.person_id == person.pk
        assert Person.objects.filter(id_number_index__isnull=False).count() == 1
        assert Account.objects.count() == Subscriber.objects.count() == 1
        assert person.lines.count() == 2

    def test_every_row_is_re_pointed(self, merged):
        person, second = merged
        provisional = Person.objects.get(merged_into=person)
        assert provisional.id_number is None
        for model in (Application, Capture, Consent, PhoneCode, Line, EncryptedFile):
            assert not model._base_manager.filter(person_id=provisional.pk).exists(), model

    def test_what_was_encrypted_before_is_still_readable(self, merged):
        person, second = merged
        assert (second.name, second.phone) == ("张三丰", second.line.number)
        assert second.phone_codes.get().phone == second.phone
        capture = second.captures.first()
        assert read_file(capture.file) == f"{capture.kind} of {second.pk}".encode()
        # and it can be written again
        second.residence = "上海市示例路3号"
        second.save()
        assert Application.objects.get(pk=second.pk).residence == "上海市示例路3号"
