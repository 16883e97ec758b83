"""Captures as pictures for the engines: decrypted and decoded once, shared by the checks that run on this worker."""

import numpy as np

from realname import images
from realname.vault.cache import ExpiringCache
from realname.vault.files import read_file
from registration.models import Capture
from verification.engines.document.locate import turn

# Two applicants' worth, for as long as the checks of one application run after each other.
_pictures: ExpiringCache[np.ndarray] = ExpiringCache(size=6, seconds=20)


def picture_of(capture: Capture) -> np.ndarray:
    """The capture in BGR, uint8, (height, width, 3). Raises vault.KeyErased after an erasure, ImageRefused if it is no picture."""
    picture = _pictures.get(capture.pk)
    if picture is None:
        picture = images.decode(read_file(capture.file)).bgr
        _pictures.put(capture.pk, picture)
    return picture


def upright_card(capture: Capture) -> np.ndarray:
    """The same picture with its card the right way up, as it was read: a face on its side is found by no detector."""
    return turn(picture_of(capture), capture.reading["turned"] if capture.reading else 0)
