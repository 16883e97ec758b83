"""A person checks what was read from their document and corrects it."""

from datetime import date
from typing import TypedDict
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname import policy
from realname.access.actor import Actor
from realname.ids import addresses, authorities, citizen_id, names
from realname.trail import record
from registration.access import require_own
from registration.errors import ApplicationClosed, ApplicationIncomplete, DetailsContradict
from registration.locks import lock_application
from registration.models import Application
from registration.policy import MINIMUM_AGE

NUMBER_LENGTH = 18  # GB 11643-1999


class Details(TypedDict):
    """What the person enters. Dates are dates; `valid_to` is None where `valid_long_term`."""

    name: str
    id_number: str
    sex: str
    ethnicity: str
    birth: date
    address: str
    authority: str
    valid_from: date
    valid_to: date | None
    valid_long_term: bool
    residence: str
    email: str


@transaction.atomic
def correct_details(*, actor: Actor, application_id: UUID, details: Details, number_as_printed: bool = False) -> Application:
    """Keep the details as the person stands by them. Whether they are true is verification's question.

    A number that is not valid is taken only where the person says that it is printed so (`number_as_printed`): then nobody is
    stuck at the form, and verification judges it.
    Raises names.InvalidName, citizen_id.InvalidCitizenID, addresses.InvalidAddress, authorities.InvalidAuthority,
    DetailsContradict (birth or sex other than the number says, unless it is as printed), ApplicationIncomplete (under age),
    ApplicationClosed.
    """
    application = lock_application(application_id)
    require_own(actor, application)
    if not application.editable:
        raise ApplicationClosed
    values = {
        **details,
        "name": names.normalise(details["name"]),
        "id_number": _number(details["id_number"], as_printed=number_as_printed),
        "address": addresses.normalise(details["address"]),
        "authority": authorities.normalise(details["authority"]),
        "residence": addresses.normalise(details["residence"] or details["address"]),
    }
    if not number_as_printed and (fields := _contradictions(values)):
        raise DetailsContradict(fields)
    if _age(details["birth"]) < policy.value(MINIMUM_AGE):
        raise ApplicationIncomplete(["details"], "under_age")
    before = {field: _text(getattr(application, field)) for field in values}
    for field, value in values.items():
        setattr(application, field, value)
    application.details_entered_at = timezone.now()
    application.save()
    after = {field: _text(value) for field, value in values.items()}
    changed = [field for field in values if before[field] != after[field]]
    record(
        "details.corrected",
        actor=actor,
        subject=application,
        person_id=application.person_id,
        data={"fields": changed},
        before={field: before[field] for field in changed},
        after={field: after[field] for field in changed},
    )
    return application


def _number(text: str, *, as_printed: bool) -> str:
    try:
        return citizen_id.parse(text).number
    except citizen_id.InvalidCitizenID:
        number = citizen_id.normalise(text)
        if as_printed and len(number) == NUMBER_LENGTH and number[:-1].isdecimal() and number.isascii() and number[-1] in "0123456789X":
            return number
        raise


def _contradictions(values: dict) -> list[str]:
    """Which of birth and sex differ from the ID number (GB 11643: digits 7 to 14 and 17)."""
    number = citizen_id.parse(values["id_number"])
    return [field for field, said in (("birth", number.birth), ("sex", number.sex)) if values[field] != said]


def _age(birth: date) -> int:
    today = timezone.localdate()
    return today.year - birth.year - ((today.month, today.day) < (birth.month, birth.day))


def _text(value: object) -> str | None:
    return None if value is None else str(value)
