"""An approved application becomes a person, an account, a subscriber and a line."""

import secrets
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname import policy
from realname.access.actor import Actor
from realname.trail import record
from realname.vault.erase import is_erased
from realname.vault.merge import merge_person_keys
from registration.errors import LineLimitReached, NumberNotKept, NumberRegistered, OrganisationRefused
from registration.locks import lock_application, lock_identity, lock_line, lock_organisation, lock_stock
from registration.models import Account, Application, Line, Number, Person, Subscriber
from registration.models.identity import IDENTIFIED_FIELDS
from registration.numbers import reservation_of
from registration.patterns import facts_of
from registration.policy import LINE_LIMIT
from registration.services.account.freeze_person import thaw_for_service
from registration.services.organisation.facts import line_limit_of
from registration.services.terminate_line import give_up_number
from registration.states import ApplicationStatus, LineStatus, NumberStatus, NumberWay, OrganisationStatus


@transaction.atomic
def activate_line(*, actor: Actor, application_id: UUID) -> Line:
    """Activate the line of an approved application. Called again it answers the same line.

    Its number goes into use with it: the one kept for the application, or the proven one, which the inventory may not know yet.
    A line of an organisation counts against its actual user's limit like any other (R-13), and against the organisation's.
    Raises LineLimitReached (R-13), OrganisationRefused (not approved; its limit), NumberRegistered (also where it is kept for
    somebody else, or rests), NumberNotKept, TransitionNotAllowed unless approved (R-01).
    """
    application = lock_application(application_id)
    if existing := Line.objects.filter(application=application).first():
        return existing
    application.machine.check(application.status, ApplicationStatus.ACTIVATED)
    # a proven number needs no lock of its own: only one open application has it (application_once_per_number), whose row is locked
    # above and by whoever would bind the number meanwhile (lock_with_rival)
    _lock_identities(application)
    person = _verified_person(actor, application)
    if Line.objects.held().filter(person=person).count() >= policy.value(LINE_LIMIT):
        raise LineLimitReached
    _require_room(application)
    number = _taken_over(actor, application) if application.takes_over_id else _put_into_use(application)
    line = _open_line(actor, application, person, number)
    thaw_for_service(person=person)
    application.move(to=ApplicationStatus.ACTIVATED)
    application.save(update_fields=["status"])
    return line


def _lock_identities(application: Application) -> None:
    """Its person's, and that of the user whose line it takes over, in their order."""
    former = application.takes_over.person.id_number_index if application.takes_over_id else None
    for index in sorted({application.id_number_index, former} - {None}):
        lock_identity(index)


def _require_room(application: Application) -> None:
    """Raises OrganisationRefused unless the contracting party, where there is one, is approved and may hold one more line."""
    if application.organisation_id is None:
        return
    # until the transaction ends: lines of one organisation are counted one at a time
    organisation = lock_organisation(application.organisation_id)
    if organisation.status != OrganisationStatus.APPROVED:
        raise OrganisationRefused("organisation_not_approved")
    others = organisation.lines.held().exclude(pk=application.takes_over_id)
    if others.count() >= line_limit_of(organisation):
        raise OrganisationRefused("organisation_limit")


def _verified_person(actor: Actor, application: Application) -> Person:
    """The one person of this identity: known already, or this application's provisional one made real."""
    known = Person.objects.filter(id_number_index=application.id_number_index).first()
    if known is not None and is_erased(known.pk):
        # the listener to the erasure has not come by yet: who comes again is a new person, and nothing is merged into the erased
        Person.objects.filter(pk=known.pk).update(id_number_index=None)
        known = None
    if known is not None:
        if known.pk != application.person_id:
            _merge(application.person, into=known)
            application.person = known
        return known
    person = application.person
    for field in IDENTIFIED_FIELDS:
        setattr(person, field, getattr(application, field))
    person.contact_phone = application.phone
    person.verified_at = timezone.now()
    person.save()
    record("person.verified", actor=actor, subject=person, person_id=person.pk, related=application)
    return person


def _merge(provisional: Person, *, into: Person) -> None:
    """Everything of the provisional person becomes the known one's, keys and files too."""
    for relation in Person._meta.related_objects:
        if relation.one_to_many and relation.field.name != "merged_into":
            relation.related_model._base_manager.filter(**{relation.field.name: provisional}).update(**{relation.field.name: into})
    merge_person_keys(into=into.pk, from_=provisional.pk)
    provisional.merged_into = into
    provisional.save(update_fields=["merged_into"])


def _taken_over(actor: Actor, application: Application) -> str:
    """The number of the line whose user it replaces, who has it no more. Raises NumberNotKept where that line has ended meanwhile."""
    line = lock_line(application.takes_over_id)
    if line.status not in LineStatus.held() or line.organisation_id != application.organisation_id or is_erased(line.person_id):
        raise NumberNotKept
    return give_up_number(actor=actor, line=line)


def _put_into_use(application: Application) -> str:
    """The number, taken out of stock. Raises NumberRegistered, NumberNotKept."""
    if application.number_way == NumberWay.NEW:
        kept = reservation_of(application)
        if kept is None:
            raise NumberNotKept
        number = kept.number
    else:
        number = application.phone
        brought = {"status": NumberStatus.ELSEWHERE, "stocked": False}
        Number.objects.get_or_create(number=number, defaults={**facts_of(number), **brought})
    row = lock_stock(number)[number]
    if not row.can_move(to=NumberStatus.IN_USE) or row.reserved_for_id not in {None, application.pk}:
        raise NumberRegistered
    row.move(to=NumberStatus.IN_USE)
    row.reserved_for = row.reserved_until = None
    row.save(update_fields=["status", "reserved_for", "reserved_until"])
    return number


def _open_line(actor: Actor, application: Application, person: Person, number: str) -> Line:
    account, opened = Account.objects.get_or_create(person=person, defaults={"number": f"{secrets.randbelow(10**12):012d}"})
    if opened:
        record("account.opened", actor=actor, subject=person, person_id=person.pk, related=application)
    Subscriber.objects.get_or_create(person=person, defaults={"account": account})
    line = Line.objects.create(person=person, application=application, organisation_id=application.organisation_id, number=number)
    record(
        "line.activated",
        actor=actor,
        subject=line,
        person_id=person.pk,
        related=application,
        data={
            "channel": application.channel,
            "number_way": application.number_way,
            "representation": application.representation,
            # who acted for the holder, by the record that is kept of them
            "representative": str(application.representative.person_id) if application.representation else "",
            "organisation": str(application.organisation_id or ""),
        },
    )
    if application.takes_over_id:
        record("organisation.user_replaced", actor=actor, subject=line, person_id=person.pk, related=application.takes_over)
    return line
