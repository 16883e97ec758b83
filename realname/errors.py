"""What is refused, in words."""

from collections.abc import Mapping
from typing import ClassVar


class Refusal(Exception):
    """Something that can not be done, and why: `code` for programs, `message` for people.

    Each family of refusals names its sentences, lazily translated, in `messages` by code; a class that stands for one of them
    names its `code`. What was entered is not kept: errors travel to logs, personal data must not. Raises KeyError for a code
    without a sentence.
    """

    messages: ClassVar[Mapping[str, object]] = {}
    code: str = ""

    def __init__(self, code: str = "") -> None:
        self.code = code or self.code
        if self.code not in self.messages:
            raise KeyError(f"{type(self).__name__} has no message for code {self.code!r}")
        super().__init__(self.code)

    @property
    def message(self) -> str:
        """The sentence in the language of the moment."""
        return str(self.messages[self.code])
