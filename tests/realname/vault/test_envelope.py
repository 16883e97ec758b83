"""The envelope: what goes in comes out, and nothing else is ever accepted."""

import os
from uuid import UUID, uuid4

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realname.vault import envelope
from realname.vault.algorithms import ALGORITHMS, BY_NAME
from realname.vault.errors import Tampered

names = st.sampled_from([algorithm.name for algorithm in ALGORITHMS])
KEY_ID = UUID("6f1c2e0a-8a51-4d0e-9a70-4a1f6c8f0b11")


def _key(algorithm: str) -> bytes:
    return os.urandom(BY_NAME[algorithm].key_bytes)


def _sealed(algorithm: str, key: bytes, plaintext: bytes = b"secret", associated: bytes = b"t.c:1") -> bytes:
    return envelope.seal(plaintext, key=key, key_id=KEY_ID, algorithm=algorithm, associated=associated)


@given(algorithm=names, plaintext=st.binary(max_size=2000), associated=st.binary(max_size=100))
def test_anything_comes_back_as_it_went_in(algorithm, plaintext, associated):
    """R-43: both ciphers carry any bytes under any associated data."""
    key = _key(algorithm)
    blob = _sealed(algorithm, key, plaintext, associated)
    assert envelope.unseal(blob, key=key, associated=associated) == plaintext


@given(algorithm=names, key_id=st.uuids())
def test_the_header_tells_algorithm_and_key(algorithm, key_id):
    """R-43: the algorithm's id is stored with each ciphertext."""
    blob = envelope.seal(b"", key=_key(algorithm), key_id=key_id, algorithm=algorithm, associated=b"")
    assert envelope.header(blob) == envelope.Header(BY_NAME[algorithm], key_id)


@given(algorithm=names, data=st.data())
def test_any_flipped_bit_is_found(algorithm, data):
    key = _key(algorithm)
    blob = bytearray(_sealed(algorithm, key))
    bit = data.draw(st.integers(0, len(blob) * 8 - 1))
    blob[bit // 8] ^= 1 << bit % 8
    with pytest.raises(Tampered):
        envelope.unseal(bytes(blob), key=key, associated=b"t.c:1")


@given(algorithm=names, data=st.data())
def test_any_cut_is_found(algorithm, data):
    key = _key(algorithm)
    blob = _sealed(algorithm, key)
    with pytest.raises(Tampered):
        envelope.unseal(blob[: data.draw(st.integers(0, len(blob) - 1))], key=key, associated=b"t.c:1")


@given(algorithm=names, right=st.binary(max_size=50), wrong=st.binary(max_size=50))
def test_other_associated_data_is_refused(algorithm, right, wrong):
    key = _key(algorithm)
    blob = _sealed(algorithm, key, associated=right)
    if right != wrong:
        with pytest.raises(Tampered):
            envelope.unseal(blob, key=key, associated=wrong)


@pytest.mark.parametrize("algorithm", BY_NAME)
def test_another_key_is_refused(algorithm):
    with pytest.raises(Tampered):
        envelope.unseal(_sealed(algorithm, _key(algorithm)), key=_key(algorithm), associated=b"t.c:1")


@pytest.mark.parametrize("algorithm", BY_NAME)
def test_equal_texts_look_different(algorithm):
    key = _key(algorithm)
    assert _sealed(algorithm, key) != _sealed(algorithm, key)


def test_a_key_of_the_wrong_length_is_refused_when_sealing():
    with pytest.raises(ValueError, match="32 bytes"):
        envelope.seal(b"", key=b"short", key_id=uuid4(), algorithm="AES-256-GCM", associated=b"")


def test_sm4_gcm_agrees_with_the_published_vector():
    """R-43: RFC 8998, appendix A.1."""
    sm4 = BY_NAME["SM4-GCM"]
    key = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")
    nonce = bytes.fromhex("00001234567800000000ABCD")
    associated = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
    plaintext = bytes.fromhex(
        "AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDDEEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA"
    )
    tag = "83DE3541E4C2B58177E065A9BF7B62EC"
    sealed = sm4.encrypt(key, nonce, plaintext, associated).hex().upper()
    assert sealed.startswith("17F399F08C67D5EE19D0DC9969C4BB7D")
    assert sealed.endswith(tag)
    assert sm4.decrypt(key, nonce, bytes.fromhex(sealed), associated) == plaintext
