"""The anchor file: each seal's number and hash, one line each, outside the database.

Whoever cuts the newest seals off the table, together with the rows they cover, leaves a table that is sound in itself;
only something outside it can tell. One seal is allowed to be missing in the file: the one a kill left between the
commit and this line.
"""

import fcntl
import os
from dataclasses import dataclass
from pathlib import Path

from realname.trail import places
from realname.trail.errors import SealError


@dataclass(frozen=True)
class Head:
    """What the anchor file says of one seal."""

    number: int
    hash: bytes


def heads() -> list[Head]:
    """All lines of the file; an unfinished last line (a kill while writing) is left out."""
    path = places.anchor_file()
    if not path.exists():
        return []
    return [_parse(line) for line in path.read_text().split("\n")[:-1] if line]


def last_head() -> Head | None:
    """The newest line, read from the file's end."""
    path = places.anchor_file()
    if not path.exists():
        return None
    with path.open("rb") as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - 4096))
        lines = [line for line in file.read().decode().split("\n")[:-1] if line]
    return _parse(lines[-1]) if lines else None


def anchor(head: Head) -> None:
    """Append a head unless it is there. Raises SealError when the file and the table tell different stories."""
    path = places.anchor_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    handle = os.open(path, os.O_RDWR | os.O_CREAT | os.O_APPEND, 0o600)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        last = last_head()
        if last and last.number >= head.number:
            return
        if (last.number if last else 0) != head.number - 1:
            raise SealError(_advice(path, f"lacks heads before seal {head.number}"))
        _finish_torn_line(handle)
        os.write(handle, f"{head.number} {head.hash.hex()}\n".encode())
        os.fsync(handle)
    finally:
        os.close(handle)


def check_head(head: Head | None) -> None:
    """Before sealing on: the file must end where the table ends, or one seal before. Raises SealError otherwise."""
    last, path = last_head(), places.anchor_file()
    if head is None and last is None:
        return
    if head is None or (last and last.number > head.number):
        raise SealError(_advice(path, f"knows seal {last.number if last else 0}, the database ends before it"))
    if last and last.number == head.number and last.hash != head.hash:
        raise SealError(_advice(path, f"has another hash for seal {head.number} than the database"))
    anchor(head)


def start_anew(all_heads: list[Head]) -> Path | None:
    """After a restore that somebody answers for: keep the old file under another name, write a new one.

    Gives the kept file's path, or None if there was none.
    """
    path, kept = places.anchor_file(), None
    if path.exists():
        number = len(list(path.parent.glob(f"{path.name}.*"))) + 1
        kept = path.rename(path.with_name(f"{path.name}.{number}"))
    for head in all_heads:
        anchor(head)
    return kept


def _finish_torn_line(handle: int) -> None:
    size = os.fstat(handle).st_size
    if size and os.pread(handle, 1, size - 1) != b"\n":
        content = os.pread(handle, size, 0)
        os.ftruncate(handle, content.rfind(b"\n") + 1)


def _parse(line: str) -> Head:
    number, digest = line.split(" ")
    return Head(int(number), bytes.fromhex(digest))


def _advice(path: Path, what: str) -> str:
    return (
        f"The anchor file {path} {what}. Either seals were cut off, or the database or the file was restored or "
        f"replaced. Look into it with “manage.py trail verify”; if it is explained, go on with “manage.py trail reanchor”."
    )
