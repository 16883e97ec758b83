"""An invited person agrees by themselves, and the line is for who was named (R-01, R-26, R-34)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from realname.trail.models import Event
from registration.bulk.outcomes import Outcome
from registration.errors import ApplicationIncomplete, BulkRefused
from registration.models import Application, PhoneCode
from registration.services.bulk.accept_invitation import accept_invitation
from registration.services.bulk.forget import forget_what_is_over
from registration.services.bulk.invite import InvitationMessage
from registration.services.phone_digits import digits_of
from registration.services.prove_phone import prove_phone
from registration.services.request_phone_code import request_phone_code
from registration.services.resume_application import resume_application
from registration.services.submit_application import submit_application
from registration.services.withdraw_application import withdraw_application
from registration.states import ApplicationStatus, ApplyChannel, Channel, ConsentPurpose, VerificationPath
from tests.factories.bulk import row, the_organisation, worked_through
from tests.factories.documents import new_id_number
from tests.factories.organisation import approved, named, suspended
from tests.factories.registration import new_phone, person_actor, started, with_captures, with_details

pytestmark = pytest.mark.django_db
CHOICE = {"path": VerificationPath.FACE, "purposes": set(ConsentPurpose), "language": "zh-hans"}


def accepted(invited, *, phone: str = "") -> Application:
    application = accept_invitation(actor=person_actor(), row_id=invited.pk, **CHOICE)
    actor = person_actor(application)
    code = request_phone_code(actor=actor, application_id=application.pk, phone=phone or invited.phone)
    return prove_phone(actor=actor, application_id=application.pk, entered=digits_of(code.pk))


def test_the_message_names_the_organisation_and_nothing_of_the_person():
    invited = worked_through(row()).rows.get()

    message = InvitationMessage().compose(invited.pk, Channel.SMS)

    assert message.to == invited.phone
    assert "青石物流有限公司" in message.text and f"/invited/{invited.pk}" in message.text
    assert invited.name not in message.text and invited.id_number not in message.text


def test_the_application_begins_with_the_person_s_own_consents():
    invited = worked_through(row()).rows.get()

    application = accepted(invited)

    invited.refresh_from_db()
    assert (invited.application, application.channel) == (application, ApplyChannel.BULK)
    assert application.organisation == the_organisation()
    assert Event.objects.get(name="organisation.named").related_id == str(the_organisation().pk)
    assert application.consents.count() == 3
    assert (application.name, application.id_number, application.details_entered_at) == (None, None, None)
    assert InvitationMessage().compose(invited.pk, Channel.SMS) is None
    assert with_details(application, name=invited.name, id_number=invited.id_number).details_entered_at


def test_without_consent_nothing_begins():
    invited = worked_through(row()).rows.get()

    with pytest.raises(ApplicationIncomplete):
        accept_invitation(actor=person_actor(), row_id=invited.pk, **{**CHOICE, "purposes": set()})

    invited.refresh_from_db()
    assert invited.application is None and not Application.objects.exists()


@pytest.mark.parametrize("other", ["name", "id_number", "phone"])
def test_who_is_not_the_one_who_was_named_goes_no_further_and_learns_nothing(other):
    invited = worked_through(row()).rows.get()
    application = accepted(invited, phone=new_phone() if other == "phone" else "")
    details = {"name": invited.name, "id_number": invited.id_number}
    details |= {"name": {"name": "李四"}, "id_number": {"id_number": ""}}.get(other, {})

    with pytest.raises(ApplicationIncomplete) as refused:
        with_details(application, **details)

    assert refused.value.code == "invited_other"
    assert invited.name not in refused.value.message
    application.refresh_from_db()
    assert application.details_entered_at is None


def test_an_invitation_is_accepted_once_and_in_its_time():
    first, late = worked_through(row(), row()).rows.order_by("number")
    accepted(first)
    late.expires_at = timezone.now() - timedelta(seconds=1)
    late.save(update_fields=["expires_at"])

    for invited in (first, late):
        with pytest.raises(BulkRefused, match="invitation_over"):
            accept_invitation(actor=person_actor(), row_id=invited.pk, **CHOICE)
    assert Application.objects.count() == 1


def test_once_the_application_is_over_the_row_keeps_nothing_of_the_person():
    invited = worked_through(row()).rows.get()
    application = accepted(invited)
    assert forget_what_is_over() == 0

    withdraw_application(actor=person_actor(application), application_id=application.pk)

    assert forget_what_is_over() == 1
    invited.refresh_from_db()
    assert (invited.outcome, invited.name, invited.id_number, invited.phone) == (Outcome.INVITED, None, None, None)


def test_of_a_suspended_organisation_nobody_is_told_and_nobody_accepts():
    """R-03: what was not sent is not sent, and what was sent leads nowhere."""
    invited = worked_through(row()).rows.get()
    suspended(the_organisation())

    assert InvitationMessage().compose(invited.pk, Channel.SMS) is None
    with pytest.raises(BulkRefused, match="invitation_over"):
        accept_invitation(actor=person_actor(), row_id=invited.pk, **CHOICE)
    assert not Application.objects.exists()


def phone_changed(application: Application, phone: str) -> Application:
    # so long ago that another code may be asked for
    PhoneCode.objects.update(created_at=timezone.now() - timedelta(hours=2))
    actor = person_actor(application)
    code = request_phone_code(actor=actor, application_id=application.pk, phone=phone)
    return prove_phone(actor=actor, application_id=application.pk, entered=digits_of(code.pk))


def test_who_changes_the_phone_after_the_row_was_compared_hands_nothing_in():
    """R-01: the organisation pays for whom it named on the phone it named, also where that was so for a moment only."""
    invited = worked_through(row()).rows.get()
    application = with_captures(with_details(accepted(invited), name=invited.name, id_number=invited.id_number))
    phone_changed(application, new_phone())

    with pytest.raises(ApplicationIncomplete, match="invited_other"):
        submit_application(actor=person_actor(application), application_id=application.pk, submission_key="")

    application.refresh_from_db()
    assert (application.status, application.submitted_at) == (ApplicationStatus.DRAFT, None)
    phone_changed(application, invited.phone)
    handed_in = submit_application(actor=person_actor(application), application_id=application.pk, submission_key="")
    assert handed_in.status == ApplicationStatus.SUBMITTED


@pytest.mark.parametrize("_entered", [False, True])
def test_an_open_application_of_the_same_person_becomes_the_invitation_s(_entered):
    """P-REG-5: one open application for a number; who had begun before they were invited goes on with it, now for the organisation."""
    invited = worked_through(row()).rows.get()
    older = phone_changed(started(), invited.phone)
    if _entered:
        older = with_details(older, name=invited.name, id_number=invited.id_number)
    draft = accept_invitation(actor=person_actor(), row_id=invited.pk, **CHOICE)

    led_to = phone_changed(draft, invited.phone)
    if _entered:
        led_to = resume_application(actor=person_actor(draft), application_id=draft.pk, entered=invited.id_number[-6:])

    invited.refresh_from_db()
    assert (led_to.pk, invited.application_id, led_to.organisation) == (older.pk, older.pk, the_organisation())
    assert Event.objects.filter(name="organisation.named", subject_id=str(older.pk)).count() == 1
    assert forget_what_is_over() == 0
    invited.refresh_from_db()
    assert invited.name  # the draft that gave way is over, the invitation is not
    with pytest.raises(ApplicationIncomplete, match="invited_other"):
        with_details(led_to, name="李四", id_number=invited.id_number)


@pytest.mark.parametrize("_why", ["handed in", "of another organisation", "of somebody else"])
def test_an_application_that_can_not_be_the_invitation_s_stays_what_it_was_and_the_invitation_is_open(_why):
    invited = worked_through(row()).rows.get()
    number = new_id_number() if _why == "of somebody else" else invited.id_number
    older = with_details(phone_changed(started(), invited.phone), name=invited.name, id_number=number)
    if _why == "handed in":
        older = submit_application(actor=person_actor(older), application_id=with_captures(older).pk, submission_key="")
    if _why == "of another organisation":
        older = named(approved(name="另一家有限公司"), older)
    draft = accepted(invited)

    led_to = resume_application(actor=person_actor(draft), application_id=draft.pk, entered=number[-6:])

    invited.refresh_from_db()
    assert (led_to.pk, led_to.organisation_id) == (older.pk, older.organisation_id)
    assert (invited.application, invited.outcome) == (None, Outcome.INVITED)
    assert Event.objects.get(name="bulk_row.reopened").subject_id == str(invited.pk)
    assert accept_invitation(actor=person_actor(), row_id=invited.pk, **CHOICE).organisation == the_organisation()
