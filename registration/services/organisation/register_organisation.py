"""A clerk enters an organisation, the person who acts for it, and photographs of their papers (R-03, R-04)."""

from uuid import UUID

from django.db import IntegrityError, transaction

from realname import decoding
from realname.access.actor import Actor
from realname.access.models import Role
from realname.ids import credit_code
from realname.trail import record
from realname.vault.errors import FileNotStored
from realname.vault.files import erase_file, write_file
from registration import documents
from registration.errors import CaptureRefused, DocumentUnknown, OrganisationRefused
from registration.locks import lock_organisation
from registration.models import Organisation, OrganisationImage
from registration.services.organisation.papers import needed_papers
from registration.states import OrganisationImageKind, OrganisationStatus

LONGEST_NAME = 120


def register_organisation(
    *, actor: Actor, name: str, code: str, agent_document_type: str, agent_name: str, agent_id_number: str
) -> Organisation:
    """The organisation, pending. Code and agent's number are held to their standards, the agent's name to its document's rule.

    Raises OrganisationRefused (not theirs to do; name; known), DocumentUnknown, InvalidInput (code, agent's name or number).
    """
    require_clerk(actor)
    name = " ".join(name.split())
    if not name or len(name) > LONGEST_NAME or not name.isprintable():
        raise OrganisationRefused("organisation_name")
    try:
        document = documents.document_type(agent_document_type)
    except KeyError:
        raise DocumentUnknown from None
    organisation = Organisation(
        name=name,
        credit_code=credit_code.parse(code).text,
        agent_document_type=document.code,
        agent_name=document.normalise["name"](agent_name),
        agent_id_number=document.number.parse(agent_id_number).text,
        entered_by_id=actor.id,
    )
    try:
        with transaction.atomic():
            organisation.save(force_insert=True)
            record(
                "organisation.registered",
                actor=actor,
                subject=organisation,
                # name and code stand in the row for good; of digits alone they would be taken for somebody's number here
                data={"agent_document_type": document.code},
            )
    except IntegrityError:
        # organisation_once_per_code
        raise OrganisationRefused("organisation_known") from None
    return organisation


def keep_paper(*, actor: Actor, organisation_id: UUID, kind: OrganisationImageKind, content: bytes) -> OrganisationImage:
    """A photograph, in the place of the one before. Only our own encoding of it is kept.

    Raises OrganisationRefused (not theirs to do; judged already; no such side), decoding.ImageRefused, CaptureRefused (not stored),
    Organisation.DoesNotExist.
    """
    require_clerk(actor)
    picture = decoding.reencode(content)
    try:
        file = write_file(person_id=organisation_id, kind=kind, content=picture, media_type="image/jpeg")
    except FileNotStored:
        raise CaptureRefused("not_stored") from None
    with transaction.atomic():
        organisation = lock_organisation(organisation_id)
        if organisation.status != OrganisationStatus.PENDING:
            raise OrganisationRefused("organisation_closed")
        if kind not in needed_papers(organisation):
            raise OrganisationRefused("organisation_paper_unknown")
        for before in organisation.images.filter(kind=kind).select_related("file"):
            before.delete()
            erase_file(before.file)
        file.save(force_insert=True)
        image = OrganisationImage.objects.create(organisation=organisation, kind=kind, file=file)
        record("organisation.papers_kept", actor=actor, subject=organisation, data={"kind": kind, "digest": file.digest})
    return image


def require_clerk(actor: Actor) -> None:
    """Raises OrganisationRefused unless a clerk for organisations acts."""
    if actor.kind != "staff" or actor.role != Role.ENTERPRISE_CLERK:
        raise OrganisationRefused("organisation_clerks_only")
