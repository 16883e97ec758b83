"""The mainland travel permit for Taiwan residents (台湾居民来往大陆通行证)."""

from django.utils.translation import gettext_lazy as _

from realname.ids import travel_permits
from registration.documents import parts, validity
from registration.documents.base import DocumentType, Number, NumberRule, Validity


def _parse(text: str) -> Number:
    return Number(text=travel_permits.parse_taiwan(text))


DOCUMENT = DocumentType(
    code="taiwan_travel_permit",
    order=60,
    label=_("Travel permit for Taiwan residents"),
    holders=_("For residents of Taiwan."),
    number=NumberRule(
        scheme="taiwan_travel_permit",
        parse=_parse,
        engine="travel permit",
        version="2015",
        label=_("Number of the permit"),
        hint=_("Eight digits, as on the permit."),
        longest=8,
        printed=r"[A-Z0-9]{6,15}",
    ),
    fields=parts.PERMIT,
    images=parts.PERMIT_IMAGES,
    normalise={**parts.CHINESE_NAME, **parts.OTHER_NAME_LATIN},
    validity=Validity(fits=validity.years(5), source="Measures on travel between the mainland and Taiwan: five years [K]"),
    sources=("Order 25, art. 7 [S-2nd]", "eight digits since the card of 2015 [K]", "five years [K]"),
)
