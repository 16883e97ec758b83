"""A person checks what was read from their document and corrects it."""

import re
from datetime import date
from typing import Any, NotRequired, TypedDict
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname.access.actor import Actor
from realname.ids import addresses
from realname.ids.errors import InvalidInput
from realname.ids.written import compact
from realname.trail import record
from registration.access import require_open, require_own
from registration.documents.base import DocumentType
from registration.errors import ApplicationIncomplete, DetailInvalid, DetailsContradict
from registration.locks import lock_application
from registration.models import Application
from registration.services.bulk.accept_invitation import require_invited
from registration.services.parties.rules import age_refusal, same_person
from registration.states import Party


class Details(TypedDict):
    """What the person enters. Dates are dates; `valid_to` is None where `valid_long_term`.

    What the type of document does not have is left out or ignored.
    """

    name: str
    other_name: NotRequired[str]
    id_number: str
    issuing_state: NotRequired[str]
    nationality: NotRequired[str]
    sex: str
    ethnicity: NotRequired[str]
    birth: date
    address: NotRequired[str]
    authority: NotRequired[str]
    valid_from: NotRequired[date | None]
    valid_to: NotRequired[date | None]
    valid_long_term: NotRequired[bool]
    residence: str
    email: str


@transaction.atomic
def correct_details(
    *, actor: Actor, application_id: UUID, details: Details, number_as_printed: bool = False, party: Party = Party.PRINCIPAL
) -> Application:
    """Keep the details of a party as they stand by them, by their document's rules. Whether they are true is verification's question.

    A number that is not valid is taken only where the person says that it is printed so (`number_as_printed`): then nobody is
    stuck at the form, and verification judges it.
    Raises DetailInvalid (naming the field), DetailsContradict (birth or sex other than the number says, unless it is as printed),
    ApplicationIncomplete (too young or too old to be this party, both are one person, not the one who was invited), ApplicationClosed.
    """
    application = lock_application(application_id)
    require_own(actor, application)
    require_open(application)
    identity = application.party(party)
    values = _values(identity.document, details, as_printed=number_as_printed)
    if not number_as_printed and (fields := _contradictions(identity.document, values)):
        raise DetailsContradict(fields)
    if refusal := age_refusal(application, party, details["birth"]):
        raise ApplicationIncomplete(["details"], refusal)
    if party == Party.PRINCIPAL:
        require_invited(application, name=values["name"], id_number=values["id_number"])
    before = {field: _text(getattr(identity, field)) for field in values}
    for field, value in values.items():
        setattr(identity, field, value)
    identity.details_entered_at = timezone.now()
    identity.save()
    if application.representation and same_person(application):
        raise ApplicationIncomplete(["details"], "same_person")
    after = {field: _text(value) for field, value in values.items()}
    changed = [field for field in values if before[field] != after[field]]
    record(
        "details.corrected",
        actor=actor,
        subject=application,
        person_id=identity.vault_person_id(),
        data={"fields": changed, "party": party},
        before={field: before[field] for field in changed},
        after={field: after[field] for field in changed},
    )
    return application


def _values(document: DocumentType, details: Details, *, as_printed: bool) -> dict[str, Any]:
    """Every field of an application, in its one written form; None for what this type of document does not have. Raises DetailInvalid."""
    values: dict[str, Any] = dict.fromkeys(Details.__annotations__)
    for field in document.fields:
        values[field.name] = _normalised(document, field.name, details.get(field.name), required=field.required)
    values["id_number"] = _number(document, details["id_number"], as_printed=as_printed)
    values["residence"] = _residence(details.get("residence") or values["address"])
    values["email"] = details.get("email") or ""
    values["valid_long_term"] = bool(values["valid_long_term"])
    return values


def _normalised(document: DocumentType, name: str, value: Any, *, required: bool) -> Any:
    if name not in document.normalise or (not value and not required):
        return value or None
    try:
        return document.normalise[name](value or "")
    except InvalidInput as invalid:
        raise DetailInvalid(name, invalid) from invalid


def _residence(text: str | None) -> str:
    try:
        return addresses.normalise(text or "")
    except InvalidInput as invalid:
        raise DetailInvalid("residence", invalid) from invalid


def _number(document: DocumentType, text: str, *, as_printed: bool) -> str:
    try:
        return document.number.parse(text).text
    except InvalidInput as invalid:
        number = compact(text)
        if as_printed and document.number.printed and re.fullmatch(document.number.printed, number):
            return number
        raise DetailInvalid("id_number", invalid) from invalid


def _contradictions(document: DocumentType, values: dict) -> list[str]:
    """Which of birth and sex differ from what the number says, where it says it."""
    number = document.number.parse(values["id_number"])
    return [field for field, said in (("birth", number.birth), ("sex", number.sex)) if said and values[field] != said]


def _text(value: object) -> str | None:
    return None if value is None else str(value)
