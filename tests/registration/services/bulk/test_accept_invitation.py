"""An invited person agrees by themselves, and the line is for who was named (R-01, R-26, R-34)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from realname.trail.models import Event
from registration.bulk.outcomes import Outcome
from registration.errors import ApplicationIncomplete, BulkRefused
from registration.models import Application
from registration.services.bulk.accept_invitation import accept_invitation
from registration.services.bulk.forget import forget_what_is_over
from registration.services.bulk.invite import InvitationMessage
from registration.services.phone_digits import digits_of
from registration.services.prove_phone import prove_phone
from registration.services.request_phone_code import request_phone_code
from registration.services.withdraw_application import withdraw_application
from registration.states import ApplyChannel, Channel, ConsentPurpose, VerificationPath
from tests.factories.bulk import row, the_organisation, worked_through
from tests.factories.organisation import suspended
from tests.factories.registration import new_phone, person_actor, with_details

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
