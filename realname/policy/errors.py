"""What policy refuses."""

from collections.abc import Iterable

from django.utils.translation import gettext_lazy as _

from realname.errors import Refusal

MESSAGES = {
    "type": _("This value is not of the kind the parameter needs."),
    "too_small": _("This value is below the lowest allowed."),
    "too_large": _("This value is above the highest allowed."),
    "choice": _("This value is not one of the choices."),
    "order": _("This value is below one that it may not be below: see the parameters that belong together."),
    "note": _("Please say why the policy is changed."),
    "not_compliance": _("Only compliance officers draft and publish policy."),
    "not_the_drafter": _("Only the person who drafted it may change it. Start a draft of your own."),
    "same_person": _("You drafted this. Somebody else must publish it."),
    "draft_moved": _("The draft was changed since this page was loaded. Look at it again."),
    "draft_closed": _("That is not possible any more: the draft has moved on. See its state above."),
    "nothing_changed": _("The draft changes nothing. Change a value first."),
    "base_moved": _(
        "Another version was published or cancelled since this was drafted. Its author looks at the draft again, on top of it, "
        "and proposes it anew."
    ),
    "dry_run_missing": _("The draft may change decisions. Do a dry run of the draft as it stands now, then publish."),
    "acts_in_past": _("The moment from which it should act has passed. Its author sets another."),
    "acts_too_early": _("A version is scheduled for later than that. Choose a moment after it, or cancel that version first."),
    "acts_already": _("The version acts already. Publish another to change it."),
    "not_newest": _("A later version was published on top of this one. Cancel that one first."),
    "dry_run_running": _("A dry run of this draft is on its way. Wait for it."),
    "nothing_to_rehearse": _("None of these changes can be tried on decided applications."),
}


class PolicyError(ValueError):
    """Anything policy refuses."""


class UnknownParameter(PolicyError):
    """No app declares a parameter of that key."""


class InvalidValue(Refusal, PolicyError):
    """A value or note that is refused; `key` is the parameter it is about."""

    messages = MESSAGES

    def __init__(self, key: str, code: str) -> None:
        super().__init__(code)
        self.key = key

    def __str__(self) -> str:
        return f"{self.key}: {self.code}"


class Refused(Refusal, PolicyError):
    """An act on the policy that may not be done now; `keys` are the parameters it is about."""

    messages = MESSAGES

    def __init__(self, code: str, keys: Iterable[str] = ()) -> None:
        super().__init__(code)
        self.keys = tuple(keys)
