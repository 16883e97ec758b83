"""The development machine's own secret key."""

import contextlib
import os
import secrets
from pathlib import Path


def development_secret(path: Path) -> str:
    """Read the key at `path`, made on first use and readable by its owner only."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    with contextlib.suppress(FileExistsError):
        temporary = path.with_suffix(f".{os.getpid()}")
        descriptor = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(descriptor, "w") as file:
            file.write(secrets.token_urlsafe(48))
        # a link fails where the file exists, so of two processes that start together one wins whole
        try:
            os.link(temporary, path)
        finally:
            temporary.unlink()
    return path.read_text()
