"""Hostile files, made at test time from a fixed seed: what a fuzzer makes of good files, and what an attacker makes on purpose."""

import functools
import random
from collections.abc import Iterator
from dataclasses import dataclass

from tests.hostile import good, made

SEED = 20261124
DAMAGES = 7  # of each kind, to each good file


@dataclass(frozen=True)
class Hostile:
    """A file and what was done to it."""

    name: str
    content: bytes

    @property
    def is_video(self) -> bool:
        """Is it sent where a video is asked for?"""
        return self.name.startswith(("mp4", "webm"))


@functools.cache
def corpus() -> tuple[Hostile, ...]:
    """All of them, the same at every call."""
    rng = random.Random(SEED)
    damaged = [Hostile(name, content) for name, content in _damaged(rng)]
    return (*damaged, *(Hostile(name, content) for name, content in made.files()))


def _damaged(rng: random.Random) -> Iterator[tuple[str, bytes]]:
    files = good.files()
    for name, content in files.items():
        for number in range(DAMAGES):
            yield f"{name} truncated {number}", content[: rng.randrange(1, len(content))]
            yield f"{name} bits flipped {number}", _flipped(rng, content, count=2**number)
            yield f"{name} header overwritten {number}", _overwritten(rng, content, within=min(len(content), 200))
            yield f"{name} wrong length {number}", _wrong_length(rng, content)
            other = rng.choice([each for each in files if each != name])
            yield f"{name} spliced with {other} {number}", _spliced(rng, content, files[other])


def _flipped(rng: random.Random, content: bytes, *, count: int) -> bytes:
    flipped = bytearray(content)
    for _ in range(count):
        flipped[rng.randrange(len(flipped))] ^= 1 << rng.randrange(8)
    return bytes(flipped)


def _overwritten(rng: random.Random, content: bytes, *, within: int) -> bytes:
    """A few bytes of the header, behind the signature, so that the right decoder is chosen."""
    start = rng.randrange(12, within - 8)
    return content[:start] + rng.randbytes(rng.choice([1, 2, 4, 8])) + content[start + 8 :]


def _wrong_length(rng: random.Random, content: bytes) -> bytes:
    """Four bytes at an even place that say: nothing, as much as can be, or one less than none."""
    start = rng.randrange(6, min(len(content), 1000) // 2) * 2
    value = rng.choice([b"\0\0\0\0", b"\xff\xff\xff\xff", b"\x7f\xff\xff\xff", b"\x80\0\0\0", b"\xff\xff\xff\x7f", b"\0\0\xff\xff"])
    return content[:start] + value + content[start + 4 :]


def _spliced(rng: random.Random, content: bytes, other: bytes) -> bytes:
    return content[: rng.randrange(len(content))] + other[rng.randrange(len(other)) :]
