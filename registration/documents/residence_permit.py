"""The residence permit of Hong Kong, Macao and Taiwan residents (港澳台居民居住证): an ID card's print without an ethnicity."""

from django.utils.translation import gettext_lazy as _

from registration.documents import parts, validity
from registration.documents.base import DocumentType, Field, Image, Validity
from registration.documents.numbers import PERMIT
from registration.states import CaptureKind

DOCUMENT = DocumentType(
    code="residence_permit",
    order=40,
    label=_("Residence permit for Hong Kong, Macao or Taiwan residents"),
    holders=_("For residents of Hong Kong, Macao and Taiwan who live on the mainland."),
    number=PERMIT,
    fields=(
        Field("name"),
        Field("sex"),
        Field("birth"),
        Field("id_number"),
        Field("address", label=_("Address on the permit")),
        Field("authority", hint=_("On the side with the emblem.")),
        *parts.PERIOD,
    ),
    images=(
        parts.portrait_side(_("Residence permit, portrait side"), reads="ocr"),
        Image(
            kind=CaptureKind.DOCUMENT_BACK,
            label=_("Residence permit, emblem side"),
            hint=_("The side with the issuing authority and the dates."),
            reads="ocr",
            example="id-back",
        ),
    ),
    normalise={**parts.CHINESE_NAME, **parts.ADDRESS, **parts.AUTHORITY},
    validity=Validity(fits=validity.years(5), source="Measures on residence permits (State Council Office 2018 no. 81): five years [K]"),
    sources=("Measures on residence permits for Hong Kong, Macao and Taiwan residents, art. 3 [S-2nd]", "five years [K]"),
)
