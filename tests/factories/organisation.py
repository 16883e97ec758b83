"""Organisations in every state of the way, and the staff who enter and judge them."""

import itertools

from realname.access.actor import Actor
from realname.access.models import Role
from realname.ids.credit_code import check_character
from registration.models import Application, Organisation
from registration.services.organisation.judge_organisation import approve_organisation, suspend_organisation
from registration.services.organisation.name_organisation import name_organisation
from registration.services.organisation.papers import look_at_paper, needed_papers
from registration.services.organisation.register_organisation import keep_paper, register_organisation
from registration.states import OrganisationReason
from tests.factories import access, desk
from tests.factories.documents import new_id_number

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
