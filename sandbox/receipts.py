"""How messages and calls ended, reported to who sent them (docs/outside.md)."""

import json
import secrets
import threading
import time
import urllib.error
import urllib.request
from urllib.parse import urlsplit

from sandbox.faults import Fault, Faults
from sandbox.signing import request_signature
from sandbox.state import State

# Seconds from a message to its receipt, and between two attempts to report it.
DELAY_SECONDS = 1.0
RETRY_SECONDS = (2, 10, 30)
TIMEOUT_SECONDS = 5
NO_RECEIPT = "SILENT"


class Reporter:
    """Reports each message by a thread of its own; a restart forgets what was not reported yet, as gateways do too."""

    def __init__(self, state: State, faults: Faults, *, address: str, key: str) -> None:
        self._state = state
        self._faults = faults
        self._address = address
        self._key = key

    def report(self, *, gateway: str, message_id: str, key: str, phone: str) -> None:
        """Report, after a while, how the message ended: by the phone's outcome, and the fault that strikes receipts."""
        outcome = self._state.outcome(phone)
        if not self._address or outcome == NO_RECEIPT:
            return
        fault = self._faults.strike("receipts")
        receipt = {"gateway": gateway, "message_id": message_id, "idempotency_key": key}
        receipt |= {"state": "delivered"} if outcome == "DELIVERED" else {"state": "failed", "cause": outcome}
        threading.Thread(target=self._send_later, args=(receipt, fault), daemon=True).start()

    def _send_later(self, receipt: dict, fault: Fault) -> None:
        if fault.kind == "hang":
            return
        time.sleep(fault.milliseconds / 1000 if fault.kind == "latency" else DELAY_SECONDS)
        for _ in range(2 if fault.kind == "twice" else 1):
            for pause in (*RETRY_SECONDS, 0):
                if self._send(receipt):
                    break
                time.sleep(pause)

    def _send(self, receipt: dict) -> bool:
        body = json.dumps(receipt).encode()
        target = urlsplit(self._address).path
        timestamp, nonce = str(int(time.time())), secrets.token_hex(16)
        signature = request_signature(self._key, "POST", target, timestamp, nonce, body)
        headers = {"Content-Type": "application/json", "X-Timestamp": timestamp, "X-Nonce": nonce, "X-Signature": signature}
        request = urllib.request.Request(self._address, body, headers)  # noqa: S310
        try:
            with urllib.request.build_opener(urllib.request.ProxyHandler({})).open(request, timeout=TIMEOUT_SECONDS):
                return True
        except urllib.error.HTTPError as error:
            # a refusal stays one
            return error.code < 500
        except (OSError, ValueError):
            return False
