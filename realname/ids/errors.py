"""The one shape of refusal in this package."""

from typing import ClassVar


class InvalidInput(ValueError):
    """Input that cannot be what it claims to be.

    `code` is stable and meant for programs; `message` is a lazily translated sentence for the person who typed it. The input
    is not kept: errors travel to logs, personal data must not.
    """

    messages: ClassVar[dict[str, object]] = {}

    def __init__(self, code: str) -> None:
        if code not in self.messages:
            raise KeyError(f"{type(self).__name__} has no message for code {code!r}")
        super().__init__(code)
        self.code = code

    @property
    def message(self) -> object:
        """The sentence for the person, lazily translated."""
        return self.messages[self.code]
