"""What a person can be told in their account: each kind with its texts, told by the floors above as they start.

A text is rendered when it is read, in the language it is read in. A new kind is one `register_notice`.
"""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registration.states.iot import IotBreak

NEW_DEVICE, GUARDED = "new_device", "guarded"
FACTOR_ADDED, FACTOR_REMOVED = "factor_added", "factor_removed"
EXPORT_READY, RIGHTS_ANSWERED, FROZEN, UNFROZEN = "export_ready", "rights_answered", "frozen", "unfrozen"
CONSENT_WITHDRAWN = "consent_withdrawn"
LINE_ENDED, LINE_HANDED_ON, SERVICE_ENDED = "line_ended", "line_handed_on", "service_ended"
IOT_USER = "iot_user"
# and behind it what it was stopped for (states/iot.py, IotBreak)
IOT_STOPPED = "iot_stopped_"


class UnknownNotice(LookupError):
    """No floor has registered this kind."""


@dataclass(frozen=True, slots=True)
class NoticeKind:
    """`text` and `message` have named placeholders, filled from the notice's facts; `page` is the URL name it leads to.

    `message` is what also goes to the person's phone: only for what cannot wait until they look.
    """

    code: str
    title: Promise
    text: Promise
    page: str = ""
    message: Promise | None = None


_kinds: dict[str, NoticeKind] = {}


def register_notice(kind: NoticeKind) -> None:
    """Make a kind known."""
    _kinds[kind.code] = kind


def kind_of(code: str) -> NoticeKind:
    """Raises UnknownNotice."""
    try:
        return _kinds[code]
    except KeyError:
        raise UnknownNotice(code) from None


def render(text: Promise, facts: dict[str, str]) -> str:
    """The text in the current language with its facts; one that is missing stays empty, so that an old notice can always be read."""
    return str(text) % _Facts(facts)


class _Facts(dict):
    def __missing__(self, key: str) -> str:
        return ""


for _kind in (
    NoticeKind(
        NEW_DEVICE,
        _("Sign-in on a new device"),
        _(
            "Somebody signed in to your account on a device we had not seen before: %(device)s. If it was you, all is well. If not, say so under “Devices”: we then sign everybody out."
        ),
        "account:devices",
        _(
            "[%(operator)s] Your account was opened on a new device. If this was not you, sign in, open “Devices” and press “This was not me”, or call us."
        ),
    ),
    NoticeKind(
        GUARDED,
        _("Your account is guarded"),
        _(
            "You told us that somebody else was in your account. Everybody was signed out. For some days your data can not be taken away and your keys can not be changed."
        ),
        "account:devices",
        _("[%(operator)s] Your account is guarded, since you told us that somebody else was in it. If this was not you, call us."),
    ),
    NoticeKind(
        FACTOR_ADDED,
        _("A second factor was added"),
        _("Your account now asks for it when you sign in. If it was not you, say so under “Devices”."),
        "account:security",
        _(
            "[%(operator)s] A passkey or an authenticator application was added to your account. If this was not you, sign in and open “Devices”, or call us."
        ),
    ),
    NoticeKind(
        FACTOR_REMOVED,
        _("A second factor was removed"),
        _("Your account no longer asks for it when you sign in. If it was not you, say so under “Devices”."),
        "account:security",
        _(
            "[%(operator)s] A passkey or an authenticator application was removed from your account. If this was not you, sign in and open “Devices”, or call us."
        ),
    ),
    NoticeKind(
        EXPORT_READY,
        _("The copy of your data is ready"),
        _("Take it soon: it can be taken once, and is erased after a short while."),
        "account:data",
    ),
    NoticeKind(
        RIGHTS_ANSWERED,
        _("Your request is answered"),
        _("Your request %(reference)s about your personal data is answered."),
        "account:rights",
    ),
    NoticeKind(
        FROZEN,
        _("Your data are frozen"),
        _(
            "They are only stored and protected now, as the law demands. Our staff can no longer look at them, except who answers to the law. You can lift this yourself."
        ),
        "account:rights",
    ),
    NoticeKind(
        UNFROZEN,
        _("Your data are no longer frozen"),
        _("Our staff can work with them again where you need it."),
        "account:rights",
    ),
    NoticeKind(
        CONSENT_WITHDRAWN,
        _("You withdrew a consent"),
        _("It took effect at once. What the law makes us keep, we only keep."),
        "account:consents",
    ),
    NoticeKind(
        LINE_ENDED,
        _("A line has ended"),
        _("The line %(number)s has ended. Nobody gets its number before it has rested. If you did not want this, call us at once."),
        "account:lines",
        _("[%(operator)s] Your line %(number)s has ended. If you did not want this, call us at once."),
    ),
    # in the inbox alone: the phone that a message reached them on may be the very one that another has now
    NoticeKind(
        LINE_HANDED_ON,
        _("A line was given to another user"),
        _(
            "Your organisation gave the line %(number)s to another user. If you did not expect this, ask whoever handles its lines "
            "there, or call us."
        ),
        "account:lines",
    ),
    NoticeKind(
        SERVICE_ENDED,
        _("Your data are only kept now"),
        _(
            "Your last line with us has ended. The law has us keep your identity data until %(day)s, and lets us only store and protect them: our staff can no longer look at them, except who answers to the law. After that day they are erased by themselves."
        ),
        "account:rights",
    ),
    NoticeKind(
        IOT_USER,
        _("A device's line is in your use"),
        _(
            "%(organisation)s handed a line for a device on to you: %(devices)s. You are recorded as its user; it does not count among your own lines. If you do not know of this, call us at once."
        ),
        "account:notices",
        _("[%(operator)s] You are recorded as user of a device's line of %(organisation)s. If you do not know of this, call us at once."),
    ),
):
    register_notice(_kind)

_STOPPED = _(
    "[%(operator)s] The device's line %(number)s that you use was stopped: it went beyond its limits. See your account, or ask %(organisation)s."
)
for _broken, _text in (
    (
        IotBreak.DEVICE_CHANGED,
        _(
            "The card of the line %(number)s of %(organisation)s was seen in another device than its own. Ask the organisation to have it checked again: it states what happened, and a person of ours decides. You can also object in a shop or by telephone."
        ),
    ),
    (
        IotBreak.FUNCTION_NOT_GRANTED,
        _(
            "The line %(number)s of %(organisation)s was used for calls, messages or data that it may not be used for. Ask the organisation to have it checked again: it states what happened, and a person of ours decides. You can also object in a shop or by telephone."
        ),
    ),
    (
        IotBreak.OUTSIDE_PLACE,
        _(
            "The line %(number)s of %(organisation)s was used outside the places it is meant for. Ask the organisation to have it checked again: it states what happened, and a person of ours decides. You can also object in a shop or by telephone."
        ),
    ),
    (
        IotBreak.OVER_CAP,
        _(
            "The line %(number)s of %(organisation)s used more data than it may in a month. Ask the organisation to have it checked again: it states what happened, and a person of ours decides. You can also object in a shop or by telephone."
        ),
    ),
):
    register_notice(
        NoticeKind(f"{IOT_STOPPED}{_broken}", _("A device's line that you use was stopped"), _text, "account:notices", _STOPPED)
    )
