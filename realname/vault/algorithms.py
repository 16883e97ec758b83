"""The authenticated ciphers of the vault, by name and by the id stored with each ciphertext (R-43)."""

from collections.abc import Callable
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.ciphers.algorithms import SM4

AES_256_GCM = "AES-256-GCM"  # NIST SP 800-38D
SM4_GCM = "SM4-GCM"  # GB/T 32907 in the mode of RFC 8998
NONCE_BYTES = 12  # NIST SP 800-38D, 5.2.1.1: 96 bits
TAG_BYTES = 16


@dataclass(frozen=True)
class Algorithm:
    """One cipher. `encrypt` and `decrypt` take (key, nonce, data, associated data); lengths are in bytes."""

    name: str
    id: int
    key_bytes: int
    encrypt: Callable[[bytes, bytes, bytes, bytes], bytes]
    decrypt: Callable[[bytes, bytes, bytes, bytes], bytes]


def _aes_encrypt(key: bytes, nonce: bytes, data: bytes, associated: bytes) -> bytes:
    return AESGCM(key).encrypt(nonce, data, associated)


def _aes_decrypt(key: bytes, nonce: bytes, data: bytes, associated: bytes) -> bytes:
    return AESGCM(key).decrypt(nonce, data, associated)


def _sm4_encrypt(key: bytes, nonce: bytes, data: bytes, associated: bytes) -> bytes:
    encryptor = Cipher(SM4(key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(associated)
    return encryptor.update(data) + encryptor.finalize() + encryptor.tag


def _sm4_decrypt(key: bytes, nonce: bytes, data: bytes, associated: bytes) -> bytes:
    if len(data) < TAG_BYTES:
        raise InvalidTag
    decryptor = Cipher(SM4(key), modes.GCM(nonce, data[-TAG_BYTES:])).decryptor()
    decryptor.authenticate_additional_data(associated)
    return decryptor.update(data[:-TAG_BYTES]) + decryptor.finalize()


ALGORITHMS = (
    Algorithm(AES_256_GCM, 1, 32, _aes_encrypt, _aes_decrypt),
    Algorithm(SM4_GCM, 2, 16, _sm4_encrypt, _sm4_decrypt),
)
BY_NAME = {algorithm.name: algorithm for algorithm in ALGORITHMS}
BY_ID = {algorithm.id: algorithm for algorithm in ALGORITHMS}
