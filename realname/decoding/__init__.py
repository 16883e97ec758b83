"""Decodes what strangers send in a process of its own: a file that crashes, hangs or swells a decoder costs only itself.

Use these wherever bytes come from outside. What we stored was encoded by us, and is decoded in process (`realname.images`).
"""

from collections.abc import Sequence
from typing import Any

import numpy as np

from realname import images
from realname.decoding import video
from realname.decoding.process import Answer, Decoder, DecoderFailed
from realname.decoding.video import Video, VideoRefused
from realname.images import FORMATS, MAX_BYTES, MIN_SIDE, ImageRefused, Picture

__all__ = ["ImageRefused", "Picture", "Video", "VideoRefused", "decode", "frames", "inspect", "reencode"]

# Seconds of processor for one file: a picture of 40 megapixels takes about 2 in any format, a minute of 720p about 8.
PICTURE_SECONDS = 8.0
VIDEO_SECONDS = 15.0

# the signatures of JPEG and PNG; no decoder is touched by opening one
READ_IN_PYTHON = (b"\xff\xd8\xff", b"\x89PNG\r\n\x1a\n")
# of a telephone's JPEG, past its EXIF block and preview (64 kB at most each); bounds what a header of junk costs to read, too
HEAD_BYTES = 192 * 1024

_decoder = Decoder()


def decode(content: bytes, *, min_side: int = MIN_SIDE, formats: Sequence[str] = FORMATS) -> Picture:
    """As `images.decode`, elsewhere; `rgb` can not be written to. Raises ImageRefused, "undecodable" where the decoder failed."""
    answer = _of_picture("decode", content, min_side=min_side, formats=list(formats))
    try:
        return Picture(rgb=answer.array(np.uint8), format=str(answer.facts["format"]))
    except (DecoderFailed, KeyError) as error:
        raise ImageRefused("undecodable") from error


def inspect(content: bytes) -> None:
    """As `images.inspect`, without the wait for the decoder where no library in C is needed to judge it. Raises ImageRefused."""
    if not _good_by_its_head(content):
        _of_picture("inspect", content)


def _good_by_its_head(content: bytes) -> bool:
    """Do the first bytes show a good header, of a format whose headers Pillow reads in Python? Where they don't, they show nothing."""
    if not content.startswith(READ_IN_PYTHON) or len(content) > MAX_BYTES:
        return False
    try:
        images.inspect(content[:HEAD_BYTES])
    except ImageRefused:
        return False
    return True


def reencode(content: bytes, *, quality: int = 92, max_side: int = 4096) -> bytes:
    """As `images.reencode`, elsewhere. Raises ImageRefused, "undecodable" where the decoder failed."""
    return bytes(_of_picture("reencode", content, quality=quality, max_side=max_side).content)


def frames(content: bytes, *, rate: float = video.RATE, max_side: int = video.MAX_SIDE) -> Video:
    """Frames of an MP4, MOV or WebM, at most `rate` a second and `max_side` px long. Raises VideoRefused."""
    if len(content) > video.MAX_BYTES:
        raise VideoRefused("too_large")
    try:
        answer = _decoder.ask("frames", content, seconds=VIDEO_SECONDS, rate=rate, max_side=max_side)
        if answer.refused:
            raise VideoRefused(answer.refused)
        return Video(times=np.asarray(answer.facts["times"], np.float64), frames=answer.array(np.uint8))
    except (DecoderFailed, KeyError, TypeError) as error:
        raise VideoRefused("undecodable") from error


def _of_picture(act: str, content: bytes, **options: Any) -> Answer:
    if len(content) > MAX_BYTES:
        raise ImageRefused("too_large")
    try:
        answer = _decoder.ask(act, content, seconds=PICTURE_SECONDS, **options)
    except DecoderFailed as error:
        raise ImageRefused("undecodable") from error
    if answer.refused:
        raise ImageRefused(answer.refused)
    return answer
