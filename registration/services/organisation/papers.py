"""Which photographs an organisation needs, and the look at one of them."""

from uuid import UUID

from django.db import transaction

from realname.access.actor import Actor
from realname.trail import record
from realname.trail.models import Event
from realname.vault.files import read_file
from registration import documents
from registration.models import Organisation, OrganisationImage
from registration.states import CaptureKind, OrganisationImageKind

_SIDES = {CaptureKind.DOCUMENT_FRONT: OrganisationImageKind.AGENT_FRONT, CaptureKind.DOCUMENT_BACK: OrganisationImageKind.AGENT_BACK}


def needed_papers(organisation: Organisation) -> tuple[OrganisationImageKind, ...]:
    """Licence, letter, and what the agent's type of document has to show."""
    of_agent = documents.document_type(organisation.agent_document_type).kinds
    return (OrganisationImageKind.LICENCE, OrganisationImageKind.LETTER, *(_SIDES[kind] for kind in of_agent))


def missing_papers(organisation: Organisation) -> list[OrganisationImageKind]:
    """Those not photographed yet, in their order."""
    kept = set(organisation.images.values_list("kind", flat=True))
    return [kind for kind in needed_papers(organisation) if kind not in kept]


@transaction.atomic
def look_at_paper(*, actor: Actor, image: OrganisationImage) -> bytes:
    """The photograph; who looked stands in the trail before anything leaves. Raises KeyErased, FileMissing."""
    content = read_file(image.file)
    record("organisation.viewed", actor=actor, subject=image.organisation, data={"kind": image.kind, "image": str(image.pk)})
    return content


@transaction.atomic
def open_agent(*, actor: Actor, organisation: Organisation) -> dict[str, str]:
    """The agent's name and number in full; who asked stands in the trail. Raises KeyErased."""
    record("organisation.opened", actor=actor, subject=organisation, data={"document_type": organisation.agent_document_type})
    return {"name": organisation.agent_name, "id_number": organisation.agent_id_number}


def unseen_papers(organisation: Organisation, staff_id: UUID | str) -> list[OrganisationImageKind]:
    """Present photographs that this staff member was not shown; what counts is the trail."""
    looks = Event.objects.filter(
        name="organisation.viewed", subject_kind="organisation", subject_id=str(organisation.pk), actor_id=str(staff_id)
    )
    seen = {look.data["image"] for look in looks}
    return [OrganisationImageKind(image.kind) for image in organisation.images.all() if str(image.pk) not in seen]
