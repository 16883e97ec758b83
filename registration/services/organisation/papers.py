"""Which photographs an organisation needs, and the look at one of them."""

from collections.abc import Iterable
from uuid import UUID

from django.db import transaction
from django.db.models import Q

from realname.access.actor import Actor
from realname.trail import record
from realname.trail.models import Event
from realname.vault.files import read_file
from registration import documents
from registration.models import Organisation, OrganisationCorrection, OrganisationImage
from registration.states import CaptureKind, CorrectionStatus, OrganisationImageKind

_SIDES = {CaptureKind.DOCUMENT_FRONT: OrganisationImageKind.AGENT_FRONT, CaptureKind.DOCUMENT_BACK: OrganisationImageKind.AGENT_BACK}


def needed_papers(organisation: Organisation) -> tuple[OrganisationImageKind, ...]:
    """Licence, letter, and what the agent's type of document has to show."""
    of_agent = documents.document_type(organisation.agent_document_type).kinds
    return (OrganisationImageKind.LICENCE, OrganisationImageKind.LETTER, *(_SIDES[kind] for kind in of_agent))


def papers_to_take(organisation: Organisation, correction: OrganisationCorrection | None) -> list[OrganisationImageKind]:
    """What is photographed now: for its correction where one waits, else for itself."""
    return [OrganisationImageKind(kind) for kind in correction.papers] if correction else list(needed_papers(organisation))


def current_papers(organisation: Organisation) -> list[OrganisationImage]:
    """The photographs it stands on, in their order: of each kind the newest that was judged, or waits with the organisation itself."""
    taken = organisation.images.filter(Q(correction=None) | Q(correction__status=CorrectionStatus.ACCEPTED)).select_related("file")
    newest = {image.kind: image for image in taken.order_by("created_at")}
    return [newest[kind] for kind in needed_papers(organisation) if kind in newest]


def missing_papers(organisation: Organisation) -> list[OrganisationImageKind]:
    """Those not photographed yet, in their order."""
    kept = {image.kind for image in current_papers(organisation)}
    return [kind for kind in needed_papers(organisation) if kind not in kept]


def missing_proof(correction: OrganisationCorrection) -> list[OrganisationImageKind]:
    """What a correction has to show and does not yet."""
    kept = set(correction.images.values_list("kind", flat=True))
    return [OrganisationImageKind(kind) for kind in correction.papers if kind not in kept]


@transaction.atomic
def look_at_paper(*, actor: Actor, image: OrganisationImage) -> bytes:
    """The photograph; who looked stands in the trail before anything leaves. Raises KeyErased, FileMissing."""
    content = read_file(image.file)
    record("organisation.viewed", actor=actor, subject=image.organisation, data={"kind": image.kind, "image": str(image.pk)})
    return content


@transaction.atomic
def open_agent(*, actor: Actor, organisation: Organisation) -> dict[str, str]:
    """What is known of people of it, in full; who asked stands in the trail. Raises KeyErased."""
    record("organisation.opened", actor=actor, subject=organisation, data={"document_type": organisation.agent_document_type})
    return {
        "name": organisation.agent_name,
        "id_number": organisation.agent_id_number,
        "legal_representative": organisation.legal_representative,
    }


def unseen(images: Iterable[OrganisationImage], staff_id: UUID | str) -> list[OrganisationImageKind]:
    """Those of these photographs that this staff member was not shown; what counts is the trail."""
    images = list(images)
    looks = Event.objects.filter(
        name="organisation.viewed",
        subject_kind="organisation",
        subject_id__in={str(image.organisation_id) for image in images},
        actor_id=str(staff_id),
    )
    seen = {look.data["image"] for look in looks}
    return [OrganisationImageKind(image.kind) for image in images if str(image.pk) not in seen]
