"""smpplib's client on a socket that is bounded: each wait has an end, each PDU a size, and TLS knows whom it speaks to."""

import logging
import socket
import ssl
import struct
import time
from typing import Any

from smpplib import consts, exceptions, smpp
from smpplib.client import Client

# A submit_sm with its text and a dozen optional parameters has some 400 octets.
MAX_PDU = 8192
HEADER = 16
# it logs whole PDUs, with number and text, below this
logging.getLogger("smpplib").setLevel(logging.WARNING)
_UNREADABLE = (exceptions.UnknownCommandError, exceptions.PDUError, struct.error, LookupError, ValueError, TypeError, AttributeError)


class CertificateRefused(exceptions.ConnectionError):
    """Who answers is not whom we are to speak to: nothing was said to them."""


class WireClient(Client):
    """One connection. `deadline` (time.monotonic) bounds the next reads. Raises smpplib's ConnectionError where it is lost."""

    def __init__(self, host: str, port: int, *, tls: ssl.SSLContext | None, seconds: float) -> None:
        super().__init__(host, port, timeout=seconds, logger_name="smpplib", ssl_context=tls, allow_unknown_opt_params=True)
        self.deadline = time.monotonic() + seconds
        self._buffer = bytearray()

    def connect(self) -> None:
        """Open the connection, and TLS upon it where it is asked for. Raises CertificateRefused, smpplib's ConnectionError."""
        try:
            plain = socket.create_connection((self.host, self.port), timeout=self.timeout)
            plain.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
            tls = self._ssl_context
            self._socket = tls.wrap_socket(plain, server_hostname=self.host) if tls else plain
        except ssl.SSLCertVerificationError:
            raise CertificateRefused from None
        except OSError:
            raise exceptions.ConnectionError from None
        self.state = consts.SMPP_CLIENT_STATE_OPEN

    def read_pdu(self) -> Any:
        """The next PDU. Raises TimeoutError at the deadline, keeping what has come of an unfinished one."""
        while (raw := self._whole()) is None:
            left = self.deadline - time.monotonic()
            if left <= 0:
                raise TimeoutError
            self._receive(left)
        try:
            pdu = smpp.parse_pdu(raw, client=self, allow_unknown_opt_params=True)
        except _UNREADABLE:
            raise exceptions.ConnectionError from None
        if not pdu.is_error() and pdu.command in consts.STATE_SETTERS:
            self.state = consts.STATE_SETTERS[pdu.command]
        return pdu

    def close(self) -> None:
        """Let the connection go, whatever its state."""
        self.state = consts.SMPP_CLIENT_STATE_OPEN
        self.disconnect()

    def _whole(self) -> bytes | None:
        if len(self._buffer) < HEADER:
            return None
        (length,) = struct.unpack_from(">L", self._buffer)
        if not HEADER <= length <= MAX_PDU:
            raise exceptions.ConnectionError
        if len(self._buffer) < length:
            return None
        raw = bytes(self._buffer[:length])
        del self._buffer[:length]
        return raw

    def _receive(self, seconds: float) -> None:
        try:
            self._socket.settimeout(seconds)
            chunk = self._socket.recv(MAX_PDU)
        except TimeoutError:
            raise
        except OSError:
            raise exceptions.ConnectionError from None
        if not chunk:
            raise exceptions.ConnectionError
        self._buffer += chunk
