"""The temporary resident ID card (临时居民身份证), for who waits for a card."""

from django.utils.translation import gettext_lazy as _

from registration.documents import parts, validity
from registration.documents.base import DocumentType, Field, Image, Validity
from registration.documents.numbers import CITIZEN
from registration.states import CaptureKind

DOCUMENT = DocumentType(
    code="temporary_id_card",
    order=20,
    label=_("Temporary ID card"),
    holders=_("For who waits for a resident ID card. It is valid for three months."),
    number=CITIZEN,
    fields=(
        *parts.CITIZEN,
        Field("id_number"),
        parts.ADDRESS_FIELD,
        Field("authority", hint=_("As printed on the card.")),
        *parts.PERIOD,
    ),
    images=(
        parts.portrait_side(_("Temporary ID card, side with the portrait")),
        Image(
            kind=CaptureKind.DOCUMENT_BACK,
            label=_("Temporary ID card, other side"),
            hint=_("The side without a portrait."),
            example="id-back",
        ),
    ),
    normalise={**parts.CHINESE_NAME, **parts.ADDRESS, **parts.AUTHORITY},
    validity=Validity(fits=validity.months(3), source="Measures on Temporary Resident Identity Cards: three months from the day of issue"),
    registry=True,
    sources=("Order 25, art. 7 [S-2nd]", "Measures on Temporary Resident Identity Cards, three months [S-2nd]"),
)
