"""An organisation is entered with its agent, judged by somebody else, and only then contracting party of lines (R-03, R-04, P-REG-5)."""

from datetime import timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from realname.access.actor import SYSTEM
from realname.access.models import Role
from realname.decoding import ImageRefused
from realname.states import TransitionNotAllowed
from realname.trail.models import Event
from realname.vault.erase import is_erased
from realname.vault.files import read_file
from registration.errors import DetailInvalid, OrganisationRefused
from registration.models import Application, Line, Organisation, OrganisationImage
from registration.retention import run as running
from registration.services.organisation.judge_organisation import approve_organisation, reject_organisation, suspend_organisation
from registration.services.organisation.name_organisation import name_organisation
from registration.services.organisation.register_organisation import keep_paper
from registration.services.submit_application import submit_application
from registration.states import ApplicationStatus, OrganisationImageKind, OrganisationReason, OrganisationStatus
from tests.factories import desk
from tests.factories import organisation as make
from tests.factories import registration as people
from tests.factories.policy import set_value
from verification.services.outcomes import approve

pytestmark = pytest.mark.django_db


def _verified(application: Application) -> Application:
    """Handed in, its checks running."""
    application = submit_application(actor=people.person_actor(application), application_id=application.pk, submission_key="")
    application.move(to=ApplicationStatus.VERIFYING)
    application.save(update_fields=["status"])
    return application


def test_the_agent_is_recorded_and_encrypted():
    organisation = make.pending(agent_name="张 三")
    assert (organisation.status, organisation.agent_name) == (OrganisationStatus.PENDING, "张三")
    with connection.cursor() as cursor:
        cursor.execute("SELECT agent_name FROM registration_organisation")
        assert "张三".encode() not in bytes(cursor.fetchone()[0])
    event = Event.objects.get(name="organisation.registered")
    assert event.data == {"agent_document_type": "resident_id_card"}


@pytest.mark.parametrize(
    "_case", [{"code": "91350100M000100Y44"}, {"agent_id_number": "110101199003070010"}, {"agent_name": "3"}, {"agent_name": ""}]
)
def test_what_fails_its_standard_is_not_entered(_case):
    with pytest.raises(DetailInvalid):
        make.pending(**_case)
    assert not Organisation.objects.exists()


@pytest.mark.parametrize("_case", ["", "  ", "x" * 121, "示例\u202e公司"])
def test_a_name_that_can_not_stand_on_a_licence(_case):
    with pytest.raises(OrganisationRefused, match="organisation_name"):
        make.pending(name=_case)


def test_one_code_is_one_organisation_until_it_is_rejected():
    first = make.pending()
    with pytest.raises(OrganisationRefused, match="organisation_known"):
        make.pending(code=first.credit_code)
    reject_organisation(actor=make.actor(Role.REVIEWER), organisation_id=first.pk, reason=OrganisationReason.RECORD_DIFFERS)
    assert make.pending(code=first.credit_code).pk != first.pk


@pytest.mark.parametrize("_case", [Role.REVIEWER, Role.CLERK, Role.ADMINISTRATOR])
def test_other_roles_enter_none(_case):
    with pytest.raises(OrganisationRefused, match="organisation_clerks_only"):
        make.pending(by=make.actor(_case))
    assert not Organisation.objects.exists()


def test_only_our_own_encoding_of_a_paper_is_kept_and_the_newest():
    organisation, clerk = make.pending(), make.actor()
    sent = desk.photograph()
    for content in (sent, desk.photograph((1, 2, 3))):
        keep_paper(actor=clerk, organisation_id=organisation.pk, kind=OrganisationImageKind.LICENCE, content=content)
    kept = OrganisationImage.objects.get()
    assert kept.file.digest not in {"", sent}
    assert kept.file.person_id == organisation.pk
    assert read_file(kept.file).startswith(b"\xff\xd8")
    with pytest.raises(ImageRefused):
        keep_paper(actor=clerk, organisation_id=organisation.pk, kind=OrganisationImageKind.LICENCE, content=b"<svg/>")
    assert OrganisationImage.objects.get() == kept


def test_no_approval_without_every_paper_seen_by_the_reviewer():
    organisation, reviewer = make.pending(), make.actor(Role.REVIEWER)
    with pytest.raises(OrganisationRefused, match="organisation_papers"):
        approve_organisation(actor=reviewer, organisation_id=organisation.pk)
    make.with_papers(organisation)
    make.looked_at(organisation, make.actor(Role.REVIEWER))  # somebody else
    with pytest.raises(OrganisationRefused, match="organisation_unseen"):
        approve_organisation(actor=reviewer, organisation_id=organisation.pk)
    make.looked_at(organisation, reviewer)
    assert approve_organisation(actor=reviewer, organisation_id=organisation.pk).status == OrganisationStatus.APPROVED
    assert Event.objects.filter(name="organisation.approved", actor_id=reviewer.id).count() == 1


def test_who_entered_it_does_not_judge_it_even_as_a_reviewer():
    organisation = make.with_papers()
    staff = organisation.entered_by
    staff.role = Role.REVIEWER
    staff.save()
    from tests.factories.access import staff_actor

    with pytest.raises(OrganisationRefused, match="organisation_own"):
        approve_organisation(actor=staff_actor(staff), organisation_id=organisation.pk)
    with pytest.raises(OrganisationRefused, match="organisation_reviewers_only"):
        approve_organisation(actor=make.actor(), organisation_id=organisation.pk)
    assert Organisation.objects.get().status == OrganisationStatus.PENDING


def test_moves_that_are_none_and_reasons_that_do_not_fit():
    organisation, reviewer = make.pending(), make.actor(Role.REVIEWER)
    with pytest.raises(OrganisationRefused, match="organisation_reason"):
        reject_organisation(actor=reviewer, organisation_id=organisation.pk, reason=OrganisationReason.CLEARED)
    with pytest.raises(TransitionNotAllowed):
        suspend_organisation(actor=reviewer, organisation_id=organisation.pk, reason=OrganisationReason.MISUSE)
    reject_organisation(actor=reviewer, organisation_id=organisation.pk, reason=OrganisationReason.ENDED)
    with pytest.raises(TransitionNotAllowed):
        approve_organisation(actor=reviewer, organisation_id=organisation.pk)
    with pytest.raises(OrganisationRefused, match="organisation_closed"):
        make.with_papers(organisation)


def test_an_enterprise_line_has_its_actual_user_and_its_contracting_party():
    organisation = make.approved()
    application = _verified(make.named(organisation, people.complete()))
    with transaction.atomic():
        assert approve(actor=SYSTEM, application=application, reason="APPROVED") == ""
    line = Line.objects.get()
    assert (line.organisation, line.person_id) == (organisation, application.person_id)
    assert Event.objects.get(name="organisation.named").related_id == str(organisation.pk)
    assert Event.objects.get(name="line.activated").data["organisation"] == str(organisation.pk)


def test_an_application_is_named_only_by_its_reference_and_number():
    organisation, application = make.approved(), people.complete()
    for reference, last_six in (("RN-00000000", application.id_number[-6:]), (application.reference, "000000")):
        with pytest.raises(OrganisationRefused, match="organisation_application"):
            name_organisation(actor=make.actor(), organisation_id=organisation.pk, reference=reference, last_six=last_six)
    application.refresh_from_db()
    assert (application.organisation_id, application.resume_attempts) == (None, 1)
    submitted = people.submitted()
    with pytest.raises(OrganisationRefused, match="organisation_application"):
        make.named(organisation, submitted)
    with pytest.raises(OrganisationRefused, match="organisation_not_approved"):
        make.named(make.with_papers(), application)


def test_no_line_of_an_organisation_that_was_suspended_meanwhile():
    organisation = make.approved()
    application = _verified(make.named(organisation, people.complete()))
    suspend_organisation(actor=make.actor(Role.REVIEWER), organisation_id=organisation.pk, reason=OrganisationReason.MISUSE)
    with transaction.atomic():
        assert approve(actor=SYSTEM, application=application, reason="APPROVED") == "ORGANISATION_NOT_APPROVED"
    assert not Line.objects.exists()
    assert not Event.objects.filter(name="application.approved").exists()


def test_lines_of_organisations_count_against_their_actual_users_limit():
    """R-13: nobody gets a sixth card by way of an employer's name."""
    set_value(key="registration.line_limit", value=1)
    number = people.new_id_number()
    people.activated(id_number=number)
    application = _verified(make.named(make.approved(), people.complete(id_number=number)))
    with transaction.atomic():
        assert approve(actor=SYSTEM, application=application, reason="APPROVED") == "LINE_LIMIT"
    assert Line.objects.count() == 1


@pytest.mark.parametrize(("days", "_case"), [(29, OrganisationStatus.REJECTED), (31, OrganisationStatus.ENDED)])
def test_papers_and_agent_of_a_rejected_organisation_go_with_their_time(days, _case):
    """R-28: file and fields can not be opened any more; name and code stay."""
    organisation = make.with_papers()
    reject_organisation(actor=make.actor(Role.REVIEWER), organisation_id=organisation.pk, reason=OrganisationReason.ENDED)
    Organisation.objects.update(judged_at=timezone.now() - timedelta(days=days))
    while running.run_batch():
        pass
    kept = Organisation.objects.get()
    assert (kept.status, kept.credit_code) == (_case, organisation.credit_code)
    assert is_erased(organisation.pk) is (_case == OrganisationStatus.ENDED)


def test_an_organisation_with_a_line_keeps_its_papers():
    organisation = make.approved()
    application = _verified(make.named(organisation, people.complete()))
    with transaction.atomic():
        approve(actor=SYSTEM, application=application, reason="APPROVED")
    Organisation.objects.update(judged_at=timezone.now() - timedelta(days=3000))
    while running.run_batch():
        pass
    assert Organisation.objects.get().status == OrganisationStatus.APPROVED
    assert not is_erased(organisation.pk)
