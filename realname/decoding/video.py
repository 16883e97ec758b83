"""Frames of a short video that a stranger sent: MP4, MOV or WebM, bounded in bytes, length, frames and pixels.

`read` runs in the decoding process only (`realname.decoding.child`); everybody else calls `realname.decoding.frames`.
"""

from dataclasses import dataclass
from typing import Literal

import numpy as np

MAX_BYTES = 20 * 1024 * 1024  # as UPLOAD_MAX_BYTES: ten seconds of a telephone at 720p are 5 to 15 MB
MAX_PIXELS = 1920 * 1088  # of one frame: full HD in whole macroblocks
MAX_MS = 60_000.0  # by the frames' own times; a challenge takes 10 s, a statement up to a minute
MAX_READ = 3_600  # frames looked at, kept or not: a minute at 60 a second
MAX_KEPT = 300  # frames handed back
MAX_SIDE = 640  # px: faces are sought at this size (verification/engines/face/sface.py)
RATE = 10.0  # frames kept a second

# OpenCV's own reader of ffmpeg's options: no file but the one handed in, no demuxer that would open others, one thread
OPTIONS = "threads;1|protocol_whitelist;file|format_whitelist;mov,mp4,m4a,3gp,3g2,mj2,matroska,webm"

VideoCode = Literal["not_a_video", "too_large", "too_many_pixels", "too_long", "undecodable"]


class VideoRefused(ValueError):
    """The bytes are not a video that is accepted. `code` says why."""

    def __init__(self, code: VideoCode) -> None:
        super().__init__(code)
        self.code: VideoCode = code


@dataclass(frozen=True, slots=True)
class Video:
    """`times` (n,) are the frames' own, in ms from the first, as the file gives them; `frames` (n, height, width, 3) is BGR, uint8.

    Both are the sender's word: times may stand still or run backwards, and whoever relies on them checks them.
    """

    times: np.ndarray
    frames: np.ndarray


def media_type(head: bytes) -> str:
    """The container by its first twelve bytes: ISO/IEC 14496-12 `ftyp`, or EBML (WebM). Raises VideoRefused."""
    if head[4:8] == b"ftyp" and head[8:12] not in {b"heic", b"heix", b"mif1", b"avif"}:
        return "video/mp4"
    if head[:4] == b"\x1a\x45\xdf\xa3":
        return "video/webm"
    raise VideoRefused("not_a_video")


def read(path: str, *, rate: float, max_side: int) -> Video:
    """Up to MAX_KEPT frames, `rate` a second, the longer side at most `max_side` px. What is cut short ends where it ends.

    Raises VideoRefused.
    """
    import cv2  # only here: a web process that imports this module never decodes

    cv2.setNumThreads(1)
    with open(path, "rb") as stream:  # noqa: PTH123 - a descriptor's name, not a place
        media_type(stream.read(12))
    capture = cv2.VideoCapture(path, cv2.CAP_FFMPEG)
    try:
        if not capture.isOpened():
            raise VideoRefused("undecodable")
        _judge_size(capture.get(cv2.CAP_PROP_FRAME_WIDTH), capture.get(cv2.CAP_PROP_FRAME_HEIGHT))
        kept = list(_kept(capture, rate, max_side))
    finally:
        capture.release()
    if not kept or len({frame.shape for _, frame in kept}) > 1:
        raise VideoRefused("undecodable")
    return Video(times=np.array([time for time, _ in kept]), frames=np.stack([frame for _, frame in kept]))


def _judge_size(width: float, height: float) -> None:
    if width * height > MAX_PIXELS:
        raise VideoRefused("too_many_pixels")


def _kept(capture, rate: float, max_side: int):
    """Time in ms and picture of each frame that is kept."""
    import cv2

    first, due, kept = None, 0.0, 0
    for _ in range(MAX_READ):
        if not capture.grab():
            return
        now = capture.get(cv2.CAP_PROP_POS_MSEC)
        first = now if first is None else first
        if now - first > MAX_MS:
            raise VideoRefused("too_long")
        if now - first < due:
            continue
        there, frame = capture.retrieve()
        if not there or frame is None:
            return
        _judge_size(frame.shape[1], frame.shape[0])
        kept += 1
        if kept > MAX_KEPT:
            raise VideoRefused("too_long")
        yield now - first, _small(frame, max_side)
        due = now - first + 1000 / rate - 1  # a millisecond of grace: WebM rounds its times
    raise VideoRefused("too_long")


def _small(frame: np.ndarray, max_side: int) -> np.ndarray:
    import cv2

    scale = max_side / max(frame.shape[:2])
    if scale >= 1:
        return frame
    size = tuple(max(1, round(side * scale)) for side in (frame.shape[1], frame.shape[0]))
    return cv2.resize(frame, size, interpolation=cv2.INTER_AREA)
