"""A suspension at the same moment as what hangs on the organisation: whichever came first, nothing is done under a suspended one (R-03)."""

import pytest
from django.db import transaction

from realname.access.actor import SYSTEM
from realname.access.models import Role
from realname.trail.models import Event
from registration.errors import BulkRefused
from registration.models import Application, BulkImport, BulkRow, Line
from registration.services.bulk.accept_invitation import accept_invitation
from registration.services.bulk.work_through import work_through
from registration.services.organisation.judge_correction import accept_correction, refuse_correction
from registration.services.organisation.judge_organisation import suspend_organisation
from registration.services.organisation.lines import end_line
from registration.services.organisation.name_organisation import name_organisation
from registration.services.organisation.replace_user import replace_user
from registration.services.submit_application import submit_application
from registration.states import ApplicationStatus, BulkStatus, ConsentPurpose, OrganisationReason, OrganisationStatus, VerificationPath
from tests.factories import bulk
from tests.factories import organisation as make
from tests.factories import registration as people
from tests.races.at_once import at_once
from verification.services.outcomes import approve

pytestmark = pytest.mark.django_db(transaction=True)


def suspending(organisation):
    reviewer = make.actor(Role.REVIEWER)
    return lambda: suspend_organisation(actor=reviewer, organisation_id=organisation.pk, reason=OrganisationReason.MISUSE)


@pytest.mark.parametrize("_round", range(5))
def test_against_activation(_round):
    organisation = make.approved()
    application = make.named(organisation, people.complete())
    submit_application(actor=people.person_actor(application), application_id=application.pk, submission_key="")
    Application.objects.filter(pk=application.pk).update(status=ApplicationStatus.VERIFYING)
    application.refresh_from_db()

    def _approve() -> str:
        with transaction.atomic():
            return approve(actor=SYSTEM, application=application, reason="APPROVED")

    _, refusal = at_once(suspending(organisation), _approve)
    organisation.refresh_from_db()
    assert organisation.status == OrganisationStatus.SUSPENDED
    assert refusal in ("", "ORGANISATION_NOT_APPROVED")
    assert Line.objects.exists() == (refusal == "")


@pytest.mark.parametrize("_round", range(5))
def test_against_the_naming_of_an_actual_user(_round):
    organisation, application, clerk = make.approved(), people.complete(), make.actor()
    facts = {"reference": application.reference, "last_six": application.id_number[-6:]}
    _, named = at_once(suspending(organisation), lambda: name_organisation(actor=clerk, organisation_id=organisation.pk, **facts))
    application.refresh_from_db()
    refused = getattr(named, "code", "") == "organisation_not_approved"
    assert refused == (application.organisation_id is None)
    assert application.rests == (not refused)


@pytest.mark.parametrize("_round", range(5))
def test_against_the_acceptance_of_an_invitation(_round):
    row = bulk.worked_through(bulk.row()).rows.get()
    organisation = row.bulk_import.organisation
    choice = {"path": VerificationPath.FACE, "purposes": set(ConsentPurpose), "language": "zh-hans"}
    _, accepted = at_once(suspending(organisation), lambda: accept_invitation(actor=people.person_actor(), row_id=row.pk, **choice))
    row.refresh_from_db()
    if isinstance(accepted, BulkRefused):
        assert row.application_id is None and not Application.objects.exists()
    else:
        assert row.application == accepted
        assert Application.objects.get().rests


@pytest.mark.parametrize("_round", range(3))
def test_against_a_chunk_of_a_list(_round):
    bulk_import = bulk.confirmed(*(bulk.row() for _ in range(60)))
    work_through(import_id=bulk_import.pk)
    at_once(suspending(bulk_import.organisation), lambda: work_through(import_id=bulk_import.pk))
    while work_through(import_id=bulk_import.pk):
        pass
    bulk_import = BulkImport.objects.get(pk=bulk_import.pk)
    assert bulk_import.status in (BulkStatus.CANCELLED, BulkStatus.DONE)
    assert not BulkRow.objects.pending().exists()
    # who was named in rows that nobody reached is forgotten
    assert not BulkRow.objects.filter(invited_at=None, name__isnull=False).exists()


def test_a_correction_accepted_and_refused_at_once_is_one_of_both():
    correction = make.correcting(organisation := make.approved(), name="示例科技集团有限公司")
    one, other = make.actor(Role.REVIEWER), make.actor(Role.REVIEWER)
    make.looked_at(organisation, one)
    results = at_once(
        lambda: accept_correction(actor=one, correction_id=correction.pk),
        lambda: refuse_correction(actor=other, correction_id=correction.pk, reason=OrganisationReason.RECORD_DIFFERS),
    )
    assert sum(isinstance(result, Exception) for result in results) == 1
    assert Event.objects.filter(name__in=["organisation.corrected", "organisation.correction_refused"]).count() == 1


def test_two_who_take_over_one_line_and_its_end_leave_one_holder():
    """R-13, P-REG-5."""
    line, clerk = make.line_of(make.approved()), make.actor()
    applications = [people.complete(), people.complete()]

    def _promise(one: Application):
        facts = {"organisation_id": line.organisation_id, "line_id": line.pk, "reference": one.reference}
        return replace_user(actor=clerk, last_six=one.id_number[-6:], **facts)

    promised = at_once(*((lambda one=one: _promise(one)) for one in applications))
    winners = [one for one in promised if isinstance(one, Application)]
    assert len(winners) == 1
    winner = Application.objects.get(pk=winners[0].pk)
    submit_application(actor=people.person_actor(winner), application_id=winner.pk, submission_key="")
    Application.objects.filter(pk=winner.pk).update(status=ApplicationStatus.VERIFYING)
    winner.refresh_from_db()

    def _approve() -> str:
        with transaction.atomic():
            return approve(actor=SYSTEM, application=winner, reason="APPROVED")

    _, refusal = at_once(lambda: end_line(actor=clerk, organisation_id=line.organisation_id, line_id=line.pk), _approve)
    line.refresh_from_db()
    assert refusal in ("", "ALREADY_REGISTERED")
    assert Line.objects.held().count() == (1 if refusal == "" else 0)
    assert line.ended_at is not None
