"""Organisations in every state of the way, and the staff who enter and judge them."""

import itertools

from django.db import transaction

from realname.access.actor import SYSTEM, Actor
from realname.access.models import Role
from realname.ids.credit_code import check_character
from registration.models import Application, Line, Organisation, OrganisationCorrection
from registration.services.organisation.judge_correction import accept_correction
from registration.services.organisation.judge_organisation import approve_organisation, suspend_organisation
from registration.services.organisation.name_organisation import name_organisation
from registration.services.organisation.papers import look_at_paper, needed_papers
from registration.services.organisation.propose_correction import propose_correction
from registration.services.organisation.register_organisation import keep_paper, register_organisation
from registration.services.submit_application import submit_application
from registration.states import ApplicationStatus, OrganisationReason
from tests.factories import access, desk, registration
from tests.factories.documents import new_id_number
from verification.services.outcomes import approve

_serial = itertools.count(1)


def actor(role: Role = Role.ENTERPRISE_CLERK) -> Actor:
    """Somebody new of this role."""
    return access.staff_actor(access.staff(role))


def new_code() -> str:
    """A code nobody else in this run has."""
    first = f"91110105MA{next(_serial):07d}"
    return first + check_character(first)


def pending(*, by: Actor | None = None, **given) -> Organisation:
    """Entered, nothing photographed."""
    facts = {
        "name": "示例科技有限公司",
        "code": new_code(),
        "address": "北京市东城区示例路1号",
        "legal_representative": "李四",
        "agent_document_type": "resident_id_card",
        "agent_name": "张三",
        "agent_id_number": new_id_number(),
    }
    return register_organisation(actor=by or actor(), **{**facts, **given})


def with_papers(organisation: Organisation | None = None) -> Organisation:
    """Every paper photographed."""
    organisation = organisation or pending()
    for kind in needed_papers(organisation):
        keep_paper(actor=actor(), organisation_id=organisation.pk, kind=kind, content=desk.photograph())
    return organisation


def looked_at(organisation: Organisation, reviewer: Actor) -> None:
    """This reviewer was shown every paper."""
    for image in organisation.images.select_related("file", "organisation"):
        look_at_paper(actor=reviewer, image=image)


def approved(**given) -> Organisation:
    """By a reviewer who saw everything."""
    organisation, reviewer = with_papers(pending(**given)), actor(Role.REVIEWER)
    looked_at(organisation, reviewer)
    return approve_organisation(actor=reviewer, organisation_id=organisation.pk)


def suspended(organisation: Organisation) -> Organisation:
    """By another reviewer."""
    return suspend_organisation(actor=actor(Role.REVIEWER), organisation_id=organisation.pk, reason=OrganisationReason.MISUSE)


def named(organisation: Organisation, application: Application) -> Application:
    """The organisation as contracting party of a draft."""
    return name_organisation(
        actor=actor(), organisation_id=organisation.pk, reference=application.reference, last_six=application.id_number[-6:]
    )


def correcting(organisation: Organisation, *, by: Actor | None = None, agent_replaced: bool = False, **changes) -> OrganisationCorrection:
    """A correction that waits, with every paper that proves it photographed."""
    clerk = by or actor()
    correction = propose_correction(actor=clerk, organisation_id=organisation.pk, changes=changes, agent_replaced=agent_replaced)
    for kind in correction.papers:
        keep_paper(actor=clerk, organisation_id=organisation.pk, kind=kind, content=desk.photograph())
    return correction


def corrected(organisation: Organisation, **changes) -> OrganisationCorrection:
    """The same, accepted by a reviewer who saw what proves it."""
    correction, reviewer = correcting(organisation, **changes), actor(Role.REVIEWER)
    looked_at(organisation, reviewer)
    return accept_correction(actor=reviewer, correction_id=correction.pk)


def line_of(organisation: Organisation, **kwargs) -> Line:
    """A line in use of the organisation, with an actual user of its own."""
    application = named(organisation, registration.complete(**kwargs))
    return activated(application)


def activated(application: Application) -> Line:
    """The line of this draft, handed in and approved."""
    refusal = handed_in_and_judged(application)
    assert not refusal, refusal
    return Line.objects.get(application=application)


def handed_in_and_judged(application: Application) -> str:
    """A draft is handed in and approved: why it is not activated, or nothing."""
    application = submit_application(actor=registration.person_actor(application), application_id=application.pk, submission_key="")
    return judged(application)


def judged(application: Application) -> str:
    """An application on its way with us is approved: why it is not activated, or nothing."""
    if application.status == ApplicationStatus.SUBMITTED:
        application.move(to=ApplicationStatus.VERIFYING)
        application.save(update_fields=["status"])
    with transaction.atomic():
        return approve(actor=SYSTEM, application=application, reason="APPROVED")
