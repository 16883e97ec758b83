"""Where the key ring comes from: the environment, or a file that only its owner may read."""

import fcntl
import functools
import os
import secrets
import stat
from pathlib import Path

from django.conf import settings

from realname.vault import keyring
from realname.vault.durable import sync_folder
from realname.vault.errors import KeyRingInvalid, KeyRingMissing
from realname.vault.keyring import KeyRing

ENVIRONMENT = "REALNAME_KEYRING"
_FORBIDDEN_BITS = stat.S_IRWXO | stat.S_IWGRP  # a group may read, as secret mounts of containers have it


def load() -> KeyRing:
    """The ring in force. A changed file is read anew, so a new key needs no restart.

    Raises KeyRingMissing outside development when there is none, KeyRingInvalid when it cannot be trusted.
    """
    if text := os.environ.get(ENVIRONMENT):
        return _parsed(text)
    path = path_of_file()
    try:
        seen = path.stat()
    except FileNotFoundError:
        if not settings.DEVELOPMENT:
            raise KeyRingMissing(
                f"There is no key ring at {path}. Make one with “manage.py vault init” and back it up, "
                f"name another file in KEYRING_FILE, or pass it as JSON in {ENVIRONMENT}."
            ) from None
        create(path)
        seen = path.stat()
    if not settings.DEVELOPMENT and seen.st_mode & _FORBIDDEN_BITS:
        raise KeyRingInvalid(f"The key ring {path} is open to others. Run “chmod 600 {path}”.")
    return _read(path, seen.st_mtime_ns, seen.st_ino)


def path_of_file() -> Path:
    """The file named by the setting KEYRING_FILE."""
    return Path(settings.KEYRING_FILE)


def create(path: Path) -> bool:
    """Write a fresh ring unless there is one; says whether it did. Of many processes at once exactly one wins."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = _write_temporary(path, keyring.new_ring(settings.VAULT_ALGORITHM))
    try:
        os.link(temporary, path)  # unlike rename, fails when another process was first
    except FileExistsError:
        return False
    finally:
        temporary.unlink()
    sync_folder(path.parent)
    return True


def add_keys(path: Path) -> KeyRing:
    """Add a fresh current key of each purpose to the file; the older keys stay. Safe against a second caller."""
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(folder, fcntl.LOCK_EX)
        ring = keyring.parse(path.read_text()).with_new_keys(settings.VAULT_ALGORITHM)
        _write_temporary(path, ring).replace(path)
        os.fsync(folder)
    finally:
        os.close(folder)
    return ring


def _write_temporary(path: Path, ring: KeyRing) -> Path:
    temporary = path.with_name(f".{path.name}.{secrets.token_hex(8)}")
    handle = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(keyring.dump(ring))
        file.flush()
        os.fsync(file.fileno())
    return temporary


@functools.lru_cache(maxsize=4)
def _parsed(text: str) -> KeyRing:
    return keyring.parse(text)


@functools.lru_cache(maxsize=4)
def _read(path: Path, modified_ns: int, inode: int) -> KeyRing:
    return keyring.parse(path.read_text())
