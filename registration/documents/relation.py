"""What shows that somebody may act for another: a photograph that only a person judges (R-03, R-12)."""

from django.utils.translation import gettext_lazy as _

from registration.documents.base import Image
from registration.states import CaptureKind, Representation

_IMAGES: dict[str, Image] = {
    Representation.GUARDIAN: Image(
        kind=CaptureKind.RELATION,
        label=_("Proof that you are the guardian"),
        hint=_("The page of the household register with both of you, or the birth certificate. The whole page must be in the picture."),
        shape="page",
        example="register-page",
    ),
    Representation.AGENT: Image(
        kind=CaptureKind.RELATION,
        label=_("Letter of authorisation"),
        hint=_("Signed by the person you act for, with both names and ID numbers. The whole page must be in the picture."),
        shape="page",
        example="register-page",
    ),
}


def relation_image(representation: str) -> Image | None:
    """The photograph to take where somebody acts as this; None where nobody does."""
    return _IMAGES.get(representation)
