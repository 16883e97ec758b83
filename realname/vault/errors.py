"""What can go wrong in the vault. None of these messages carries anything personal."""

from django.core.exceptions import FieldError, ImproperlyConfigured


class VaultError(Exception):
    """Base of the vault's own errors."""


class KeyErased(VaultError):
    """The key was destroyed on purpose; what it encrypted can never be read again."""


class KeyUnknown(VaultError):
    """No key of that id: another key ring or database, or a row that was rolled back."""


class Tampered(VaultError):
    """The ciphertext was altered, cut, or moved from where it was written."""


class FileMissing(VaultError):
    """The storage has no file for a row that should have one."""


class FileNotStored(VaultError):
    """The storage took nothing: it is full, or does not answer. Nothing is half kept."""


class KeyRingMissing(VaultError, ImproperlyConfigured):
    """There is no key ring and none may be made here."""


class KeyRingInvalid(VaultError, ImproperlyConfigured):
    """The key ring cannot be trusted or understood."""


class NotSearchable(VaultError, FieldError):
    """A query tried to look into, compare or write an encrypted column."""
