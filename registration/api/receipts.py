"""The HTTP gateways report how messages and calls ended: signed, and harmless however often and in whatever order (docs/outside.md)."""

import json
from uuid import UUID

import structlog
from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from registration.api.signed import refusal_at_the_door
from registration.gateways.base import Receipt
from registration.gateways.routes import GATEWAYS
from registration.services.note_receipt import note_receipt
from registration.states import FailureCause

log = structlog.get_logger(__name__)
MAX_ID = 100
STATES = {"delivered": True, "failed": False}


class NoReceipt(ValueError):
    """What came is none; the text says why and repeats nothing of it."""


@csrf_exempt
@never_cache
@require_POST
def receipts(request: HttpRequest) -> JsonResponse:
    """Note one receipt. 200 also where it changes nothing; 400 for what is none, 401 unless signed, 413 for too much."""
    if refusal := refusal_at_the_door(request, key=settings.RECEIPT_KEY, nonces="receipt"):
        return refusal
    try:
        receipt = read(request.body)
    except NoReceipt as reason:
        log.warning("receipt_unreadable", reason=str(reason))
        return JsonResponse({"error": "invalid", "message": str(reason)}, status=400)
    note_receipt(receipt)
    return JsonResponse({"status": "noted"})


def read(body: bytes) -> Receipt:
    """A receipt from JSON: {gateway, message_id, idempotency_key, state, cause?}. Raises NoReceipt."""
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        raise NoReceipt("The body is not JSON.") from None
    if not isinstance(content, dict):
        raise NoReceipt("A receipt is an object.")
    gateway, message_id, state = (content.get(name) for name in ("gateway", "message_id", "state"))
    if gateway not in [each.name for each in GATEWAYS.values() if not each.in_own_process]:
        raise NoReceipt("gateway is http or http_voice.")
    if not isinstance(message_id, str) or not 0 < len(message_id) <= MAX_ID or "\0" in message_id or not message_id.isascii():
        raise NoReceipt("message_id is text of 1 to 100 characters of ASCII.")
    if not isinstance(state, str) or state not in STATES:
        raise NoReceipt("state is delivered or failed.")
    return Receipt(gateway, message_id, arrived=STATES[state], cause=_cause(content.get("cause")), key=_key(content.get("idempotency_key")))


def _cause(name: object) -> FailureCause:
    """A name we do not know is no reason to lose the receipt."""
    return FailureCause(name) if isinstance(name, str) and name in FailureCause.values else FailureCause.UNKNOWN


def _key(value: object) -> UUID | None:
    if value is None:
        return None
    try:
        return UUID(value)
    except (ValueError, TypeError, AttributeError):
        raise NoReceipt("idempotency_key is the one the message was sent with.") from None
