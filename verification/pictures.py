"""Captures as pictures for the engines: decrypted and decoded once, shared by the checks that run on this worker."""

import numpy as np

from realname import images
from realname.vault.cache import ExpiringCache
from realname.vault.files import read_file
from registration.models import Capture

# Two applicants' worth, for as long as the checks of one application run after each other.
_pictures: ExpiringCache[np.ndarray] = ExpiringCache(size=6, seconds=20)


def picture_of(capture: Capture) -> np.ndarray:
    """The capture in BGR, uint8, (height, width, 3). Raises vault.KeyErased after an erasure, ImageRefused if it is no picture."""
    picture = _pictures.get(capture.pk)
    if picture is None:
        picture = images.decode(read_file(capture.file)).bgr
        _pictures.put(capture.pk, picture)
    return picture
