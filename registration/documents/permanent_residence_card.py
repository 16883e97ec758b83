"""The foreign permanent resident ID card (外国人永久居留身份证)."""

from django.utils.translation import gettext_lazy as _

from realname.ids import permanent_residence
from registration.documents import parts, validity
from registration.documents.base import DocumentType, Field, Image, Number, NumberRule, Validity
from registration.states import CaptureKind


def _parse(text: str) -> Number:
    read = permanent_residence.parse(text)
    return Number(text=read.number, birth=read.birth, warnings=tuple(f"old_{code}" for code in read.warnings))


DOCUMENT = DocumentType(
    code="permanent_residence_card",
    order=70,
    label=_("Foreign permanent resident ID card"),
    holders=_("For foreigners with permanent residence in China."),
    number=NumberRule(
        scheme="permanent_residence",
        parse=_parse,
        engine="permanent residence",
        version="2023",
        label=_("Number of the card"),
        hint=_("18 characters beginning with 9, on older cards three letters and 12 digits."),
        longest=18,
        printed=r"[A-Z0-9]{10,20}",
    ),
    fields=(
        Field("name", label=_("Name in Latin letters")),
        Field("other_name", label=_("Name in Chinese characters"), hint=_("Leave it empty if the card shows none."), required=False),
        Field("sex"),
        Field("birth"),
        Field("nationality"),
        Field("id_number"),
        *parts.PERIOD,
    ),
    images=(
        parts.portrait_side(_("Permanent resident card, portrait side")),
        Image(
            kind=CaptureKind.DOCUMENT_BACK,
            label=_("Permanent resident card, back"),
            hint=_("The side without a portrait."),
            example="id-back",
        ),
    ),
    latin_first=True,
    normalise={**parts.LATIN_NAME, **parts.OTHER_NAME_CHINESE, **parts.NATIONALITY},
    validity=Validity(fits=validity.years(5, 10), source="Measures on permanent residence of foreigners: ten years, five under 18 [K]"),
    sources=("National Immigration Administration, machine-reading rules of the 2023 card [S-2nd]", "terms [K]"),
)
