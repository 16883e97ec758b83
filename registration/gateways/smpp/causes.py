"""What an SMSC's numbers mean: of refused messages, and of receipts."""

from collections.abc import Mapping

from smpplib import consts

from registration.gateways.base import NotSent
from registration.states import FailureCause

# SMPP 3.4 section 5.1.3: "later", not "never"
LATER = frozenset({consts.SMPP_ESME_RTHROTTLED, consts.SMPP_ESME_RMSGQFUL, consts.SMPP_ESME_RSYSERR, consts.SMPP_ESME_RX_T_APPN})
REFUSALS = {
    consts.SMPP_ESME_RINVDSTADR: FailureCause.NUMBER_INVALID,
    consts.SMPP_ESME_RINVDSTTON: FailureCause.NUMBER_INVALID,
    consts.SMPP_ESME_RINVDSTNPI: FailureCause.NUMBER_INVALID,
    consts.SMPP_ESME_RINVMSGLEN: FailureCause.CONTENT_REFUSED,
    consts.SMPP_ESME_RX_R_APPN: FailureCause.CONTENT_REFUSED,
}
# The `err:` of a receipt is the network's own. Most give the error codes of MAP (3GPP TS 29.002 section 17.6.6); others are
# told to us by SMPP_ERROR_CAUSES.
MAP_ERRORS = {
    1: FailureCause.NUMBER_INACTIVE,  # unknown subscriber
    5: FailureCause.NUMBER_INACTIVE,  # unidentified subscriber
    6: FailureCause.PHONE_UNREACHABLE,  # absent subscriber
    9: FailureCause.NUMBER_INACTIVE,  # illegal subscriber
    11: FailureCause.PHONE_BLOCKS,  # teleservice not provisioned
    13: FailureCause.PHONE_BLOCKS,  # call barred
    27: FailureCause.PHONE_UNREACHABLE,  # absent subscriber
    31: FailureCause.PHONE_UNREACHABLE,  # subscriber busy
}


def not_taken(status: int) -> NotSent:
    """What the refusal of a submit_sm means. The SMSC answered, so it surely has not taken the message."""
    if status in LATER:
        return NotSent(FailureCause.GATEWAY_BUSY, later=True, certain=True)
    return NotSent(REFUSALS.get(status, FailureCause.UNKNOWN), later=False, certain=True)


def cause_of(*, state: str, error: str, named: Mapping[str, FailureCause]) -> FailureCause:
    """Why a message did not arrive, from the receipt's state and error; `named` are the operator's own error codes."""
    if error in named:
        return named[error]
    if error.isascii() and error.isdecimal() and (cause := MAP_ERRORS.get(int(error))):
        return cause
    # its time ran out while the network tried: the phone did not answer
    return FailureCause.PHONE_UNREACHABLE if state == "EXPIRED" else FailureCause.UNKNOWN
