"""The resident ID card (居民身份证)."""

from django.utils.translation import gettext_lazy as _

from registration.documents import parts, validity
from registration.documents.base import DocumentType, Field, Image, Validity
from registration.documents.numbers import CITIZEN
from registration.states import CaptureKind

DOCUMENT = DocumentType(
    code="resident_id_card",
    order=10,
    label=_("Resident ID card"),
    holders=_("For citizens of China's mainland."),
    number=CITIZEN,
    fields=(
        *parts.CITIZEN,
        Field("id_number"),
        parts.ADDRESS_FIELD,
        Field("authority"),
        *parts.PERIOD,
        parts.LONG_TERM,
    ),
    images=(
        parts.portrait_side(_("ID card, portrait side"), reads="ocr"),
        Image(
            kind=CaptureKind.DOCUMENT_BACK,
            label=_("ID card, emblem side"),
            hint=_("The side with the issuing authority and the dates."),
            reads="ocr",
            example="id-back",
        ),
    ),
    normalise={**parts.CHINESE_NAME, **parts.ADDRESS, **parts.AUTHORITY},
    validity=Validity(fits=validity.resident_card, source="Resident Identity Card Law, art. 5"),
    registry=True,
    sources=("Order 25, art. 7 [S-2nd]", "GB 11643-1999", "GA 448-2003", "Resident Identity Card Law, art. 5 [S-2nd]"),
)
