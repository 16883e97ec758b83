"""The operator's network reports what lines of things do: signed, and harmless however often and in whatever order (docs/iot.md)."""

import json
import re
from datetime import datetime
from typing import Any
from uuid import UUID

import structlog
from django.conf import settings
from django.http import HttpRequest, JsonResponse
from django.utils.dateparse import parse_datetime
from django.utils.timezone import is_aware
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from realname.ids import imei
from realname.ids import phone as phones
from registration.api.signed import refusal_at_the_door
from registration.iot.breaks import Seen
from registration.iot.places import ABROAD
from registration.services.iot.note_use import ReportRefused, note_use
from registration.states import IotFunction

log = structlog.get_logger(__name__)
# a terabyte: more than a line carries between two reports
MOST_BYTES = 10**12
_STATUS = {"time": 422, "unknown_line": 404, "id_used": 409}


class NoReport(ValueError):
    """What came is none; the text says why and repeats nothing of it."""


@csrf_exempt
@never_cache
@require_POST
def iot_use(request: HttpRequest) -> JsonResponse:
    """Note one report: 200 with how the line stands and what it broke, also when it came before; 400 for what is none, 401 unless
    signed, 404 where no line in use had the number then, 409 where its id was another report's, 413 for too much, 422 for its time."""
    if refusal := refusal_at_the_door(request, key=settings.NETWORK_KEY, nonces="network"):
        return refusal
    try:
        noted = note_use(read(request.body))
    except NoReport as reason:
        log.warning("iot_report_unreadable", reason=str(reason))
        return JsonResponse({"error": "invalid", "message": str(reason)}, status=400)
    except ReportRefused as refused:
        return JsonResponse({"error": refused.code}, status=_STATUS[refused.code])
    return JsonResponse({"status": "noted", "again": noted.again, "line": str(noted.status), "breaks": [str(one) for one in noted.breaks]})


def read(body: bytes) -> Seen:
    """A report from JSON: {report_id, number, at, imei, region, function, peer?, bytes?}. Raises NoReport."""
    try:
        content = json.loads(body)
    except (ValueError, RecursionError):
        raise NoReport("The body is not JSON.") from None
    if not isinstance(content, dict):
        raise NoReport("A report is an object.")
    function = _text(content, "function")
    if function not in IotFunction.values:
        raise NoReport("function is voice, sms or data.")
    return Seen(
        report_id=_id(_text(content, "report_id")),
        number=_number(_text(content, "number")),
        at=_moment(_text(content, "at")),
        device=_device(_text(content, "imei")),
        region=_region(_text(content, "region")),
        function=IotFunction(function),
        peer=_peer(content, function),
        bytes=_bytes(content.get("bytes", 0), function),
    )


def _text(content: dict[str, Any], name: str) -> str:
    value = content.get(name)
    if not isinstance(value, str) or not 0 < len(value) <= 64 or not value.isascii() or "\0" in value:
        raise NoReport(f"{name} is text of 1 to 64 characters of ASCII.")
    return value


def _id(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError:
        raise NoReport("report_id is a UUID, one for each report.") from None


def _number(text: str) -> str:
    try:
        return phones.parse(text, allow_iot=True).number
    except phones.InvalidPhone:
        raise NoReport("number is a number of a device.") from None


def _moment(text: str) -> datetime:
    try:
        moment = parse_datetime(text)
    except ValueError:
        moment = None
    if moment is None or not is_aware(moment):
        raise NoReport("at is a moment of ISO 8601 with its offset.")
    return moment


def _device(text: str) -> str:
    try:
        return imei.seen(text)
    except imei.InvalidImei:
        raise NoReport("imei has 14 to 16 digits: IMEI, with or without check digit, or IMEISV.") from None


def _region(text: str) -> str:
    if text != ABROAD and not re.fullmatch(r"[1-9][0-9]{5}", text):
        raise NoReport("region is six digits of GB/T 2260, or abroad.")
    return text


def _peer(content: dict[str, Any], function: str) -> str:
    if function == IotFunction.DATA:
        return ""
    peer = phones.normalise(_text(content, "peer"))
    if not re.fullmatch(r"[0-9+*#]{1,24}", peer):
        raise NoReport("peer is the number called or written to.")
    return peer


def _bytes(value: object, function: str) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value <= MOST_BYTES or value and function != IotFunction.DATA:
        raise NoReport("bytes is a whole number up to a terabyte, of data only.")
    return value
