"""Where a one-time code is on its way to the phone, in the person's words: what the network says, and what to do now (P-PAR-2)."""

from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from registration.models import Delivery, PhoneCode
from registration.selectors import call_offered, deliveries_of, overdue
from registration.states import Channel, DeliveryStatus, FailureCause

# what happened; then what to do now
CAUSES: dict[FailureCause, tuple[Promise, Promise]] = {
    FailureCause.NUMBER_INACTIVE: (
        _("The network says that this number is not in service."),
        _("Check the number. If it is right, ask in one of our shops."),
    ),
    FailureCause.NUMBER_INVALID: (
        _("The network does not take this number."),
        _("Check the number. If it is right, ask in one of our shops."),
    ),
    FailureCause.PHONE_UNREACHABLE: (
        _("The network says that this phone is switched off or out of reach."),
        _("Switch it on, or go where there is a signal. The message may still come by itself; else ask for another code."),
    ),
    FailureCause.PHONE_FULL: (
        _("The network says that the phone has no room for another message."),
        _("Delete old messages, then ask for another code."),
    ),
    FailureCause.PHONE_BLOCKS: (
        _("The network says that this phone or number blocks such messages."),
        _("Allow them in the phone's settings or by calling your operator, then ask for another code."),
    ),
    FailureCause.NUMBER_BLACKLISTED: (
        _("This number is on a list of numbers that get no such messages."),
        _("If you asked for that, call your operator to allow messages with codes again."),
    ),
    FailureCause.CONTENT_REFUSED: (
        _("The network refused our message. This is our fault, not yours."),
        _("Wait a minute, then ask for another code."),
    ),
    FailureCause.NO_ANSWER: (
        _("Nobody answered the call."),
        _("Keep the phone at hand, then ask for another code."),
    ),
    FailureCause.GATEWAY_BUSY: (
        _("Too many messages are on their way at this moment. This is not your fault."),
        _("Wait a minute, then ask for another code."),
    ),
    FailureCause.GATEWAY_DOWN: (
        _("We can not reach the network at this moment. This is our fault, not yours."),
        _("Wait a minute, then ask for another code."),
    ),
    FailureCause.UNKNOWN: (
        _("The network could not deliver the message and does not say why."),
        _("Wait a minute, then ask for another code."),
    ),
}
UNCONFIRMED = (
    _("We do not know whether the message went out: the answer of the network was lost."),
    _("If no code comes within a minute, ask for another one."),
)
TRYING = {
    Channel.SMS: (_("The message has not gone out yet: the network is busy or does not answer."), _("We keep trying. Please wait.")),
    Channel.VOICE: (_("The call has not gone out yet: the network is busy or does not answer."), _("We keep trying. Please wait.")),
}
SENDING = {Channel.SMS: _("The message is on its way."), Channel.VOICE: _("Your phone will ring in a moment. Listen for the six digits.")}
LATE = {
    Channel.SMS: (_("The network has not told us yet whether the message arrived."), _("It may still come: an older message counts too.")),
    Channel.VOICE: (_("The network has not told us yet whether the call was answered."), _("Keep the phone at hand.")),
}
ARRIVED = {
    Channel.SMS: _("The network says that the message has arrived."),
    Channel.VOICE: _("The network says that the call was answered."),
}


@dataclass(frozen=True, slots=True)
class Word:
    """One channel's standing: `tone` of the notice, what happened, what to do now (or nothing)."""

    tone: str
    happened: Promise
    to_do: Promise | str = ""


def of(code: PhoneCode) -> dict[str, Any]:
    """What the page shows; `seen` tells one state from the next, `ended` that nothing more will change by itself."""
    sent = deliveries_of(code)
    words = [_word(Channel(channel), delivery) for channel, delivery in sorted(sent.items())]
    failed = any(delivery.status in (DeliveryStatus.FAILED, DeliveryStatus.UNCONFIRMED) for delivery in sent.values())
    late = any(overdue(delivery) for delivery in sent.values())
    may_call = call_offered(code)
    return {
        "sent": code,
        "words": words,
        "may_call": may_call,
        # the last resort is named where something went wrong, not before
        "shop": (failed or late) and not may_call,
        "seen": "-".join([code.pk.hex, *(f"{sent[each].status}.{sent[each].cause}" for each in sorted(sent)), str(late), str(may_call)]),
        "ended": not code.live,
        "seconds": 3,
    }


def _word(channel: Channel, delivery: Delivery) -> Word:
    match delivery.status:
        case DeliveryStatus.DELIVERED:
            return Word("good", ARRIVED[channel])
        case DeliveryStatus.FAILED:
            return Word("warn", *CAUSES[FailureCause(delivery.cause)])
        case DeliveryStatus.UNCONFIRMED:
            return Word("warn", *UNCONFIRMED)
    if overdue(delivery):
        return Word("warn", *(LATE if delivery.status == DeliveryStatus.ACCEPTED else TRYING)[channel])
    if delivery.cause:
        return Word("warn", *TRYING[channel])
    return Word("info", SENDING[channel])
