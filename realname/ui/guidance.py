"""What a person reads while the camera is on. The codes are the verdicts of static/js/guidance/card.js and face.js,
and "press": good, and the person takes the photographs themselves."""

from collections.abc import Mapping
from typing import Literal

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

_STILL = _("Hold the phone still.")
_GOOD = _("Good. Hold still.")
_PRESS = _("Good. Press the button now.")

SENTENCES: Mapping[Literal["card", "page", "face"], Mapping[str, Promise]] = {
    "card": {
        "none": _("Lay the card in the frame."),
        "edges": _("All four edges of the card must be in the frame, on a plain, dark surface."),
        "far": _("Move closer: the card should fill the frame."),
        "near": _("Move back a little: the whole card must be in the picture."),
        "aside": _("Move the card to the middle of the frame."),
        "askew": _("Hold the phone straight above the card."),
        "coarse": _("This camera shows too little detail for a card. You can choose a photograph instead."),
        "dark": _("Too dark. Turn on a light or go to a window."),
        "glare": _("Light is reflected by the card. Tilt it a little or move it away from the lamp."),
        "moving": _STILL,
        "blurred": _("Blurred. Hold the phone still until the picture is sharp."),
        "good": _GOOD,
        "press": _PRESS,
    },
    # pages of books are of many sizes: the person looks for themselves
    "page": {},
    "face": {
        "unseen": _("Bring your face into the oval, in even light, and press the button."),
        "none": _("Bring your face into the oval."),
        "several": _("Only your face may be in the picture."),
        "far": _("Come closer."),
        "near": _("Move back a little."),
        "aside": _("Bring your face to the middle of the oval."),
        "turned": _("Look straight at the camera."),
        "dark": _("Your face is too dark. Turn it to the light."),
        "bright": _("Your face is too bright. Turn away from the light."),
        "moving": _STILL,
        "blurred": _("Blurred. Hold the phone still, and wipe the lens."),
        "good": _GOOD,
        "press": _PRESS,
    },
}
