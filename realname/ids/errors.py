"""The one shape of refusal in this package."""

from realname.errors import Refusal


class InvalidInput(Refusal, ValueError):
    """Input that cannot be what it claims to be."""
