"""Text messages by SMPP, in the process that holds the session."""

from uuid import UUID

from registration.gateways.base import NotSent, Outgoing
from registration.gateways.smpp.session import Session
from registration.states import Channel, FailureCause


class SmppSms:
    """SMPP knows no key by which it would know a message again, so each is submitted once."""

    name, channel = "smpp", Channel.SMS
    repeatable = False
    in_own_process = True
    session: Session | None = None  # set by `manage.py smpp` while it is bound

    def send(self, message: Outgoing, *, key: UUID) -> list[str]:
        """Submit, and answer the SMSC's ids, one a part. Raises NotSent."""
        if self.session is None or not self.session.alive:
            raise NotSent(FailureCause.GATEWAY_DOWN, later=True, certain=True)
        return self.session.submit(message, key=key)
