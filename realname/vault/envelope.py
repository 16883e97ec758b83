"""The form of every ciphertext: version | algorithm id | key id (16 bytes) | nonce (12) | ciphertext and tag (16)."""

import os
import struct
from dataclasses import dataclass
from uuid import UUID

from cryptography.exceptions import InvalidTag

from realname.vault.algorithms import BY_ID, BY_NAME, NONCE_BYTES, TAG_BYTES, Algorithm
from realname.vault.errors import Tampered

VERSION = 0xE1
_HEADER = struct.Struct(">BB16s")
_SHORTEST = _HEADER.size + NONCE_BYTES + TAG_BYTES


@dataclass(frozen=True)
class Header:
    """What can be read of an envelope without its key."""

    algorithm: Algorithm
    key_id: UUID


def seal(plaintext: bytes, *, key: bytes, key_id: UUID, algorithm: str, associated: bytes) -> bytes:
    """Encrypt under `key`. The header and `associated` are authenticated with the text, so neither can be exchanged."""
    cipher = BY_NAME[algorithm]
    if len(key) != cipher.key_bytes:
        raise ValueError(f"{algorithm} takes a key of {cipher.key_bytes} bytes.")
    head = _HEADER.pack(VERSION, cipher.id, key_id.bytes)
    nonce = os.urandom(NONCE_BYTES)
    return head + nonce + cipher.encrypt(key, nonce, plaintext, head + associated)


def header(blob: bytes) -> Header:
    """The algorithm and key id of an envelope. Raises Tampered when it is none."""
    if len(blob) < _SHORTEST:
        raise Tampered("The ciphertext is cut short.")
    version, algorithm_id, key_id = _HEADER.unpack_from(blob)
    if version != VERSION or algorithm_id not in BY_ID:
        raise Tampered("This is not a ciphertext of the vault.")
    return Header(BY_ID[algorithm_id], UUID(bytes=key_id))


def unseal(blob: bytes, *, key: bytes, associated: bytes) -> bytes:
    """Decrypt. Raises Tampered on any altered bit, a wrong key or other associated data."""
    cipher = header(blob).algorithm
    head, nonce, body = blob[: _HEADER.size], blob[_HEADER.size :][:NONCE_BYTES], blob[_HEADER.size + NONCE_BYTES :]
    if len(key) != cipher.key_bytes:
        raise Tampered("The ciphertext names another algorithm than its key.")
    try:
        return cipher.decrypt(key, nonce, body, head + associated)
    except InvalidTag:
        raise Tampered("The ciphertext was altered or moved.") from None
