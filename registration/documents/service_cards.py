"""What the cards of soldiers and of the armed police have in common: no machine reads them, and a person judges their number."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from realname.ids import service_card as numbers
from registration.documents import parts
from registration.documents.base import DocumentType, Field, Image, Number, NumberRule
from registration.states import CaptureKind


def _parse(text: str) -> Number:
    return Number(text=numbers.parse(text))


def service_card(*, code: str, order: int, label: Promise, holders: Promise) -> DocumentType:
    """The type of one service."""
    return DocumentType(
        code=code,
        order=order,
        label=label,
        holders=holders,
        number=NumberRule(
            scheme=code,
            parse=_parse,
            engine="service card",
            version="1",
            label=_("Number of the card"),
            hint=_("With the word before it, as printed."),
            longest=20,
        ),
        fields=(
            Field("name"),
            Field("sex"),
            Field("birth"),
            Field("id_number"),
            Field("authority", label=_("Issued by"), hint=_("As printed on the card.")),
            *parts.PERIOD,
            parts.LONG_TERM,
        ),
        images=(
            Image(
                kind=CaptureKind.DOCUMENT_FRONT,
                label=_("Service card, page with the portrait"),
                hint=_("The whole page must be in the picture, in even light."),
                shape="page",
                example="passport-page",
            ),
            Image(
                kind=CaptureKind.DOCUMENT_BACK,
                label=_("Service card, page with the dates"),
                hint=_("The page with the number, the issuer and the dates."),
                shape="page",
                example="passport-page",
            ),
        ),
        normalise={**parts.CHINESE_NAME, **parts.AUTHORITY},
        sources=("Order 25, art. 7 [S-2nd]", "form of the number [K]"),
    )
