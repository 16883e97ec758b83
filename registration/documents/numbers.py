"""The rules of numbers that several types share."""

from collections.abc import Callable

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from realname.ids import citizen_id
from realname.ids.citizen_id import CitizenID, InvalidCitizenID
from registration.documents.base import Number, NumberRule

CITIZEN_LENGTH = 18  # GB 11643-1999


def citizen_number(kind: str, *, label: Promise, hint: Promise) -> NumberRule:
    """Numbers after GB 11643 (R-11): of citizens, or of permits with the address codes 810000, 820000 and 830000."""
    return NumberRule(
        scheme="citizen",
        parse=_of_kind(kind),
        engine="GB 11643",
        version="1999",
        label=label,
        hint=hint,
        longest=CITIZEN_LENGTH,
        printed=r"[0-9]{17}[0-9X]",
        binding=True,
    )


def _of_kind(kind: str) -> Callable[[str], Number]:
    def parse(text: str) -> Number:
        number = citizen_id.parse(text)
        if number.kind != kind:
            raise InvalidCitizenID("permit" if number.kind == "permit" else "no_permit")
        return _told(number)

    return parse


def _told(number: CitizenID) -> Number:
    return Number(text=number.number, birth=number.birth, sex=number.sex, warnings=number.warnings)


CITIZEN = citizen_number("citizen", label=_("ID number"), hint=_("18 characters, as on the card."))
PERMIT = citizen_number("permit", label=_("ID number"), hint=_("18 characters, beginning with 81, 82 or 83, as on the permit."))
