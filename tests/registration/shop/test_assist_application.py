"""A clerk helps a person: bound to clerk, dealer, shop and device, by the services of the web channel (P-REG-6)."""

import pytest

from realname.access.actor import SYSTEM
from realname.trail.models import Event
from registration.errors import ApplicationIncomplete, CodeRefused, ShopRefused
from registration.models import Application, ShopWitness
from registration.services.phone_digits import digits_of
from registration.services.prove_phone import prove_phone
from registration.services.request_phone_code import request_phone_code
from registration.services.resume_application import resume_application
from registration.services.shop.suspend_dealer import suspend_dealer
from registration.services.shop.witness_application import take_up_visit, witness_application
from registration.services.start_application import start_application
from registration.services.submit_application import submit_application
from registration.states import ApplicationStatus, ConsentPurpose, DealerReason, VerificationPath
from tests.factories import registration
from tests.factories import shop as make

pytestmark = pytest.mark.django_db


def started(actor, path=VerificationPath.FACE_FREE, way="shop") -> Application:
    return start_application(actor=actor, path=path, purposes=set(ConsentPurpose), language="en", statement_way=way)


def complete(actor) -> Application:
    """A draft made in a shop that lacks nothing but the clerk's statement."""
    application = started(actor)
    code = request_phone_code(actor=actor, application_id=application.pk, phone=registration.new_phone())
    application = prove_phone(actor=actor, application_id=application.pk, entered=digits_of(code.pk))
    return registration.with_captures(registration.with_details(application))


def online(**kwargs) -> Application:
    """Handed in online, by a person who will visit a shop."""
    return registration.submitted(path=VerificationPath.FACE_FREE, **kwargs)


def test_everything_is_bound_and_every_event_names_the_place():
    """P-REG-6: clerk, dealer, shop, device on the application, and in each event of the clerk."""
    station, actor = make.at_counter()
    application = complete(actor)
    witness_application(actor=actor, application_id=application.pk)
    submit_application(actor=actor, application_id=application.pk, submission_key="1")

    application.refresh_from_db()
    assert application.channel == "shop"
    assert application.clerk == station.clerk
    assert application.shop_device == station.device
    assert application.shop == station.device.shop
    assert application.dealer == station.device.shop.dealer
    # what the rules count by place is a browser's and a network's, not the counter's
    assert (application.device, application.network) == ("", "")
    mine = Event.objects.filter(subject_id=str(application.pk), actor_id=str(station.clerk.pk))
    names = set(mine.values_list("name", flat=True))
    assert {"application.started", "consent.given", "phone.proven", "application.witnessed", "application.submitted"} <= names
    for event in mine:
        assert {key: event.data[key] for key in ("dealer", "shop", "shop_device")} == station.place, event.name
        assert event.actor_role == "clerk"


def test_a_persons_own_events_name_no_shop():
    """Online nothing changes."""
    application = registration.started()
    assert application.channel == "web"
    assert not any("shop" in event.data for event in Event.objects.filter(subject_id=str(application.pk)))


def test_consents_are_needed_in_a_shop_too():
    """R-26, R-38: the clerk can't begin without them; nothing is left behind."""
    _station, actor = make.at_counter()
    with pytest.raises(ApplicationIncomplete):
        start_application(actor=actor, path=VerificationPath.FACE, purposes={ConsentPurpose.TERMS}, language="en")
    assert not Application.objects.exists()


def test_without_the_clerks_statement_nothing_is_handed_in():
    """R-33: the visit is what a reviewer decides by. Stated twice it is one statement."""
    _station, actor = make.at_counter()
    application = complete(actor)
    with pytest.raises(ApplicationIncomplete) as refusal:
        submit_application(actor=actor, application_id=application.pk, submission_key="1")
    assert refusal.value.missing == ["witness"]

    first = witness_application(actor=actor, application_id=application.pk)
    assert witness_application(actor=actor, application_id=application.pk) == first
    assert submit_application(actor=actor, application_id=application.pk, submission_key="1").status == ApplicationStatus.SUBMITTED


def test_a_statement_is_about_the_details_as_they_stood():
    """Entered anew after it, somebody else's card might be meant: the clerk looks again. Before them there is nothing to state."""
    _station, actor = make.at_counter()
    bare = started(actor)
    with pytest.raises(ApplicationIncomplete):
        witness_application(actor=actor, application_id=bare.pk)
    application = complete(actor)
    witness_application(actor=actor, application_id=application.pk)
    registration.with_details(application)
    with pytest.raises(ApplicationIncomplete) as refusal:
        submit_application(actor=actor, application_id=application.pk, submission_key="1")
    assert refusal.value.missing == ["witness"]


def test_another_clerk_states_nothing_of_it():
    """Only who has it in hand, on the device it is in hand on."""
    application = complete(make.at_counter()[1])
    with pytest.raises(ShopRefused):
        witness_application(actor=make.at_counter()[1], application_id=application.pk)
    assert not ShopWitness.objects.exists()


def test_a_dealer_suspended_meanwhile_hands_nothing_in_and_the_person_goes_on():
    """R-08: the draft stays, and the person continues it with their number in another shop, or online."""
    station, actor = make.at_counter()
    application = complete(actor)
    witness_application(actor=actor, application_id=application.pk)
    suspend_dealer(actor=SYSTEM, dealer_id=station.device.shop.dealer_id, reason=DealerReason.QUALITY)
    with pytest.raises(ShopRefused):
        submit_application(actor=actor, application_id=application.pk, submission_key="1")
    with pytest.raises(ShopRefused):
        started(actor)
    application.refresh_from_db()
    assert application.status == ApplicationStatus.DRAFT

    elsewhere, other = make.at_counter()
    draft = started(other)
    # a code is not asked for twice in a minute from one place: the other shop is another
    code = request_phone_code(actor=other, application_id=draft.pk, phone=application.phone)
    prove_phone(actor=other, application_id=draft.pk, entered=digits_of(code.pk))
    resumed = resume_application(actor=other, application_id=draft.pk, entered=application.id_number[-6:])

    assert resumed.pk == application.pk
    assert (resumed.shop, resumed.clerk) == (elsewhere.device.shop, elsewhere.clerk)
    assert submit_application(actor=other, application_id=resumed.pk, submission_key="2").status == ApplicationStatus.SUBMITTED


def test_a_visit_is_taken_up_by_reference_and_document():
    """R-33, R-10: recorded for the reviewer; the status is not the clerk's to change."""
    station, actor = make.at_counter()
    application = online()

    take_up_visit(actor=actor, reference=f" {application.reference.lower()} ", last_six=application.id_number[-6:].lower())

    application.refresh_from_db()
    assert application.status == ApplicationStatus.SUBMITTED
    assert (application.channel, application.clerk) == ("shop", station.clerk)
    assert ShopWitness.objects.get().application == application


def test_another_document_is_refused_and_counted_until_locked():
    """Guesses at the number are bounded as where a person resumes; nothing is stated or bound."""
    _station, actor = make.at_counter()
    application = online()
    codes = []
    for _ in range(7):
        with pytest.raises(ShopRefused) as refusal:
            take_up_visit(actor=actor, reference=application.reference, last_six="000000")
        codes.append(refusal.value.code)
    assert codes[0] == "visit_wrong"
    assert codes[-1] == "visit_locked"
    with pytest.raises(ShopRefused):
        take_up_visit(actor=actor, reference=application.reference, last_six=application.id_number[-6:])
    application.refresh_from_db()
    assert (application.channel, application.clerk) == ("web", None)
    assert not ShopWitness.objects.exists()


@pytest.mark.parametrize("which", ["unknown", "face", "draft", "rejected"])
def test_one_sentence_for_every_application_that_waits_for_no_visit(which):
    """A clerk learns nothing of other people's applications."""
    _station, actor = make.at_counter()
    application = {
        "unknown": lambda: None,
        "face": registration.submitted,
        "draft": lambda: registration.complete(path=VerificationPath.FACE_FREE),
        "rejected": lambda: registration.rejected(path=VerificationPath.FACE_FREE),
    }[which]()
    reference = application.reference if application else "RN-22222222"
    with pytest.raises(ShopRefused) as refusal:
        take_up_visit(actor=actor, reference=reference, last_six=application.id_number[-6:] if application else "123456")
    assert refusal.value.code == "visit_unknown"


def test_a_shops_tablet_serves_many_numbers_in_an_hour():
    """The bound on numbers tried by one browser is not one on customers; the one of each application stays (P-REG-2)."""
    _station, actor = make.at_counter()
    actor = type(actor)(**{**{f: getattr(actor, f) for f in actor.__slots__}, "device": "tablet", "ip": "198.51.100.7"})
    for _ in range(8):
        request_phone_code(actor=actor, application_id=started(actor).pk, phone=registration.new_phone())
    one = started(actor)
    with pytest.raises(CodeRefused):
        for _ in range(8):
            request_phone_code(actor=actor, application_id=one.pk, phone=registration.new_phone())
