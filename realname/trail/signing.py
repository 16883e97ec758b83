"""The Ed25519 key that signs seals (RFC 8032), and the public keys by which they are checked."""

import json
import os
import secrets
from dataclasses import dataclass
from hashlib import sha256

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.conf import settings

from realname.trail import places
from realname.trail.errors import SealError


@dataclass(frozen=True)
class Signer:
    """The private key and its id."""

    key_id: str
    key: Ed25519PrivateKey

    def sign(self, message: bytes) -> bytes:
        """64 bytes."""
        return self.key.sign(message)


def signer() -> Signer:
    """The key in force. Its public half is added to the trusted keys, so a new key needs no second step.

    Raises SealError when there is none outside development, or when others may read it.
    """
    path = places.signing_key_file()
    if not path.exists():
        if not settings.DEVELOPMENT:
            raise SealError(f"There is no signing key at {path}. Make one with “manage.py trail key”, and back it up.")
        create_key()
    if path.stat().st_mode & 0o037 and not settings.DEVELOPMENT:
        raise SealError(f"The signing key {path} is open to others. Run “chmod 600 {path}”.")
    key = serialization.load_pem_private_key(path.read_bytes(), password=None)
    if not isinstance(key, Ed25519PrivateKey):
        raise SealError(f"{path} holds no Ed25519 key.")
    raw = _raw(key.public_key())
    _trust(raw)
    return Signer(key_id_of(raw), key)


def create_key() -> bool:
    """Write a fresh signing key (mode 0600) unless there is one; says whether it did."""
    path = places.signing_key_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return _write_whole(path, pem, replace=False)


def trusted_keys() -> dict[str, bytes]:
    """Key id to raw public key, from the file outside the database."""
    path = places.public_keys_file()
    if not path.exists():
        return {}
    return {key_id: bytes.fromhex(raw) for key_id, raw in json.loads(path.read_text()).items()}


def key_id_of(raw_public_key: bytes) -> str:
    """The first 16 hexadecimal digits of the public key's SHA-256."""
    return sha256(raw_public_key).hexdigest()[:16]


def is_signed(message: bytes, *, signature: bytes, raw_public_key: bytes) -> bool:
    """Whether the signature is this key's over this message."""
    try:
        Ed25519PublicKey.from_public_bytes(raw_public_key).verify(signature, message)
    except (InvalidSignature, ValueError):
        return False
    return True


def _raw(key: Ed25519PublicKey) -> bytes:
    return key.public_bytes(serialization.Encoding.Raw, serialization.PublicFormat.Raw)


def _trust(raw: bytes) -> None:
    known = {key_id: key.hex() for key_id, key in trusted_keys().items()}
    if key_id_of(raw) in known:
        return
    known[key_id_of(raw)] = raw.hex()
    path = places.public_keys_file()
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    _write_whole(path, json.dumps(known, indent=2).encode() + b"\n", replace=True)


def _write_whole(path: os.PathLike[str], content: bytes, *, replace: bool) -> bool:
    """Write through a temporary file, so that a kill leaves the old file or the new one, never half of it."""
    temporary = f"{os.fspath(path)}.{secrets.token_hex(8)}.tmp"
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "wb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())
    try:
        if replace:
            os.replace(temporary, path)  # noqa: PTH105
            return True
        os.link(temporary, path)
        return True
    except FileExistsError:
        return False
    finally:
        if os.path.exists(temporary):  # noqa: PTH110
            os.unlink(temporary)  # noqa: PTH108
