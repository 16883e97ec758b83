"""How a message gets to a phone, and why it does not."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from realname.states import Machine


class Channel(models.TextChoices):
    """How a message reaches a telephone."""

    SMS = "sms", _("Text message")
    VOICE = "voice", _("Voice call")


class DeliveryStatus(models.TextChoices):
    """The life of one message on one channel: pending → submitting → accepted → delivered, or failed, or unconfirmed."""

    PENDING = "pending", _("Waiting to be sent")
    SUBMITTING = "submitting", _("Being handed to the gateway")  # one process has it; a death here is found by the claim's age
    ACCEPTED = "accepted", _("Taken by the gateway")
    DELIVERED = "delivered", _("Arrived")  # the network says so
    FAILED = "failed", _("Failed")  # it did not arrive, and why is known or the network says so
    UNCONFIRMED = "unconfirmed", _("Not known whether it was sent")  # never sent again by itself

    @classmethod
    def ended(cls) -> tuple["DeliveryStatus", ...]:
        """Those in which we do nothing more."""
        return (cls.DELIVERED, cls.FAILED, cls.UNCONFIRMED)


_D = DeliveryStatus
DELIVERY_MOVES = Machine(
    {
        _D.PENDING: {_D.SUBMITTING, _D.FAILED, _D.UNCONFIRMED},
        _D.SUBMITTING: {_D.PENDING, _D.ACCEPTED, _D.FAILED, _D.UNCONFIRMED},
        _D.ACCEPTED: {_D.DELIVERED, _D.FAILED},
        # what a late receipt says of it goes before what we thought
        _D.UNCONFIRMED: {_D.DELIVERED, _D.FAILED},
        _D.FAILED: {_D.DELIVERED},
        _D.DELIVERED: set(),
    },
    states=DeliveryStatus,
)


class FailureCause(models.TextChoices):
    """Why a message did not arrive (P-PAR-2). What was said in whatever words by a gateway ends as one of these."""

    NUMBER_INACTIVE = "NUMBER_INACTIVE", _("Number not in service")
    NUMBER_INVALID = "NUMBER_INVALID", _("Number refused by the network")
    PHONE_UNREACHABLE = "PHONE_UNREACHABLE", _("Phone switched off or out of reach")
    PHONE_FULL = "PHONE_FULL", _("Phone's memory full")
    PHONE_BLOCKS = "PHONE_BLOCKS", _("Blocked by the person or the phone")
    NUMBER_BLACKLISTED = "NUMBER_BLACKLISTED", _("Number on a list that gets no such messages")
    CONTENT_REFUSED = "CONTENT_REFUSED", _("Text refused by the network")
    NO_ANSWER = "NO_ANSWER", _("Call not answered")
    GATEWAY_BUSY = "GATEWAY_BUSY", _("Gateway busy")
    GATEWAY_DOWN = "GATEWAY_DOWN", _("Gateway not reachable")
    UNKNOWN = "UNKNOWN", _("Cause not named by the network")

    @property
    def ours(self) -> bool:
        """Neither the person nor their phone has a part in it (P-VER-6)."""
        return self in {self.CONTENT_REFUSED, self.GATEWAY_BUSY, self.GATEWAY_DOWN, self.UNKNOWN}

    @property
    def call_may_help(self) -> bool:
        """Might a voice call reach the phone all the same?"""
        return self not in {self.NUMBER_INACTIVE, self.NUMBER_INVALID, self.PHONE_UNREACHABLE}
