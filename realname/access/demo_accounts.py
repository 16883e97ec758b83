"""Passwords and second factors of the demo staff: fixed, known to everybody, and made on development machines only."""

from hashlib import sha256


def password_of(username: str) -> str:
    """A fixed password, long enough for the rules."""
    return f"demo-{username}-2026"


def key_of(username: str) -> bytes:
    """A fixed key of 20 bytes (RFC 4226, section 4), different for each account."""
    return sha256(f"realname demo staff {username}".encode()).digest()[:20]
