"""The digits of a one-time code."""

import hashlib
import hmac
from uuid import UUID

from django.conf import settings
from django.utils.crypto import constant_time_compare

DIGITS = 6


def digits_of(code_id: UUID) -> str:
    """The six digits of a code: HMAC-SHA256 of its id under the server's key, truncated as in RFC 4226 section 5.3.

    So no digits are stored, neither in the database nor in the queue, and sending again sends the same ones.
    """
    key = hashlib.sha256(b"phone-code:" + settings.SECRET_KEY.encode()).digest()
    mac = hmac.digest(key, code_id.bytes, "sha256")
    offset = mac[-1] & 0x0F
    number = int.from_bytes(mac[offset : offset + 4], "big") & 0x7FFFFFFF
    return str(number % 10**DIGITS).zfill(DIGITS)


def matches(code_id: UUID, entered: str) -> bool:
    """Compare in constant time."""
    return constant_time_compare(digits_of(code_id), entered)
