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
from registration.errors import CaptureRefused, OrganisationRefused
from registration.locks import lock_organisation
from registration.models import Organisation, OrganisationImage
from registration.services.organisation.facts import held_to, in_form
from registration.services.organisation.papers import papers_to_take
from registration.states import CorrectionStatus, OrganisationImageKind, OrganisationStatus


def register_organisation(*, actor: Actor, code: str, **entered: str) -> Organisation:
    """The organisation, pending. `entered` are its facts (facts.FACTS) but the limit of its lines, each held to its standard.

    Raises OrganisationRefused (not theirs to do; name, address; known), DocumentUnknown, DetailInvalid (code; what is of people).
    """
    require_clerk(actor)
    known_as = held_to("code", lambda text: credit_code.parse(text).text, {"code": code})
    facts = in_form({**entered, "line_limit": None})
    organisation = Organisation(credit_code=known_as, entered_by_id=actor.id, **facts)
    try:
        with transaction.atomic():
            organisation.save(force_insert=True)
            record(
                "organisation.registered",
                actor=actor,
                subject=organisation,
                # name and code stand in the row for good; of digits alone they would be taken for somebody's number here
                data={"agent_document_type": organisation.agent_document_type},
            )
    except IntegrityError:
        # organisation_once_per_code
        raise OrganisationRefused("organisation_known") from None
    return organisation


def keep_paper(*, actor: Actor, organisation_id: UUID, kind: OrganisationImageKind, content: bytes) -> OrganisationImage:
    """A photograph, in the place of the one before: of the organisation while it waits, or of its correction while that does.

    Only our own encoding of it is kept. Raises OrganisationRefused (not theirs to do; judged already; no such side),
    decoding.ImageRefused, CaptureRefused (not stored), Organisation.DoesNotExist.
    """
    require_clerk(actor)
    picture = decoding.reencode(content)
    try:
        file = write_file(person_id=organisation_id, kind=kind, content=picture, media_type="image/jpeg")
    except FileNotStored:
        raise CaptureRefused("not_stored") from None
    with transaction.atomic():
        organisation = lock_organisation(organisation_id)
        correction = organisation.corrections.filter(status=CorrectionStatus.PROPOSED).first()
        if correction is None and organisation.status != OrganisationStatus.PENDING:
            raise OrganisationRefused("organisation_closed")
        if kind not in papers_to_take(organisation, correction):
            raise OrganisationRefused("organisation_paper_unknown")
        for before in organisation.images.filter(kind=kind, correction=correction).select_related("file"):
            before.delete()
            erase_file(before.file)
        file.save(force_insert=True)
        image = OrganisationImage.objects.create(organisation=organisation, correction=correction, kind=kind, file=file)
        record("organisation.papers_kept", actor=actor, subject=organisation, data={"kind": kind, "digest": file.digest})
    return image


def require_clerk(actor: Actor) -> None:
    """Raises OrganisationRefused unless a clerk for organisations acts."""
    if actor.kind != "staff" or actor.role != Role.ENTERPRISE_CLERK:
        raise OrganisationRefused("organisation_clerks_only")
