"""The gateways for messages and for calls, over HTTP (docs/outside.md)."""

from dataclasses import dataclass
from datetime import UTC, datetime
from uuid import UUID

import httpx
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from realname.outside import Limits, SourceAnswerInvalid, SourceRefused, SourceUnavailable
from realname.outside.clients import client_for
from registration.gateways.base import NotSent, Outgoing
from registration.states import Channel, FailureCause

# A person waits for what this brings: shorter than for checks.
LIMITS = Limits(connect=2.0, read=3.0, total=6.0)
MAX_MESSAGE_ID = 100
# What a refusal means (docs/outside.md); any other is ours to repair, and its cause is not known to the person.
REFUSALS = {
    "status_400": FailureCause.CONTENT_REFUSED,
    "status_403": FailureCause.NUMBER_BLACKLISTED,
    "status_422": FailureCause.NUMBER_INVALID,
}
# Here the gateway surely did not take it: it said so, or was not asked.
NOT_TAKEN = frozenset({"busy", "breaker_open"})


@dataclass(frozen=True, slots=True)
class Received:
    """A message or call as the sandbox kept it."""

    message_id: str
    text: str
    received_at: datetime


class HttpGateway:
    """Sends through a signed HTTP interface; the same key is one message there."""

    repeatable = True
    in_own_process = False
    # overridden by each
    name: str
    channel: Channel
    source: str
    path: str

    def address(self) -> tuple[str, str]:
        """URL and key."""
        raise NotImplementedError

    def send(self, message: Outgoing, *, key: UUID) -> list[str]:
        """Hand over, and answer the gateway's id. Raises NotSent."""
        url, secret = self.address()
        try:
            client = client_for(self.source, url=url, key=secret, limits=LIMITS)
            answer = client.post(self.path, {"to": message.to, "text": message.text, "idempotency_key": str(key)})
            message_id = answer.outcome.get("message_id")
            if not isinstance(message_id, str) or not 0 < len(message_id) <= MAX_MESSAGE_ID:
                raise SourceAnswerInvalid(self.source, "outcome_unknown")
        except SourceRefused as refusal:
            raise NotSent(REFUSALS.get(refusal.reason, FailureCause.UNKNOWN), later=False, certain=True) from None
        except SourceUnavailable as fault:
            cause = FailureCause.GATEWAY_BUSY if fault.reason == "busy" else FailureCause.GATEWAY_DOWN
            raise NotSent(cause, later=True, certain=fault.reason in NOT_TAKEN) from None
        return [message_id]


class HttpSms(HttpGateway):
    """Text messages through `settings.SMS_GATEWAY_URL`."""

    name, channel, source, path = "http", Channel.SMS, "sms_gateway", "/sms/v1/messages"

    def address(self) -> tuple[str, str]:
        return settings.SMS_GATEWAY_URL, settings.SMS_GATEWAY_KEY


class HttpVoice(HttpGateway):
    """Calls that read the text aloud, through `settings.VOICE_GATEWAY_URL`."""

    name, channel, source, path = "http_voice", Channel.VOICE, "voice_gateway", "/voice/v1/calls"

    def address(self) -> tuple[str, str]:
        return settings.VOICE_GATEWAY_URL, settings.VOICE_GATEWAY_KEY


def sandbox_inbox(phone: str) -> list[Received]:
    """Messages and calls the sandbox kept for a phone, newest first.

    Raises ImproperlyConfigured outside of the sandbox, SourceUnavailable where it does not answer.
    """
    if not settings.SANDBOX:
        raise ImproperlyConfigured("Only the sandbox shows messages: a real gateway has no inbox.")
    url = settings.SANDBOX_URL.rstrip("/") + "/inbox"
    try:
        response = httpx.get(url, params={"phone": phone}, timeout=LIMITS.read, trust_env=False)
        messages = response.raise_for_status().json()["messages"]
        return [Received(each["message_id"], each["text"], datetime.fromtimestamp(each["received_at"], tz=UTC)) for each in messages]
    except (httpx.HTTPError, ValueError, KeyError, TypeError):
        # the cause is cut off: it holds the address, and with it the phone number
        raise SourceUnavailable("sandbox", "network") from None
