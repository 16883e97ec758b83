"""A deliver_sm as a receipt (SMPP 3.4 appendix B and section 5.3.2)."""

import re
from collections.abc import Mapping
from typing import Any

from registration.gateways.base import Receipt
from registration.gateways.smpp.causes import cause_of
from registration.states import FailureCause

# section 5.2.12: bits 5 to 2 of esm_class say what a deliver_sm is; 0001 is an SMSC delivery receipt
KIND_MASK, RECEIPT = 0x3C, 0x04
STATES = {2: "DELIVRD", 3: "EXPIRED", 4: "DELETED", 5: "UNDELIV", 7: "UNKNOWN", 8: "REJECTD"}  # section 5.2.28, the final ones
FIELD = {name: re.compile(rb"(?:^|\s)" + name.encode() + rb":([!-~]{1,65})(?:\s|$)", re.IGNORECASE) for name in ("id", "stat", "err")}


def read_receipt(pdu: Any, *, gateway: str, named: Mapping[str, FailureCause]) -> Receipt | None:
    """What a deliver_sm reports; None for what is no receipt, or none of an end. Optional parameters go before the text."""
    if (pdu.esm_class or 0) & KIND_MASK != RECEIPT:
        return None
    text = bytes(pdu.short_message or b"")
    message_id = _text(getattr(pdu, "receipted_message_id", None)) or _field(text, "id")
    state = STATES.get(getattr(pdu, "message_state", None) or 0) or _field(text, "stat").upper()
    if not message_id or state not in STATES.values():
        return None
    if state == "DELIVRD":
        return Receipt(gateway, message_id, arrived=True)
    return Receipt(gateway, message_id, arrived=False, cause=cause_of(state=state, error=_field(text, "err"), named=named))


def _field(text: bytes, name: str) -> str:
    found = FIELD[name].search(text)
    return found.group(1).decode("ascii") if found else ""


def _text(value: bytes | str | None) -> str:
    raw = value if isinstance(value, bytes) else (value or "").encode("latin-1", errors="ignore")
    raw = raw.rstrip(b"\0")
    return raw.decode("ascii") if raw.isascii() and len(raw) <= 64 else ""
