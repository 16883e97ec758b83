"""Two people in one application: who is registered, and who acts for them (R-03, R-12, R-34, P-REG-6)."""

from datetime import date

import pytest
from django.utils import timezone

from realname.trail.models import Event
from realname.vault.erase import is_erased
from realname.vault.errors import KeyErased
from registration.errors import ApplicationIncomplete, CaptureRefused
from registration.models import Application, Consent, Line, Person, PhoneCode, Representative
from registration.selectors import current_captures, missing_parts, needed_captures
from registration.services.correct_details import correct_details
from registration.services.give_consent import choose_path
from registration.services.start_application import start_application
from registration.services.store_capture import store_capture
from registration.services.submit_application import submit_application
from registration.states import ApplicationStatus, CaptureKind, ConsentPurpose, Party, VerificationPath
from tests.factories import documents as made
from tests.factories import policy
from tests.factories import registration as make

pytestmark = pytest.mark.django_db

REPRESENTATIVES_PARTS = ["representative_front", "representative_back", "relation", "representative_details", "representative_phone"]
_each = pytest.mark.parametrize("representation", ["guardian", "agent"])


def years_ago(years: int) -> date:
    return date(timezone.localdate().year - years, 1, 1)


def enter(application: Application, *, born: date, party: Party = Party.PRINCIPAL, number: str = "") -> Application:
    entered = made.details("resident_id_card", id_number=number or made.new_id_number(birth=born))
    return correct_details(actor=make.person_actor(application), application_id=application.pk, details=entered, party=party)


def refused(act, *args, **kwargs) -> str:
    with pytest.raises(ApplicationIncomplete) as refusal:
        act(*args, **kwargs)
    return refusal.value.code


def submit(application: Application) -> Application:
    return submit_application(actor=make.person_actor(application), application_id=application.pk, submission_key="key")


@_each
def test_one_document_is_not_enough(representation):
    """R-03: what the representative must show is missing, and named."""
    application = make.with_captures(make.represented(representation))
    application.captures.current().filter(kind__in=REPRESENTATIVES_PARTS).update(superseded_at=timezone.now())
    with pytest.raises(ApplicationIncomplete) as refusal:
        submit(application)
    assert refusal.value.missing == REPRESENTATIVES_PARTS
    assert Application.objects.get(pk=application.pk).status == ApplicationStatus.DRAFT
    assert not Event.objects.filter(name="application.submitted").exists()


@_each
@pytest.mark.parametrize("kind", ["document_front", "document_back", "representative_front", "representative_back", "relation"])
def test_each_single_photograph_is_needed(representation, kind):
    """R-03."""
    application = make.with_representative(make.represented(representation))
    application.captures.current().filter(kind=kind).update(superseded_at=timezone.now())
    with pytest.raises(ApplicationIncomplete) as refusal:
        submit(application)
    assert refusal.value.missing == [kind]


@_each
def test_both_documents_are_handed_in(representation):
    application = make.handed_in_for_another(representation)
    assert application.status == ApplicationStatus.SUBMITTED
    assert set(current_captures(application)) == {*map(str, needed_captures(application))}
    assert Event.objects.get(name="application.submitted").data["representation"] == representation


def test_who_acts_has_a_person_and_a_key_of_their_own():
    """R-03, R-34: whatever shows them is encrypted by their key; the child's key opens the child's document only."""
    application = make.handed_in_for_another("guardian")
    child, guardian = application.person_id, application.representative.person_id
    assert child != guardian
    owners = {str(kind): (capture.person_id, capture.file.person_id) for kind, capture in current_captures(application).items()}
    assert {kind for kind, owner in owners.items() if owner == (child, child)} == {"document_front", "document_back"}
    theirs = {"representative_front", "representative_back", "relation", "selfie", "challenge"}
    assert {kind for kind, owner in owners.items() if owner == (guardian, guardian)} == theirs


@pytest.mark.parametrize(
    ("representation", "years", "code"),
    [
        ("", 15, "under_age"),
        ("", 16, None),
        ("agent", 15, "under_age"),
        ("agent", 16, None),
        ("guardian", 3, None),
        ("guardian", 17, None),
        ("guardian", 18, "not_a_minor"),
    ],
)
def test_age_of_who_is_registered(representation, years, code):
    """R-12."""
    application = make.started(representation=representation)
    if code is None:
        assert enter(application, born=years_ago(years)).details_entered_at
        return
    assert refused(enter, application, born=years_ago(years)) == code
    assert Application.objects.get(pk=application.pk).details_entered_at is None


@_each
def test_who_acts_is_an_adult(representation):
    application = make.represented(representation)
    assert refused(enter, application, born=years_ago(17), party=Party.REPRESENTATIVE) == "representative_not_adult"
    assert Representative.objects.get(application=application).id_number is None
    enter(application, born=years_ago(18), party=Party.REPRESENTATIVE)
    assert Representative.objects.get(application=application).details_entered_at


def test_nobody_acts_for_themselves():
    application = make.represented("agent")
    number = application.id_number
    assert refused(enter, application, born=years_ago(40), number=number, party=Party.REPRESENTATIVE) == "same_person"
    assert Representative.objects.get(application=application).id_number is None


def test_a_birthday_that_has_passed_is_seen_at_submission():
    """Ages are of the day on which it is handed in."""
    application = make.with_representative(make.represented("guardian"))
    Application.objects.get(pk=application.pk)
    application.birth = years_ago(18)
    application.save()
    assert refused(submit, application) == "not_a_minor"


@pytest.mark.parametrize(
    ("lacking", "code"),
    [(ConsentPurpose.REPRESENTED, "represented_consent_missing"), (ConsentPurpose.FACE, "face_consent_missing")],
)
def test_the_guardian_consents_for_the_child_and_for_themselves(lacking, code):
    """R-12, R-30, R-34: each by itself."""
    start = {"actor": make.person_actor(), "path": VerificationPath.FACE, "language": "zh-hans", "representation": "guardian"}
    assert refused(start_application, **start, purposes=set(ConsentPurpose) - {lacking}) == code
    assert not Application.objects.exists()


def test_consents_say_who_gave_them():
    """R-12."""
    application = make.started(representation="guardian")
    guardian = application.representative.person_id
    given = dict(application.consents.values_list("purpose", "given_by"))
    assert given == dict.fromkeys(ConsentPurpose.values, guardian)
    event = Event.objects.get(name="consent.given", data__purpose="represented")
    assert (event.data["given_by"], event.data["representation"]) == (str(guardian), "guardian")
    alone = make.started()
    assert set(alone.consents.values_list("given_by", flat=True)) == {alone.person_id}


def change(application: Application, representation: str) -> Application:
    return choose_path(
        actor=make.person_actor(application),
        application_id=application.pk,
        path=VerificationPath.FACE,
        purposes=set(ConsentPurpose),
        language="zh-hans",
        representation=representation,
    )


def test_child_who_began_alone_goes_on_with_a_guardian():
    """R-12, R-34: what shows the child's face is erased, and their consents count for nothing."""
    application = make.with_captures(make.drafted())
    selfie = current_captures(application)["selfie"]
    changed = change(application, "guardian")
    selfie.file.refresh_from_db()
    assert selfie.file.erased_at is not None
    assert set(current_captures(changed)) == {"document_front", "document_back"}
    current = Consent.objects.filter(application=application, withdrawn_at__isnull=True)
    assert set(current.values_list("given_by", flat=True)) == {changed.representative.person_id}
    assert current.count() == 4


def test_representative_who_does_not_act_any_more_is_forgotten():
    application = make.with_representative(make.represented("agent"))
    person = application.representative.person_id
    changed = change(application, "")
    assert is_erased(person)
    assert not Representative.objects.exists()
    assert set(current_captures(changed)) == {"document_front", "document_back"}
    assert missing_parts(changed) == ["selfie", "challenge"]


def test_way_of_verification_alone_leaves_the_representative():
    application = make.represented("guardian")
    changed = choose_path(
        actor=make.person_actor(application),
        application_id=application.pk,
        path=VerificationPath.FACE_FREE,
        purposes=set(ConsentPurpose),
        language="zh-hans",
        statement_way="video",
    )
    assert (changed.representation, changed.path) == ("guardian", "face_free")
    assert missing_parts(changed) == ["document_front", "document_back", *REPRESENTATIVES_PARTS, "statement"]


def test_photographs_of_a_representative_are_taken_of_nobody_alone():
    application = make.drafted()
    for kind in (CaptureKind.REPRESENTATIVE_FRONT, CaptureKind.RELATION):
        with pytest.raises(CaptureRefused) as refusal:
            store_capture(
                actor=make.person_actor(application),
                application_id=application.pk,
                kind=kind,
                content=b"x",
                media_type="image/jpeg",
                event="document.captured",
            )
        assert refusal.value.code == "not_of_document"
    assert not application.captures.exists()


def acting_for(people: int, number: str) -> list[Application]:
    made_ = []
    for _ in range(people):
        application = make.with_representative(make.represented("agent"), id_number=number)
        made_.append(submit(application))
    return made_


def test_agent_for_many_people_is_told_on_the_trail():
    """R-14: from the first one over the limit on; it refuses nobody."""
    policy.set_value(key="registration.people_per_agent", value=2)
    number = made.new_id_number(birth=date(1980, 1, 1))
    applications = acting_for(3, number)
    (event,) = Event.objects.filter(name="agent.over_limit")
    assert event.subject_id == str(applications[2].pk)
    assert event.data == {"people": 3, "limit": 2}
    assert {application.status for application in applications} == {ApplicationStatus.SUBMITTED}


def test_line_is_the_principals_and_both_are_recorded():
    """R-03, R-13: the agent gets nothing."""
    from verification.services.outcomes import approve

    application = make.handed_in_for_another("agent")
    application.move(to=ApplicationStatus.VERIFYING)
    application.save(update_fields=["status"])
    assert approve(actor=make.person_actor(application), application=application, reason="APPROVED") == ""
    line, agent = Line.objects.get(), Person.objects.get(pk=application.representative.person_id)
    assert line.person_id == application.person_id
    assert (agent.verified_at, agent.lines.count(), hasattr(agent, "account")) == (None, 0, False)
    event = Event.objects.get(name="line.activated")
    assert (event.person_id, event.data["representative"], event.data["representation"]) == (line.person_id, str(agent.pk), "agent")


def test_both_are_forgotten_together():
    """R-06: identity material of the application goes with the person it was for."""
    from realname.vault.erase import erase_person
    from registration.listeners import person_erased

    application = make.handed_in_for_another("guardian")
    erase_person(application.person_id, reason="test")
    person_erased(Event.objects.get(name="person.erased"))
    representative = Representative.objects.get(application=application)
    assert is_erased(representative.person_id)
    assert (representative.id_number_index, representative.phone_index) == (None, None)
    assert set(PhoneCode.objects.filter(application=application).values_list("phone_index", flat=True)) == {None}
    with pytest.raises(KeyErased):
        assert representative.name
