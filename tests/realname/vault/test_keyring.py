"""The key ring: made once, kept from others, refused when it cannot be trusted."""

import json
import multiprocessing
import stat
from uuid import uuid4

import pytest

from realname.vault import keyring, keyring_file
from realname.vault.errors import KeyRingInvalid, KeyRingMissing, KeyUnknown
from realname.vault.keyring import FACE, PERSON


def test_development_makes_a_ring_that_only_its_owner_reads(ring_file):
    ring = keyring_file.load()
    assert stat.S_IMODE(ring_file.stat().st_mode) == 0o600
    assert stat.S_IMODE(ring_file.parent.stat().st_mode) == 0o700
    assert keyring_file.load() == ring


def test_production_makes_no_ring_and_says_how_to(ring_file, settings):
    settings.DEVELOPMENT = False
    with pytest.raises(KeyRingMissing, match="manage.py vault init"):
        keyring_file.load()
    assert not ring_file.exists()


@pytest.mark.parametrize(("mode", "refused"), [(0o600, False), (0o400, False), (0o440, False), (0o604, True), (0o620, True)])
def test_production_refuses_a_ring_open_to_others(ring_file, settings, mode, refused):
    keyring_file.create(ring_file)
    ring_file.chmod(mode)
    settings.DEVELOPMENT = False
    if refused:
        with pytest.raises(KeyRingInvalid, match="chmod 600"):
            keyring_file.load()
    else:
        keyring_file.load()


def test_of_many_processes_one_makes_the_ring(ring_file):
    """All that start at once end up with the same ring."""
    context = multiprocessing.get_context("fork")
    with context.Pool(8) as pool:
        rings = pool.map(_load_dumped, range(32))
    assert len(set(rings)) == 1
    assert list(ring_file.parent.iterdir()) == [ring_file]


def _load_dumped(_number: int) -> str:
    return keyring.dump(keyring_file.load())


def test_the_environment_goes_before_the_file(ring_file, monkeypatch):
    ring = keyring.new_ring("SM4-GCM")
    monkeypatch.setenv(keyring_file.ENVIRONMENT, keyring.dump(ring))
    assert keyring_file.load() == ring
    assert not ring_file.exists()


def test_a_new_key_is_seen_without_a_restart_and_the_old_one_still_reads(ring_file):
    before = keyring_file.load()
    keyring_file.add_keys(ring_file)
    after = keyring_file.load()
    for purpose in (PERSON, FACE):
        old = before.current(purpose)
        assert after.current(purpose).id != old.id
        assert after.find(old.id, purpose).key == old.key
    assert after.blind_index_key == before.blind_index_key
    assert stat.S_IMODE(ring_file.stat().st_mode) == 0o600


def test_purposes_have_keys_of_their_own():
    ring = keyring.new_ring("AES-256-GCM")
    assert ring.current(PERSON).key != ring.current(FACE).key
    with pytest.raises(KeyUnknown):
        ring.find(ring.current(FACE).id, PERSON)


def test_no_secret_shows_in_a_printed_ring():
    ring = keyring.new_ring("AES-256-GCM")
    assert repr(ring.blind_index_key) not in repr(ring)
    assert not any(repr(key.key) in repr(ring) for key in ring.keys)


def _no_current(data):
    data["keys"][0]["current"] = False


def _two_current(data):
    data["keys"].append({**data["keys"][0], "id": str(uuid4())})


def _short_key(data):
    data["keys"][0]["key"] = "AAAA"


def _unknown_algorithm(data):
    data["keys"][0]["algorithm"] = "ROT13"


def _doubled_id(data):
    data["keys"][1]["id"] = data["keys"][0]["id"]


def _no_blind_key(data):
    data["blind_index_key"] = ""


def _other_format(data):
    data["format"] = 2


def _no_keys(data):
    del data["keys"]


@pytest.mark.parametrize(
    "_spoil",
    [_no_current, _two_current, _short_key, _unknown_algorithm, _doubled_id, _no_blind_key, _other_format, _no_keys],
)
def test_a_spoilt_ring_is_refused(_spoil):
    data = json.loads(keyring.dump(keyring.new_ring("AES-256-GCM")))
    _spoil(data)
    with pytest.raises(KeyRingInvalid):
        keyring.parse(json.dumps(data))


@pytest.mark.parametrize("text", ["", "{}", "[]", "null", "not json"])
def test_what_is_no_ring_is_refused(text):
    with pytest.raises(KeyRingInvalid):
        keyring.parse(text)
