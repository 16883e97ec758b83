"""A foreigner's passport, with a machine-readable zone (ICAO Doc 9303-4)."""

from django.utils.translation import gettext_lazy as _

from realname.ids import passport
from registration.documents import parts
from registration.documents.base import DocumentType, Field, Image, Number, NumberRule
from registration.states import CaptureKind


def _parse(text: str) -> Number:
    return Number(text=passport.parse(text))


DOCUMENT = DocumentType(
    code="foreign_passport",
    order=80,
    label=_("Foreign passport"),
    holders=_("For foreigners."),
    number=NumberRule(
        scheme="passport",
        parse=_parse,
        engine="passport",
        version="Doc 9303",
        label=_("Passport number"),
        hint=_("Letters and digits, as in the passport."),
        longest=9,
        by_state=True,
    ),
    fields=(
        Field("name", label=_("Name in Latin letters")),
        Field("sex"),
        Field("birth"),
        Field("nationality"),
        Field("issuing_state"),
        Field("id_number"),
        *parts.PERIOD,
    ),
    images=(
        Image(
            kind=CaptureKind.DOCUMENT_FRONT,
            label=_("Passport, page with the portrait"),
            hint=_("The whole page, with the two lines of letters and the sign < at its foot. They must be sharp and whole."),
            reads="mrz",
            shape="page",
            example="passport-page",
        ),
    ),
    latin_first=True,
    normalise={**parts.LATIN_NAME, **parts.STATES},
    sources=("Order 25, art. 7 [S-2nd]", "ICAO Doc 9303-3 and 9303-4"),
)
