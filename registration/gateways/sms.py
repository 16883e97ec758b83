"""The SMS gateway, over HTTP."""

from dataclasses import dataclass
from datetime import UTC, datetime

import httpx
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

from realname.outside import Limits, SourceAnswerInvalid, SourceUnavailable
from realname.outside.clients import client_for

PATH = "/sms/v1/messages"
# A person waits for the page behind this: shorter than for checks.
LIMITS = Limits(connect=2.0, read=3.0, total=6.0)
MAX_MESSAGE_ID = 100


@dataclass(frozen=True, slots=True)
class Message:
    """A message in the sandbox's inbox."""

    message_id: str
    text: str
    received_at: datetime


class SmsGateway:
    """Sends through the gateway at `settings.SMS_GATEWAY_URL`."""

    name = "sms_gateway"

    def send(self, phone: str, text: str, idempotency_key: str) -> str:
        """Send once and answer the gateway's message id; the same key with the same message again sends nothing.

        A new text needs a new key. Raises SourceUnavailable (send again later, with the same key) or SourceRefused
        (`status_409`: the key had another message).
        """
        client = client_for(self.name, url=settings.SMS_GATEWAY_URL, key=settings.SMS_GATEWAY_KEY, limits=LIMITS)
        answer = client.post(PATH, {"to": phone, "text": text, "idempotency_key": idempotency_key})
        message_id = answer.outcome.get("message_id")
        if not isinstance(message_id, str) or not 0 < len(message_id) <= MAX_MESSAGE_ID:
            raise SourceAnswerInvalid(self.name, "outcome_unknown")
        return message_id

    def inbox(self, phone: str) -> list[Message]:
        """Messages the sandbox kept for a phone, newest first. Raises ImproperlyConfigured outside of the sandbox."""
        if not settings.SANDBOX:
            raise ImproperlyConfigured("Only the sandbox shows messages: a real gateway has no inbox.")
        url = settings.SMS_GATEWAY_URL.rstrip("/") + "/sms/v1/inbox"
        try:
            response = httpx.get(url, params={"phone": phone}, timeout=LIMITS.read, trust_env=False)
            messages = response.raise_for_status().json()["messages"]
            return [Message(each["message_id"], each["text"], datetime.fromtimestamp(each["received_at"], tz=UTC)) for each in messages]
        except (httpx.HTTPError, ValueError, KeyError, TypeError):
            # the cause is cut off: it holds the address, and with it the phone number
            raise SourceUnavailable(self.name, "network") from None
