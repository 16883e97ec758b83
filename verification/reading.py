"""What was read from a photograph of a document, as it is kept with the capture: plain data, so that it may be encrypted.

{"side", "turned", "fields": {name: {"text", "confidence", "review"}},
 "quality": [{"code", "score", "threshold", "unit", "level", "found"}],
 "engine", "engine_version", "quality_version", "threshold", "milliseconds", "quality_milliseconds"}

`turned` is the clockwise turn in degrees that brings the card upright, `milliseconds` the time to locate and read,
`quality_milliseconds` the time to judge the photograph.
"""

import time

from registration.models import Capture
from verification.engines import engines
from verification.engines.base import DocumentReading, Finding
from verification.engines.ocr.parse import SURE
from verification.engines.quality import VERSION, examine
from verification.pictures import picture_of

Reading = dict


def read(capture: Capture) -> Reading:
    """Look at a photograph of a document: locate it, judge its quality, read it. About a second."""
    picture = picture_of(capture)
    reader = engines().document
    started = time.monotonic()
    located = reader.locate(picture)
    found = time.monotonic()
    findings = examine(picture, located)
    judged = time.monotonic()
    document = reader.read(picture, located=located)
    took = {"milliseconds": _ms(found - started + time.monotonic() - judged), "quality_milliseconds": _ms(judged - found)}
    return {**_plain(document, findings, engine=reader.name, version=reader.version), **took}


def reading_of(capture: Capture) -> Reading:
    """What was read when the capture was taken; read now where that did not happen."""
    return capture.reading if capture.read_at and capture.reading else read(capture)


def _plain(document: DocumentReading, findings: tuple[Finding, ...], *, engine: str, version: str) -> Reading:
    return {
        "side": document.side,
        "turned": document.located.turned,
        "fields": {
            name: {"text": field.text, "confidence": round(field.confidence, 4), "review": field.review}
            for name, field in document.fields.items()
        },
        "quality": [
            {
                "code": finding.code,
                "score": round(finding.score, 4),
                "threshold": finding.threshold,
                "unit": finding.unit,
                "level": finding.level,
                "found": finding.found,
            }
            for finding in findings
        ],
        "engine": engine,
        "engine_version": version,
        "quality_version": VERSION,
        "threshold": SURE,
    }


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
