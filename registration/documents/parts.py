"""What several types have in common: how fields are brought into one form, and groups of fields."""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from realname.ids import addresses, authorities, latin_names, names, passport
from registration.documents.base import Field, Image, Reads
from registration.states import CaptureKind

CHINESE_NAME = {"name": names.normalise}
LATIN_NAME = {"name": latin_names.normalise}
OTHER_NAME_LATIN = {"other_name": latin_names.normalise}
OTHER_NAME_CHINESE = {"other_name": names.normalise}
ADDRESS = {"address": addresses.normalise}
AUTHORITY = {"authority": authorities.normalise}
NATIONALITY = {"nationality": passport.state}
STATES = {**NATIONALITY, "issuing_state": passport.state}

ADDRESS_FIELD = Field("address")
PERIOD = (Field("valid_from"), Field("valid_to"))
LONG_TERM = Field("valid_long_term", required=False)
LATIN = Field("other_name", label=_("Name in Latin letters"))
# what every document of a citizen says first
CITIZEN = (Field("name"), Field("sex"), Field("ethnicity"), Field("birth"))
# of the mainland travel permits, and how they are photographed
PERMIT = (Field("name", label=_("Name in Chinese characters")), LATIN, Field("sex"), Field("birth"), Field("id_number"), *PERIOD)


def portrait_side(label: Promise, *, reads: Reads = "") -> Image:
    """The side of a card that has the portrait."""
    return Image(
        kind=CaptureKind.DOCUMENT_FRONT,
        label=label,
        hint=_("Lay the card on a plain, dark surface in even light. All four corners must be in the picture."),
        reads=reads,
        example="id-front",
    )


PERMIT_IMAGES = (
    portrait_side(_("Travel permit, portrait side")),
    Image(
        kind=CaptureKind.DOCUMENT_BACK,
        label=_("Travel permit, back"),
        hint=_("The side with three lines of letters and the sign <. They must be sharp and whole."),
        reads="mrz",
        example="id-lines",
    ),
)
