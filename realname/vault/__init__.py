"""Keeps personal data secret: a data key per person, encrypted fields and files, blind indexes, erasure. See `docs/vault.md`."""
