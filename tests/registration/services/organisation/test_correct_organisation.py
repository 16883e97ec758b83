"""What was entered of an organisation is corrected by two people; what was true before stays known (R-03, R-04, P-CHG-4)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.utils import timezone

from realname.access.models import Role
from realname.trail.models import Event
from registration.errors import DetailInvalid, OrganisationRefused
from registration.models import Organisation, OrganisationCorrection
from registration.policy import ORGANISATION_LINE_LIMIT
from registration.services.organisation.facts import facts_at, line_limit_of
from registration.services.organisation.judge_correction import accept_correction, refuse_correction
from registration.services.organisation.judge_organisation import approve_organisation, reject_organisation
from registration.services.organisation.papers import current_papers
from registration.services.organisation.propose_correction import propose_correction
from registration.services.organisation.withdraw_correction import withdraw_correction
from registration.states import CorrectionStatus, OrganisationImageKind, OrganisationReason, OrganisationStatus
from tests.factories import organisation as make
from tests.factories import registration as people
from tests.factories.documents import new_id_number

pytestmark = pytest.mark.django_db
RENAMED = "示例科技集团有限公司"


def test_what_was_true_when_a_line_was_taken_stays_known():
    organisation = make.approved()
    line = make.line_of(organisation)

    correction = make.corrected(organisation, name=RENAMED)

    organisation.refresh_from_db()
    assert organisation.name == RENAMED
    assert facts_at(organisation, line.activated_at)["name"] == "示例科技有限公司"
    assert facts_at(organisation, timezone.now() + timedelta(seconds=1))["name"] == RENAMED
    assert correction.papers == [OrganisationImageKind.LICENCE]
    assert Event.objects.get(name="organisation.corrected").data["facts"] == ["name"]


def test_each_moment_has_its_own_facts():
    organisation = make.approved()
    moments = [timezone.now()]
    for name in ("第二名称有限公司", "第三名称有限公司"):
        make.corrected(organisation, name=name)
        moments.append(timezone.now())
    assert [facts_at(organisation, moment)["name"] for moment in moments[:2]] == ["示例科技有限公司", "第二名称有限公司"]


def test_nothing_is_true_before_a_reviewer_accepts_it():
    organisation = make.approved()
    correction = make.correcting(organisation, name=RENAMED, line_limit=5)
    organisation.refresh_from_db()
    assert (organisation.name, organisation.line_limit) == ("示例科技有限公司", None)
    refuse_correction(actor=make.actor(Role.REVIEWER), correction_id=correction.pk, reason=OrganisationReason.RECORD_DIFFERS)
    organisation.refresh_from_db()
    assert (organisation.name, line_limit_of(organisation)) == ("示例科技有限公司", ORGANISATION_LINE_LIMIT.default)


def test_who_proposed_it_and_whoever_has_not_seen_it_accepts_nothing():
    organisation, clerk = make.approved(), make.actor()
    correction = make.correcting(organisation, by=clerk, name=RENAMED)
    OrganisationCorrection.objects.update(proposed_by_id=(reviewer := make.actor(Role.REVIEWER)).id)
    make.looked_at(organisation, reviewer)
    for actor, _case in (
        (clerk, "organisation_reviewers_only"),
        (reviewer, "organisation_own"),
        (make.actor(Role.REVIEWER), "organisation_unseen"),
    ):
        with pytest.raises(OrganisationRefused, match=_case):
            accept_correction(actor=actor, correction_id=correction.pk)
    organisation.refresh_from_db()
    assert organisation.name == "示例科技有限公司"


def test_papers_that_prove_it_are_photographed_first_and_replace_those_before():
    organisation = make.approved()
    old = {image.kind: image.pk for image in current_papers(organisation)}
    correction = propose_correction(actor=make.actor(), organisation_id=organisation.pk, changes={"name": RENAMED})
    with pytest.raises(OrganisationRefused, match="organisation_correction_papers"):
        accept_correction(actor=make.actor(Role.REVIEWER), correction_id=correction.pk)
    withdraw_correction(actor=make.actor(), organisation_id=organisation.pk)
    make.corrected(organisation, name=RENAMED)
    now = {image.kind: image.pk for image in current_papers(organisation)}
    assert {kind for kind in now if now[kind] != old[kind]} == {OrganisationImageKind.LICENCE}
    assert organisation.images.filter(kind=OrganisationImageKind.LICENCE).count() == 2


def test_a_replaced_agent_acts_no_more_from_the_moment_it_is_said():
    """R-03: between the old agent's end and the new one's judgement nobody acts, and no line is opened."""
    organisation = make.approved()
    number = new_id_number()
    correction = make.correcting(organisation, agent_replaced=True, agent_name="王五", agent_id_number=number)
    organisation.refresh_from_db()
    assert (organisation.status, organisation.reason) == (OrganisationStatus.SUSPENDED, OrganisationReason.AGENT_REPLACED)
    assert correction.papers == ["letter", "agent_front", "agent_back"]

    reviewer = make.actor(Role.REVIEWER)
    with pytest.raises(OrganisationRefused, match="organisation_correction_open"):
        approve_organisation(actor=reviewer, organisation_id=organisation.pk)
    make.looked_at(organisation, reviewer)
    accept_correction(actor=reviewer, correction_id=correction.pk)

    organisation.refresh_from_db()
    assert (organisation.status, organisation.agent_name, organisation.agent_id_number) == (OrganisationStatus.APPROVED, "王五", number)


def test_a_new_agent_lifts_no_suspension_for_misuse():
    organisation = make.suspended(make.approved())
    make.corrected(organisation, agent_replaced=True, agent_name="王五", agent_id_number=new_id_number())
    organisation.refresh_from_db()
    assert (organisation.status, organisation.reason) == (OrganisationStatus.SUSPENDED, OrganisationReason.MISUSE)


def test_a_refused_new_agent_leaves_it_without_one_until_a_reviewer_reinstates():
    organisation = make.approved()
    correction = make.correcting(organisation, agent_replaced=True, agent_name="王五", agent_id_number=new_id_number())
    reviewer = make.actor(Role.REVIEWER)
    refuse_correction(actor=reviewer, correction_id=correction.pk, reason=OrganisationReason.NOT_AUTHORISED)
    organisation.refresh_from_db()
    assert (organisation.status, organisation.agent_name) == (OrganisationStatus.SUSPENDED, "张三")
    assert approve_organisation(actor=reviewer, organisation_id=organisation.pk).status == OrganisationStatus.APPROVED


@pytest.mark.parametrize(
    ("_case", "code"),
    [
        ({"changes": {}}, "organisation_nothing_different"),
        ({"changes": {"name": "示例科技有限公司"}}, "organisation_nothing_different"),
        ({"changes": {"name": ""}}, "organisation_name"),
        ({"changes": {"address": "x" * 201}}, "organisation_address"),
        ({"changes": {"line_limit": 0}}, "organisation_own_limit"),
        ({"changes": {"line_limit": 1_000_001}}, "organisation_own_limit"),
        ({"changes": {"name": RENAMED}, "agent_replaced": True}, "organisation_same_agent"),
    ],
)
def test_what_is_no_correction_is_refused_and_changes_nothing(_case, code):
    organisation = make.approved()
    with pytest.raises(OrganisationRefused, match=code):
        propose_correction(actor=make.actor(), organisation_id=organisation.pk, **_case)
    assert not OrganisationCorrection.objects.exists()
    assert Organisation.objects.get().status == OrganisationStatus.APPROVED


def test_a_number_that_is_none_names_its_field():
    with pytest.raises(DetailInvalid) as refused:
        propose_correction(actor=make.actor(), organisation_id=make.approved().pk, changes={"agent_id_number": "110101199003070010"})
    assert refused.value.field == "agent_id_number"


def test_one_correction_at_a_time_and_none_of_what_is_over():
    organisation = make.with_papers()
    make.correcting(organisation, name=RENAMED)
    with pytest.raises(OrganisationRefused, match="organisation_correction_open"):
        propose_correction(actor=make.actor(), organisation_id=organisation.pk, changes={"address": "别处1号"})
    reject_organisation(actor=make.actor(Role.REVIEWER), organisation_id=organisation.pk, reason=OrganisationReason.ENDED)
    assert OrganisationCorrection.objects.get().status == CorrectionStatus.WITHDRAWN
    with pytest.raises(OrganisationRefused, match="organisation_over"):
        propose_correction(actor=make.actor(), organisation_id=organisation.pk, changes={"name": RENAMED})


def test_papers_alone_can_be_renewed():
    organisation = make.approved()
    correction = propose_correction(actor=make.actor(), organisation_id=organisation.pk, changes={}, anew=[OrganisationImageKind.LETTER])
    assert correction.papers == [OrganisationImageKind.LETTER]


def test_what_was_proposed_is_encrypted():
    make.correcting(make.approved(), legal_representative="欧阳某某")
    with connection.cursor() as cursor:
        cursor.execute("SELECT proposed FROM registration_organisationcorrection")
        assert "欧阳".encode() not in bytes(cursor.fetchone()[0])


def test_its_own_limit_holds_at_activation():
    """R-14."""
    organisation = make.approved()
    make.corrected(organisation, line_limit=1)
    make.line_of(organisation)
    assert make.handed_in_and_judged(make.named(organisation, people.complete())) == "ORGANISATION_LIMIT"
