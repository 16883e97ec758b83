"""A burst of pictures on one sheet: what a reviewer sees of it at a glance, in the order it was taken."""

import io
from collections.abc import Sequence

import numpy as np
from PIL import Image

from realname import images
from registration import bursts

MOST = 48  # pictures on a sheet, evenly chosen
ACROSS = 8
SIDE = 200  # px of the longer side of one


def sheet(content: bytes) -> bytes:
    """The burst's pictures as one JPEG. Raises ImageRefused, zipfile.BadZipFile."""
    frames = [picture for _, picture in bursts.unpack(content)]
    chosen = [frames[index] for index in np.linspace(0, len(frames) - 1, min(MOST, len(frames))).round().astype(int)]
    return images.encode_jpeg(_laid_out([_small(frame) for frame in chosen]))


def _small(content: bytes) -> Image.Image:
    picture = Image.open(io.BytesIO(content))
    picture.draft("RGB", (SIDE, SIDE))
    small = picture.convert("RGB")
    small.thumbnail((SIDE, SIDE))
    return small


def _laid_out(pictures: Sequence[Image.Image]) -> np.ndarray:
    width, height = max(picture.width for picture in pictures), max(picture.height for picture in pictures)
    rows = -(-len(pictures) // ACROSS)
    laid = Image.new("RGB", (width * min(ACROSS, len(pictures)), height * rows), "black")
    for index, picture in enumerate(pictures):
        laid.paste(picture, (index % ACROSS * width, index // ACROSS * height))
    return np.asarray(laid)
