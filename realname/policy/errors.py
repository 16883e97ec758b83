"""What policy refuses."""

from django.utils.translation import gettext_lazy as _

MESSAGES = {
    "type": _("This value is not of the kind the parameter needs."),
    "too_small": _("This value is below the lowest allowed."),
    "too_large": _("This value is above the highest allowed."),
    "choice": _("This value is not one of the choices."),
    "note": _("Please say why the parameter is changed."),
}


class PolicyError(ValueError):
    """Anything policy refuses."""


class UnknownParameter(PolicyError):
    """No app declares a parameter of that key."""


class InvalidValue(PolicyError):
    """A value or note that is refused; `code` is a key of MESSAGES."""

    def __init__(self, key: str, code: str) -> None:
        super().__init__(f"{key}: {code}")
        self.key, self.code = key, code

    @property
    def message(self) -> str:
        """The sentence for a person."""
        return str(MESSAGES[self.code])
