"""Captures as pictures for the engines: decrypted and decoded once, shared by the checks that run on this worker."""

import numpy as np

from realname import images
from realname.vault.cache import ExpiringCache
from realname.vault.files import read_file
from registration.models import Capture
from registration.services.clean_capture import clean_capture
from verification.engines.document.locate import turn

# Two applicants' worth, for as long as the checks of one application run after each other.
_pictures: ExpiringCache[np.ndarray] = ExpiringCache(size=6, seconds=20)


class PictureUnusable(Exception):
    """A capture that was sent is no picture, or a damaged one. `code` is decoding.ImageRefused's."""

    def __init__(self, kind: str, code: str) -> None:
        super().__init__(kind, code)
        self.kind, self.code = kind, code


def picture_of(capture: Capture) -> np.ndarray:
    """The capture in BGR, uint8, (height, width, 3); cleaned first where it is still as it was sent.

    Raises PictureUnusable, vault.KeyErased after an erasure.
    """
    try:
        clean_capture(capture)
    except images.ImageRefused as refusal:
        raise PictureUnusable(capture.kind, refusal.code) from refusal
    picture = _pictures.get(capture.pk)
    if picture is None:
        picture = images.decode(read_file(capture.file)).bgr
        _pictures.put(capture.pk, picture)
    return picture


def upright_card(capture: Capture) -> np.ndarray:
    """The same picture with its card the right way up, as it was read: a face on its side is found by no detector."""
    return turn(picture_of(capture), capture.reading["turned"] if capture.reading else 0)
