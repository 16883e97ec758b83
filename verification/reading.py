"""What was read from a photograph of a document, as it is kept with the capture: plain data, so that it may be encrypted.

{"side", "fields": {name: {"text", "confidence", "review"}}, "quality": [{"code", "score", "threshold", "unit", "level", "found"}],
 "engine", "engine_version", "quality_version", "threshold", "milliseconds"}
"""

import time

from registration.models import Capture
from verification.engines import engines
from verification.engines.base import DocumentReading, Finding
from verification.engines.parse import SURE
from verification.engines.quality import VERSION, examine
from verification.pictures import picture_of

Reading = dict


def read(capture: Capture) -> Reading:
    """Look at a photograph of a document: locate it, judge its quality, read it. About a second."""
    started = time.monotonic()
    picture = picture_of(capture)
    reader = engines().document
    located = reader.locate(picture)
    findings = examine(picture, located)
    document = reader.read(picture, located=located)
    return _plain(document, findings, engine=reader.name, version=reader.version, seconds=time.monotonic() - started)


def reading_of(capture: Capture) -> Reading:
    """What was read when the capture was taken; read now where that did not happen."""
    return capture.reading if capture.read_at and capture.reading else read(capture)


def _plain(document: DocumentReading, findings: tuple[Finding, ...], *, engine: str, version: str, seconds: float) -> Reading:
    return {
        "side": document.side,
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
        "milliseconds": round(seconds * 1000),
    }
