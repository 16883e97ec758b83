"""The mainland travel permit for Hong Kong and Macao residents (港澳居民来往内地通行证)."""

from django.utils.translation import gettext_lazy as _

from realname.ids import travel_permits
from registration.documents import parts, validity
from registration.documents.base import DocumentType, Number, NumberRule, Validity


def _parse(text: str) -> Number:
    return Number(text=travel_permits.parse_hk_macao(text).number)


def _holder(number: str) -> str:
    """H or M and the eight digits for life: a number of the older form goes on with a count of renewals."""
    return number[:9]


DOCUMENT = DocumentType(
    code="hk_macao_travel_permit",
    order=50,
    label=_("Travel permit for Hong Kong or Macao residents"),
    holders=_("The “home return card”, for residents of Hong Kong and Macao."),
    number=NumberRule(
        scheme="hk_macao_travel_permit",
        parse=_parse,
        engine="travel permit",
        version="2010",
        label=_("Number of the permit"),
        hint=_("H or M and eight digits, as on the permit."),
        longest=11,
        printed=r"[A-Z0-9]{6,15}",
        holder=_holder,
    ),
    fields=parts.PERMIT,
    images=parts.PERMIT_IMAGES,
    normalise={**parts.CHINESE_NAME, **parts.OTHER_NAME_LATIN},
    validity=Validity(
        fits=validity.years(3, 5, 10),
        source="Ministry of Public Security 2010-03-10: ten years, three under 18; five under 18 since 2013 [K]",
    ),
    sources=("Order 25, art. 7 [S-2nd]", "Ministry of Public Security, rules of the number, 2010-03-10 [S-2nd]"),
)
