"""The household register (户口簿): the page of the household and the person's own, for who has no card."""

from django.utils.translation import gettext_lazy as _

from registration.documents import parts
from registration.documents.base import DocumentType, Field, Image
from registration.documents.numbers import CITIZEN
from registration.states import CaptureKind

DOCUMENT = DocumentType(
    code="household_register",
    order=30,
    label=_("Household register"),
    holders=_("For citizens of China's mainland who have no ID card."),
    number=CITIZEN,
    fields=(
        *parts.CITIZEN,
        Field("id_number", hint=_("18 characters, as on your own page.")),
        Field("address", label=_("Address on the page of the household")),
    ),
    images=(
        Image(
            kind=CaptureKind.DOCUMENT_FRONT,
            label=_("Household register, your own page"),
            hint=_("The page that has your name and ID number. The whole page must be in the picture."),
            shape="page",
            example="register-page",
        ),
        Image(
            kind=CaptureKind.DOCUMENT_BACK,
            label=_("Household register, page of the household"),
            hint=_("The first page, with the address and the seal."),
            shape="page",
            example="register-page",
        ),
    ),
    normalise={**parts.CHINESE_NAME, **parts.ADDRESS},
    portrait=None,
    registry=True,
    sources=("Order 25, art. 7 [S-2nd]", "GB 11643-1999"),
)
