"""Merkle trees after RFC 9162 section 2.1: leaf and inner hashes can't be taken for each other (prefixes 0x00, 0x01)."""

from collections.abc import Sequence
from hashlib import sha256

EMPTY_ROOT = sha256(b"").digest()


def leaf_hash(content: bytes) -> bytes:
    """SHA-256 of a leaf (RFC 9162, 2.1.1)."""
    return sha256(b"\x00" + content).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256 of an inner node (RFC 9162, 2.1.1)."""
    return sha256(b"\x01" + left + right).digest()


def root(leaves: Sequence[bytes]) -> bytes:
    """The root over leaf hashes. Level by level, an odd last node is passed up as it is: the same tree as the RFC's."""
    if not leaves:
        return EMPTY_ROOT
    level = list(leaves)
    while len(level) > 1:
        level = _next_level(level)
    return level[0]


def inclusion_path(leaves: Sequence[bytes], index: int) -> list[bytes]:
    """The sibling hashes that lead from leaf `index` to the root, lowest first (RFC 9162, 2.1.3.1).

    Raises IndexError for a leaf the tree does not have.
    """
    if not 0 <= index < len(leaves):
        raise IndexError(f"leaf {index} of {len(leaves)}")
    path, level = [], list(leaves)
    while len(level) > 1:
        sibling = index ^ 1
        if sibling < len(level):
            path.append(level[sibling])
        level, index = _next_level(level), index >> 1
    return path


def root_from_path(leaf: bytes, *, index: int, size: int, path: Sequence[bytes]) -> bytes | None:
    """The root a path proves for a leaf, or None when the path does not fit the tree (RFC 9162, 2.1.3.2)."""
    if not 0 <= index < size:
        return None
    node, last, steps = leaf, size - 1, list(path)
    while last > 0:
        if index % 2 == 1 or index < last:
            if not steps:
                return None
            sibling = steps.pop(0)
            node = node_hash(sibling, node) if index % 2 == 1 else node_hash(node, sibling)
        index, last = index >> 1, last >> 1
    return node if not steps else None


def _next_level(level: list[bytes]) -> list[bytes]:
    pairs = iter(level)
    above = [sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=False)]
    if len(level) % 2:
        above.append(level[-1])
    return above
