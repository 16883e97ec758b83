"""What is hashed and signed in a seal: everything it says, and the hash of the seal before it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256

from realname.trail.canonical import Key

# the hash "before" the first seal
GENESIS = bytes(32)
_TITLE = "realname trail seal v1"


@dataclass(frozen=True)
class SealBody:
    """The signed content of a seal. `after` is excluded from its range, `upto` included."""

    number: int
    form: int
    after: Key
    upto: Key
    count: int
    root: bytes
    previous_hash: bytes
    key_id: str
    sealed_at: datetime

    def message(self) -> bytes:
        """The bytes that are hashed and signed: one field a line, so that no two bodies have the same."""
        sealed_at = self.sealed_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
        fields = (
            _TITLE,
            self.number,
            self.form,
            *self.after,
            *self.upto,
            self.count,
            self.root.hex(),
            self.previous_hash.hex(),
            self.key_id,
            sealed_at,
        )
        return "\n".join(str(field) for field in fields).encode()

    def hash(self) -> bytes:
        """SHA-256 of the message: what the next seal is chained to."""
        return sha256(self.message()).digest()
