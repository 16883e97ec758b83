"""Who fills in says whether they register themselves, a child, or somebody who can not come."""

from django.utils import timezone

from realname.access.actor import Actor
from realname.trail import record
from realname.vault.erase import erase_person
from registration.models import Application, Person, Representative
from registration.services.erase_face_captures import FACE_KINDS, erase_capture
from registration.states import CaptureKind, Party


def choose_representation(*, actor: Actor, application: Application, representation: str) -> None:
    """Take on, change or end a representation. Who is there is somebody else then: their face and consents count no more.

    `representation` is a Representation, or empty where the person acts for themselves. Call with the application locked, and
    editable. The same as before changes nothing.
    """
    before = application.representation
    if representation == before:
        return
    _forget_who_was_there(actor, application)
    representative = Representative.objects.filter(application=application).first()
    if representative and not representation:
        _dismiss(actor, representative)
    elif representation and representative is None:
        representative = Representative.objects.create(application=application, person=Person.objects.create())
    application.representation = representation
    application.save(update_fields=["representation"])
    # who it was is cached with the row
    application._state.fields_cache.pop("representative", None)
    record(
        "representation.chosen",
        actor=actor,
        subject=application,
        person_id=application.person_id,
        data={
            "representation": representation,
            "before": before,
            "representative": str(representative.person_id) if representative else "",
        },
    )


def present_person_id(application: Application) -> str:
    """The person who is there: whose face it is, and who agrees."""
    return application.representative.person_id if application.present == Party.REPRESENTATIVE else application.person_id


def shown_in(application: Application, kind: CaptureKind) -> str:
    """The person whom a capture of this kind shows, and whose key encrypts it."""
    of_principal = kind.party == Party.PRINCIPAL and kind not in FACE_KINDS
    return application.person_id if of_principal else present_person_id(application)


def _forget_who_was_there(actor: Actor, application: Application) -> None:
    for capture in application.captures.filter(kind__in=FACE_KINDS, file__erased_at__isnull=True).select_related("file"):
        erase_capture(actor=actor, application=application, capture=capture, reason="representation_changed")
    application.challenges.live().update(superseded_at=timezone.now())
    # what proved the one right to act proves no other
    application.captures.current().filter(kind=CaptureKind.RELATION).update(superseded_at=timezone.now())
    application.consents.filter(withdrawn_at__isnull=True).update(withdrawn_at=timezone.now())


def _dismiss(actor: Actor, representative: Representative) -> None:
    """Nothing of somebody who does not act any more is kept."""
    theirs = [CaptureKind.REPRESENTATIVE_FRONT, CaptureKind.REPRESENTATIVE_BACK]
    representative.application.captures.current().filter(kind__in=theirs).update(superseded_at=timezone.now())
    person_id = representative.person_id
    representative.delete()
    erase_person(person_id, actor=actor, reason="representation_changed")
