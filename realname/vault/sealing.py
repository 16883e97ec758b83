"""Encrypt and decrypt bytes for a person: what fields, files and the trail are built on."""

from uuid import UUID

from realname.vault import envelope, keys
from realname.vault.keyring import PERSON


def seal(plaintext: bytes, *, person_id: UUID, associated: bytes, purpose: str = PERSON) -> bytes:
    """Encrypt under the person's data key, made if need be. Raises KeyErased once the person was erased.

    `associated` must say where the ciphertext lies (`table.column:pk`), so that it opens nowhere else.
    """
    key = keys.key_in_use(person_id, purpose)
    return envelope.seal(plaintext, key=key.material, key_id=key.id, algorithm=key.algorithm, associated=associated)


def unseal(blob: bytes, *, associated: bytes) -> bytes:
    """Decrypt by the key the envelope names. Raises KeyErased, KeyUnknown or Tampered."""
    key = keys.key_by_id(envelope.header(blob).key_id)
    return envelope.unseal(blob, key=key.material, associated=associated)
