"""The account of a guardian, of an agent, and of the child once it is of age (R-12, R-31)."""

import io
import json
import zipfile
from datetime import date

import pytest
from django.db import transaction
from django.utils import timezone

from realname.access.actor import SYSTEM
from realname.trail import record
from realname.trail.models import Event
from realname.vault.blind_index import blind_index
from registration.account_selectors import holders_of, phone_of
from registration.export.gather import gather
from registration.export.package import package
from registration.models import Application, Person
from registration.parties_selectors import acted_in, guarded_by, reached_by_guardian
from registration.reads import looks_of
from registration.services.parties.withdraw_for_child import withdraw_for_child
from registration.services.submit_application import submit_application
from registration.states import ApplicationStatus
from tests.factories import account as make
from tests.factories import registration as register

pytestmark = pytest.mark.django_db
YEAR = timezone.localdate().year


def handed_in_by(person: Person, representation: str = "guardian", *, years: int = 10) -> Application:
    """An application in which somebody with this person's document acts."""
    application = register.represented(representation, birth=date(YEAR - years, 1, 1))
    application = register.with_representative(application, id_number=person.id_number)
    return submit_application(actor=register.person_actor(application), application_id=application.pk, submission_key="key")


def activated(application: Application) -> Application:
    from verification.services.outcomes import approve

    Application.objects.filter(pk=application.pk).update(status=ApplicationStatus.VERIFYING)
    with transaction.atomic():
        assert approve(actor=SYSTEM, application=Application.objects.get(pk=application.pk), reason="APPROVED") == ""
    return Application.objects.get(pk=application.pk)


def grown_up(application: Application) -> Person:
    """The child has its eighteenth birthday behind it."""
    person = Person.objects.get(pk=application.person_id)
    for row in (application, person):
        row.birth = date(YEAR - 19, 1, 1)
        row.save()
    return person


@pytest.fixture
def guardian():
    """A browser in the account of somebody with a line of their own."""
    return make.signed_in()


def page(client, path: str) -> str:
    response = client.get(f"/account/{path}")
    assert response.status_code == 200
    return response.content.decode()


def test_guardian_sees_the_childs_application_and_line_masked(guardian):
    application = activated(handed_in_by(guardian.person))
    shown = page(guardian, "applications"), page(guardian, "lines")
    assert application.reference in shown[0]
    assert "Lines of children in your care" in shown[1]
    line = application.line
    assert all(secret not in html for secret in (application.name, application.id_number, line.number) for html in shown)
    # the line is the child's: the guardian's account shows and ends none of it
    assert guardian.post(f"/account/lines/{line.pk}/show").status_code == 404
    assert guardian.get(f"/account/lines/{line.pk}/end").status_code == 404
    assert guardian.post(f"/account/applications/{application.pk}/open").status_code == 404


def test_guardian_takes_the_application_back(guardian):
    """The trail names who did it; done twice it is done once."""
    application = handed_in_by(guardian.person)
    for _ in range(2):
        assert guardian.post(f"/account/applications/{application.pk}/withdraw").status_code == 302
    application.refresh_from_db()
    assert application.status == ApplicationStatus.WITHDRAWN
    event = Event.objects.get(name="application.withdrawn")
    assert (event.actor_id, event.person_id, event.reason) == (str(guardian.person.pk), application.person_id, "guardian")


def test_too_late_is_said(guardian):
    application = activated(handed_in_by(guardian.person))
    answer = guardian.post(f"/account/applications/{application.pk}/withdraw", follow=True)
    assert "can no longer be changed" in answer.content.decode()
    application.refresh_from_db()
    assert application.status == ApplicationStatus.ACTIVATED


@pytest.mark.parametrize("_case", ["another's child", "an adult", "of age since", "their own"])
def test_nobody_takes_back_what_is_not_of_a_child_of_theirs(guardian, _case):
    """404, and nothing changed."""
    other = register.activated().person
    application = {
        "another's child": lambda: handed_in_by(other),
        "an adult": lambda: handed_in_by(guardian.person, "agent", years=40),
        "of age since": lambda: handed_in_by(guardian.person),
        "their own": lambda: register.submitted(),
    }[_case]()
    if _case == "of age since":
        grown_up(application)
    assert guardian.post(f"/account/applications/{application.pk}/withdraw").status_code == 404
    application.refresh_from_db()
    assert application.status == ApplicationStatus.SUBMITTED
    assert not Event.objects.filter(name="application.withdrawn").exists()


def test_child_who_is_of_age_is_shown_no_more(guardian):
    application = activated(handed_in_by(guardian.person))
    assert guarded_by(guardian.person) == [application]
    grown_up(application)
    assert guarded_by(guardian.person) == []
    assert application.reference not in page(guardian, "applications")
    assert "in your care" not in page(guardian, "lines")


def test_who_is_not_verified_is_nobodys_guardian():
    """A number that was only typed in opens nothing of a child's."""
    verified = register.activated().person
    handed_in_by(verified)
    claims = register.submitted(id_number=verified.id_number).person
    claims.id_number_index = verified.id_number_index
    assert guarded_by(claims) == []
    assert not acted_in(claims).exists()


def contact_of_guardian() -> tuple[Application, str]:
    """A child with a number of the stock, reached on the guardian's phone."""
    from registration.services.parties.prove_own_phone import share_phone

    (number,) = register.in_stock()
    application = register.choosing(register.represented("guardian"), number.number)
    application = register.with_representatives_details(application)
    share_phone(actor=register.person_actor(application), application_id=application.pk)
    application = register.with_captures(Application.objects.get(pk=application.pk))
    submit_application(actor=register.person_actor(application), application_id=application.pk, submission_key="key")
    return activated(application), application.phone


def test_guardians_phone_opens_the_account_of_a_child_and_of_nobody_of_age():
    """R-12: at 18 the account is the child's alone, and messages go to their own line."""
    application, phone = contact_of_guardian()
    index = blind_index("phone", phone)
    assert [person.pk for person in holders_of(index).persons] == [application.person_id]
    assert phone_of(application.person) == phone
    person = grown_up(application)
    assert reached_by_guardian(person)
    assert holders_of(index).persons == ()
    assert phone_of(person) == application.line.number
    # by the number of the line they come in as before
    assert holders_of(application.line.number_index).persons == (person,)


def test_own_contact_phone_of_who_is_of_age_opens_their_account():
    """Only who was a guardian is shut out."""
    person = register.line_on(register.new_phone(segment="1920000")).person
    assert not reached_by_guardian(person)
    assert holders_of(person.contact_phone_index).persons == (person,)


@pytest.mark.parametrize("representation", ["guardian", "agent"])
def test_who_acted_is_shown_who_looked_at_their_document(guardian, representation):
    """R-31: not at the other's, which the other is shown."""
    application = handed_in_by(guardian.person, representation, years=10 if representation == "guardian" else 40)
    for what in ("fields", "representative_front", "document_front"):
        data = {"what": what}
        record("pii.viewed", actor=SYSTEM, subject=application, person_id=application.person_id, purpose="judge_application", data=data)
    assert len(looks_of(guardian.person)) == 2
    assert len(looks_of(application.person)) == 3
    assert looks_of(register.activated().person) == []


def test_copy_of_who_acted_holds_their_part_and_nothing_of_the_other(guardian):
    """R-31."""
    application = handed_in_by(guardian.person)
    (acted,) = gather(guardian.person)["acted_for_others"]
    assert (acted["reference"], acted["id_number"]) == (application.reference, guardian.person.id_number)
    assert acted["phone"] == application.representative.phone
    assert {consent["purpose"] for consent in acted["consents"]} and len(acted["consents"]) == 4
    assert len(acted["captures"]) == 5
    assert application.id_number not in json.dumps(acted, default=str)
    assert len(gather(application.person)["applications"][0]["captures"]) == 2
    with zipfile.ZipFile(io.BytesIO(package(guardian.person, language="en"))) as archive:
        assert application.id_number not in archive.read("data.json").decode()


def test_copy_says_that_they_acted_where_their_part_is_erased(guardian):
    """R-06: it goes with the child's."""
    from realname.vault.erase import erase_person
    from registration.listeners import person_erased

    application = handed_in_by(guardian.person)
    erase_person(application.person_id, reason="test")
    person_erased(Event.objects.get(name="person.erased"))
    assert gather(guardian.person)["acted_for_others"] == []
    assert not acted_in(guardian.person).exists()


def test_stranger_takes_nothing_back_by_the_service_either():
    """The service asks the same as the page."""
    application, stranger = handed_in_by(register.activated().person), register.activated().person
    with pytest.raises(Application.DoesNotExist):
        withdraw_for_child(actor=make.actor(stranger), person=stranger, application_id=application.pk)
    assert Application.objects.get(pk=application.pk).status == ApplicationStatus.SUBMITTED
