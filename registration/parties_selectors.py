"""Questions of who acts for whom, as the account of a person asks them (R-12, R-31)."""

from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from realname.vault.erase import is_erased
from registration.documents.validity import age_on
from registration.models import Application, Person, Representative
from registration.services.erase_face_captures import FACE_KINDS
from registration.services.parties.rules import FULL_AGE
from registration.states import CaptureKind, Party, Representation

# what is shown of who acts where their application is looked at: both people's details stand side by side
SHOWS_WHO_ACTS = ("fields", *FACE_KINDS, *(kind for kind in CaptureKind if kind.party == Party.REPRESENTATIVE))


def acted_in(person: Person) -> QuerySet[Application]:
    """What this person handed in for others, known by the number of their document; nothing before theirs was verified.

    Also what somebody else handed in under their number: it is theirs to see, more than anybody's.
    """
    if person.verified_at is None or not person.id_number_index:
        return Application.objects.none()
    theirs = Representative.objects.filter(id_number_index=person.id_number_index)
    return Application.objects.filter(representative__in=theirs, submitted_at__isnull=False).exclude(representation="")


def guarded_by(person: Person) -> list[Application]:
    """The applications of minors whom this person is the guardian of, newest first; nobody's who is of age or erased."""
    found = acted_in(person).filter(representation=Representation.GUARDIAN).select_related("person")
    return [application for application in found if not is_erased(application.person_id) and is_minor(application)]


def guarded_application(person: Person, application_id: UUID) -> Application:
    """One of those. Raises Application.DoesNotExist."""
    found = next((application for application in guarded_by(person) if application.pk == application_id), None)
    if found is None:
        raise Application.DoesNotExist
    return found


def is_minor(identity: Application | Person) -> bool:
    """Is this person not of age today?"""
    return bool(identity.birth) and age_on(timezone.localdate(), identity.birth) < FULL_AGE


def reached_by_guardian(person: Person) -> bool:
    """Is the contact phone of a person who is of age now still the one of who was their guardian? Then it speaks for them no more."""
    if not person.contact_phone_index or is_minor(person):
        return False
    guardians = Representative.objects.filter(application__person=person, application__representation=Representation.GUARDIAN)
    return guardians.filter(phone_index=person.contact_phone_index).exists()
