"""Captures as pictures for the engines: decrypted and decoded once, shared by the checks that run on this worker."""

from collections import OrderedDict
from threading import Lock
from uuid import UUID

import numpy as np

from realname import images
from realname.vault.files import read_file
from registration.models import Capture

# Two applicants' worth: enough for the checks of one application that run after each other; a few seconds' memory, no store.
KEEP = 6
_pictures: OrderedDict[UUID, np.ndarray] = OrderedDict()
_lock = Lock()


def picture_of(capture: Capture) -> np.ndarray:
    """The capture in BGR, uint8, (height, width, 3). Raises vault.KeyErased after an erasure, ImageRefused if it is no picture."""
    with _lock:
        if capture.pk in _pictures:
            _pictures.move_to_end(capture.pk)
            return _pictures[capture.pk]
    picture = images.decode(read_file(capture.file)).bgr
    with _lock:
        _pictures[capture.pk] = picture
        while len(_pictures) > KEEP:
            _pictures.popitem(last=False)
    return picture
