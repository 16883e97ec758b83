"""The key ring: versioned keys that wrap the data keys, and the key of the blind indexes. Never in the database."""

import base64
import binascii
import json
import os
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from uuid import UUID, uuid4

from realname.vault.algorithms import BY_NAME
from realname.vault.errors import KeyRingInvalid, KeyUnknown

PERSON, FACE = "person", "face"
PURPOSES = (PERSON, FACE)  # faces have keys of their own, so that they can be kept, guarded and destroyed apart
BLIND_INDEX_BYTES = 32  # as long as the digest of HMAC-SHA256 (RFC 2104, 3)
FORMAT = 1


@dataclass(frozen=True)
class WrappingKey:
    """One key-encryption key. `current` ones wrap; the others only unwrap."""

    id: UUID
    purpose: str
    algorithm: str
    key: bytes = field(repr=False)
    created: str
    current: bool


@dataclass(frozen=True)
class KeyRing:
    """All wrapping keys by purpose, and the blind-index key."""

    keys: tuple[WrappingKey, ...]
    blind_index_key: bytes = field(repr=False)

    def current(self, purpose: str) -> WrappingKey:
        """The key that wraps new data keys of this purpose."""
        return next(key for key in self.keys if key.current and key.purpose == purpose)

    def find(self, key_id: UUID, purpose: str) -> WrappingKey:
        """The key of this id. Raises KeyUnknown, also when it serves another purpose."""
        for key in self.keys:
            if key.id == key_id and key.purpose == purpose:
                return key
        raise KeyUnknown(f"The key ring has no key {key_id} for the purpose “{purpose}”.")

    def with_new_keys(self, algorithm: str) -> "KeyRing":
        """A ring where a fresh key of each purpose is current and the older ones are kept for reading."""
        retired = tuple(replace(key, current=False) for key in self.keys)
        return replace(self, keys=retired + tuple(_fresh_key(purpose, algorithm) for purpose in PURPOSES))


def new_ring(algorithm: str) -> KeyRing:
    """A fresh ring with one key per purpose, from the system's random source."""
    return KeyRing((), os.urandom(BLIND_INDEX_BYTES)).with_new_keys(algorithm)


def _fresh_key(purpose: str, algorithm: str) -> WrappingKey:
    created = datetime.now(UTC).isoformat(timespec="seconds")
    return WrappingKey(uuid4(), purpose, algorithm, os.urandom(BY_NAME[algorithm].key_bytes), created, True)


def dump(ring: KeyRing) -> str:
    """The ring as JSON text, secrets in base64."""
    keys = [
        {
            "id": str(key.id),
            "purpose": key.purpose,
            "algorithm": key.algorithm,
            "key": base64.b64encode(key.key).decode(),
            "created": key.created,
            "current": key.current,
        }
        for key in ring.keys
    ]
    blind = base64.b64encode(ring.blind_index_key).decode()
    return json.dumps({"format": FORMAT, "blind_index_key": blind, "keys": keys}, indent=2) + "\n"


def parse(text: str) -> KeyRing:
    """Read a ring from JSON. Raises KeyRingInvalid with a sentence that holds no secret."""
    try:
        data = json.loads(text)
        if data["format"] != FORMAT:
            raise KeyRingInvalid(f"The key ring has a format other than {FORMAT}.")
        keys = tuple(_parse_key(entry) for entry in data["keys"])
        ring = KeyRing(keys, base64.b64decode(data["blind_index_key"], validate=True))
    except (KeyError, TypeError, ValueError, binascii.Error) as error:
        raise KeyRingInvalid(f"The key ring cannot be read ({type(error).__name__}).") from None
    _check(ring)
    return ring


def _parse_key(entry: dict) -> WrappingKey:
    secret = base64.b64decode(entry["key"], validate=True)
    return WrappingKey(UUID(entry["id"]), entry["purpose"], entry["algorithm"], secret, str(entry["created"]), entry["current"] is True)


def _check(ring: KeyRing) -> None:
    """Refuse a ring that would fail later, in the middle of work."""
    for key in ring.keys:
        if key.purpose not in PURPOSES or key.algorithm not in BY_NAME:
            raise KeyRingInvalid(f"Key {key.id} has an unknown purpose or algorithm.")
        if len(key.key) != BY_NAME[key.algorithm].key_bytes:
            raise KeyRingInvalid(f"Key {key.id} has the wrong length for {key.algorithm}.")
    if len({key.id for key in ring.keys}) != len(ring.keys):
        raise KeyRingInvalid("Two keys of the key ring share an id.")
    for purpose in PURPOSES:
        if sum(key.current for key in ring.keys if key.purpose == purpose) != 1:
            raise KeyRingInvalid(f"The key ring needs exactly one current key for the purpose “{purpose}”.")
    if len(ring.blind_index_key) != BLIND_INDEX_BYTES:
        raise KeyRingInvalid(f"The blind-index key must have {BLIND_INDEX_BYTES} bytes.")
