"""Where the trail keeps what must not lie in the database: the signing key, the trusted public keys, the anchor file.

Each path is a setting of that name, else an environment variable of that name, else a place under `REALNAME_VAR`.
"""

import os
from pathlib import Path

from django.conf import settings

from realname.paths import var_dir


def signing_key_file() -> Path:
    """TRAIL_SIGNING_KEY_FILE: the Ed25519 private key (PEM, PKCS #8), readable by the sealer only."""
    return _place("TRAIL_SIGNING_KEY_FILE", "keys/trail_ed25519.pem")


def public_keys_file() -> Path:
    """TRAIL_PUBLIC_KEYS_FILE: JSON of key id to public key (hex): every key whose seals are believed."""
    return _place("TRAIL_PUBLIC_KEYS_FILE", "keys/trail_public_keys.json")


def anchor_file() -> Path:
    """TRAIL_ANCHOR_FILE: one line per seal. Best on storage that can only be appended to, away from the database."""
    return _place("TRAIL_ANCHOR_FILE", "trail/heads.log")


def _place(name: str, default: str) -> Path:
    return Path(getattr(settings, name, None) or os.environ.get(name) or var_dir() / default)
