"""A bound session: messages out, receipts in, and a question now and then whether the other side lives."""

import contextlib
import ssl
import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.utils import timezone
from smpplib import consts, exceptions, smpp

from registration.gateways.base import NotSent, Outgoing
from registration.gateways.smpp.causes import LATER, not_taken
from registration.gateways.smpp.text import parts
from registration.gateways.smpp.wire import CertificateRefused, WireClient
from registration.states import FailureCause

# Seconds: for connection and bind, for an answer to a message, and of silence before we ask whether anybody is there.
BIND_SECONDS, ANSWER_SECONDS, SILENCE_SECONDS = 5.0, 5.0, 30.0
# Seconds for which a further part is offered again to a busy SMSC, and between two offers.
PART_SECONDS, PART_PAUSE_SECONDS = 10.0, 0.5
UCS2 = 0x08
# A message that arrives after its code is over helps nobody: the network drops it then (SMPP 3.4 section 7.1.1, relative time).
SHORTEST_VALIDITY = 30


class SessionLost(Exception):
    """There is no session any more, or none came to be; `reason` is a code."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """Where to bind, as whom, and how our messages are addressed."""

    host: str
    port: int
    system_id: str
    password: str
    system_type: str = ""
    tls: bool = True
    ca_file: str = ""
    source: str = ""
    prefix: str = "86"
    error_causes: Mapping[str, FailureCause] = field(default_factory=dict)

    @classmethod
    def from_settings(cls) -> "Account":
        """As `realname/settings/outside.py` has it. Raises ImproperlyConfigured for what can't be bound to."""
        if not settings.SMPP_HOST or not settings.SMPP_SYSTEM_ID:
            raise ImproperlyConfigured("SMPP_HOST and SMPP_SYSTEM_ID must be set where SMS_GATEWAY names smpp (docs/settings.md).")
        if settings.SMPP_CA_FILE and not Path(settings.SMPP_CA_FILE).is_file():
            raise ImproperlyConfigured(f"SMPP_CA_FILE must be a file that can be read, not {settings.SMPP_CA_FILE!r}.")
        try:
            causes = {code: FailureCause(cause) for code, cause in settings.SMPP_ERROR_CAUSES.items()}
        except ValueError:
            known = ", ".join(FailureCause.values)
            raise ImproperlyConfigured(f"SMPP_ERROR_CAUSES is a list of code=CAUSE; causes are {known}.") from None
        return cls(
            host=settings.SMPP_HOST,
            port=settings.SMPP_PORT,
            system_id=settings.SMPP_SYSTEM_ID,
            password=settings.SMPP_PASSWORD,
            system_type=settings.SMPP_SYSTEM_TYPE,
            tls=settings.SMPP_TLS,
            ca_file=settings.SMPP_CA_FILE,
            source=settings.SMPP_SOURCE,
            prefix=settings.SMPP_PREFIX,
            error_causes=causes,
        )


class Session:
    """Bound as a transceiver. For one thread. `on_deliver` gets each deliver_sm and answers the status it is acknowledged with."""

    def __init__(self, account: Account, *, on_deliver: Callable[[Any], int]) -> None:
        """Connect and bind. Raises SessionLost."""
        self.account = account
        self.alive = True
        self._on_deliver = on_deliver
        self._heard = time.monotonic()
        tls = ssl.create_default_context(cafile=account.ca_file or None) if account.tls else None
        self._client = WireClient(account.host, account.port, tls=tls, seconds=BIND_SECONDS)
        try:
            self._client.connect()
            self._client.bind_transceiver(system_id=account.system_id, password=account.password, system_type=account.system_type)
        except (exceptions.ConnectionError, exceptions.PDUError, OSError) as error:
            self.close()
            raise SessionLost(_why(error)) from None

    def submit(self, message: Outgoing, *, key: UUID) -> list[str]:
        """Hand over all parts, one after the other, and answer the SMSC's ids. Raises NotSent."""
        ids: list[str] = []
        try:
            for part in (chunks := parts(message.text, reference=key.int)):
                answer = self._submit_part(message, part, udh=len(chunks) > 1, patient=bool(ids))
                if answer.status != consts.SMPP_ESME_ROK:
                    fault = not_taken(answer.status)
                    # of a text in parts the first are out already: not again, and not another way
                    raise NotSent(fault.cause, later=False, certain=False) if ids else fault
                ids.append(_id(answer))
        except (SessionLost, exceptions.ConnectionError, exceptions.PDUError, OSError):
            self.alive = False
            raise NotSent(FailureCause.GATEWAY_DOWN, later=True, certain=False) from None
        return [each for each in ids if each]

    def listen(self, seconds: float) -> None:
        """Take what comes in, for so long at most; ask whether the other side lives after a long silence. Raises SessionLost."""
        try:
            if time.monotonic() - self._heard > SILENCE_SECONDS:
                question = smpp.make_pdu("enquire_link", client=self._client)
                self._client.send_pdu(question)
                self._await(question.sequence)
            self._client.deadline = time.monotonic() + seconds
            while True:
                self._take(self._client.read_pdu())
        except TimeoutError:
            return
        except (exceptions.ConnectionError, exceptions.PDUError, OSError):
            self.alive = False
            raise SessionLost("lost") from None

    def unbind(self) -> None:
        """Take leave, and close."""
        with contextlib.suppress(exceptions.ConnectionError, exceptions.PDUError, OSError):
            self._client.send_pdu(smpp.make_pdu("unbind", client=self._client))
        self.close()

    def close(self) -> None:
        """Let the connection go."""
        self.alive = False
        self._client.close()

    def _submit_part(self, message: Outgoing, part: bytes, *, udh: bool, patient: bool) -> Any:
        """The answer to one part. Whoever is `patient` asks again for a while where the SMSC is busy: the text is begun already."""
        end = time.monotonic() + PART_SECONDS
        while True:
            sequence = self._send_part(message, part, udh=udh)
            answer = self._await(sequence)
            if not patient or answer.status not in LATER or time.monotonic() > end:
                return answer
            self.listen(PART_PAUSE_SECONDS)

    def _send_part(self, message: Outgoing, part: bytes, *, udh: bool) -> int:
        left = max(int((message.expires_at - timezone.now()).total_seconds()), SHORTEST_VALIDITY)
        hours, minutes, seconds = left // 3600, left % 3600 // 60, left % 60
        sent = self._client.send_message(
            source_addr_ton=_type_of_number(self.account.source),
            source_addr_npi=consts.SMPP_NPI_ISDN,
            source_addr=self.account.source,
            dest_addr_ton=consts.SMPP_TON_INTL if self.account.prefix else consts.SMPP_TON_NATNL,
            dest_addr_npi=consts.SMPP_NPI_ISDN,
            destination_addr=self.account.prefix + message.to,
            esm_class=consts.SMPP_GSMFEAT_UDHI if udh else consts.SMPP_MSGMODE_DEFAULT,
            data_coding=UCS2,
            registered_delivery=consts.SMPP_SMSC_DELIVERY_RECEIPT_BOTH,
            validity_period=f"000000{min(hours, 99):02d}{minutes:02d}{seconds:02d}000R",
            short_message=part,
        )
        return sent.sequence

    def _await(self, sequence: int) -> Any:
        """The answer to what was sent. Raises TimeoutError, smpplib's ConnectionError."""
        self._client.deadline = time.monotonic() + ANSWER_SECONDS
        while True:
            pdu = self._client.read_pdu()
            if pdu.is_response() and pdu.sequence == sequence:
                self._heard = time.monotonic()
                return pdu
            self._take(pdu)

    def _take(self, pdu: Any) -> None:
        """What the other side says by itself; answers to what we no longer wait for are dropped."""
        self._heard = time.monotonic()
        if pdu.command == "deliver_sm":
            self._answer("deliver_sm_resp", pdu, status=self._on_deliver(pdu))
        elif pdu.command == "enquire_link":
            self._answer("enquire_link_resp", pdu, status=consts.SMPP_ESME_ROK)
        elif pdu.command == "unbind":
            self._answer("unbind_resp", pdu, status=consts.SMPP_ESME_ROK)
            raise exceptions.ConnectionError

    def _answer(self, command: str, pdu: Any, *, status: int) -> None:
        answer = smpp.make_pdu(command, client=self._client, status=status)
        answer.sequence = pdu.sequence
        self._client.send_pdu(answer)


def _type_of_number(address: str) -> int:
    """Section 5.2.5: digits are a number, anything else a name. A short number is neither national nor international."""
    return consts.SMPP_TON_UNK if address.isdecimal() or not address else consts.SMPP_TON_ALNUM


def _why(error: Exception) -> str:
    """The code of a bind that did not come to be: what an operator looks at first."""
    if isinstance(error, CertificateRefused):
        return "certificate"
    return "refused" if isinstance(error, exceptions.PDUError) else "unreachable"


def _id(answer: Any) -> str:
    value = answer.message_id or b""
    raw = value if isinstance(value, bytes) else value.encode("latin-1", errors="ignore")
    return raw.rstrip(b"\0").decode("ascii", errors="ignore")[:64]
