"""What all acts share: a picture from a path, and a line for a file that can't be judged."""

import json
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any, TextIO

import numpy as np
import structlog

from realname.decoding import ImageRefused, decode
from realname.images import FORMATS as SENT
from realname.images import MAX_BYTES
from verification.engines.manifest import ModelError

log = structlog.get_logger(__name__)

Line = dict[str, Any]

# Test sets hold pictures in more formats than people send: all decoded in a process apart, like the others
FORMATS = (*SENT, "BMP", "TIFF", "PPM")

# Smaller than the pages accept: test sets hold crops of faces. Under it nothing is there to be found.
MIN_SIDE = 16


class Unjudged(Exception):
    """The file can't be judged. `status` is the kind of reason (`unreadable`, `no_face`, …), `reason` the exact one.

    `file` names the one at fault where several are judged together.
    """

    def __init__(self, status: str, reason: str, *, file: str = "") -> None:
        super().__init__(reason)
        self.status = status
        self.reason = reason
        self.file = file


def picture(path: str) -> np.ndarray:
    """The picture at `path`: BGR, uint8, (height, width, 3), upright. Raises Unjudged."""
    try:
        if not Path(path).is_file() and Path(path).exists():
            # a pipe would be waited for, a device read for ever
            raise Unjudged("unreadable", "not_a_file")
        with Path(path).open("rb") as stream:
            # one byte more than is accepted, so that an endless file costs no more than a large one
            content = stream.read(MAX_BYTES + 1)
    except (OSError, ValueError) as error:
        raise Unjudged("unreadable", "no_such_file" if isinstance(error, FileNotFoundError) else "not_a_file") from error
    if not content:
        raise Unjudged("unreadable", "empty")
    try:
        return decode(content, min_side=MIN_SIDE, formats=FORMATS).bgr
    except ImageRefused as refusal:
        raise Unjudged("unreadable", refusal.code) from refusal


def judged(paths: Iterable[str], judge: Callable[[str], Line]) -> Iterator[Line]:
    """One line for each path, in their order: what `judge` found, or why there is nothing to find."""
    for path in paths:
        try:
            yield {"path": path, "status": "ok", **judge(path)}
        except Unjudged as why:
            yield {"path": path, "status": why.status, "reason": why.reason} | ({"file": why.file} if why.file else {})
        except ModelError:
            raise
        except Exception as fault:
            # ours to mend, and no reason to leave the other files unjudged
            log.exception("engine_fault", path=path)
            yield {"path": path, "status": "error", "reason": type(fault).__name__}


def write(lines: Iterable[Line], out: TextIO) -> None:
    """Write each line as it comes, so that a long run can be followed and cut short."""
    for line in lines:
        # a file's name may be no text at all: what can't be written is escaped
        out.write(json.dumps(line, ensure_ascii=False).encode("utf-8", "backslashreplace").decode() + "\n")
        out.flush()
