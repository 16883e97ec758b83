"""What was read from a photograph of a document, as it is kept with the capture: plain data, so that it may be encrypted.

{"side", "turned", "fields": {name: {"text", "confidence", "review"}},
 "quality": [{"code", "score", "threshold", "unit", "level", "found"}],
 "engine", "engine_version", "quality_version", "threshold", "milliseconds", "quality_milliseconds"}

`side` is front, back or other (nothing of what was wanted was seen). A name of a machine-readable zone has "zone", too: its parts as
they stand there. `turned` is the clockwise turn in degrees that brings the document upright, `milliseconds` the time to locate and
read, `quality_milliseconds` the time to judge the photograph.
"""

import time
from collections.abc import Mapping

import numpy as np

from registration.documents.base import DocumentType, Image
from registration.models import Capture
from verification.engines import engines
from verification.engines.base import FieldRead, Finding, LocatedCard
from verification.engines.ocr.parse import SURE
from verification.engines.quality import VERSION, examine
from verification.pictures import picture_of
from verification.zones import fields_of

Reading = dict
# A page has no outline of a card, and black print on white is no sign of a copy there.
NOT_OF_PAGES = frozenset({"cut_off", "photocopy"})


def read(capture: Capture) -> Reading:
    """Look at a photograph of a document: locate it, judge its quality, read what a machine reads of it. About a second."""
    # a proof of the right to act is of no type of document, and nothing of it is read
    document, image = capture.identity.document, capture.image
    picture, locator = picture_of(capture), engines().locator
    started = time.monotonic()
    located = locator.locate(picture)
    found = time.monotonic()
    findings = [finding for finding in examine(picture, located) if image.shape == "card" or finding.code not in NOT_OF_PAGES]
    judged = time.monotonic()
    said = READERS[image.reads](picture, located, document, image)
    took = {"milliseconds": _ms(found - started + time.monotonic() - judged), "quality_milliseconds": _ms(judged - found)}
    return {**said, "quality": [_finding(finding) for finding in findings], "quality_version": VERSION, "threshold": SURE, **took}


def reading_of(capture: Capture) -> Reading:
    """What was read when the capture was taken; read now where that did not happen."""
    return capture.reading if capture.read_at and capture.reading else read(capture)


def _read_print(picture: np.ndarray, located: LocatedCard, document: DocumentType, image: Image) -> Reading:
    """A card in the layout of the resident ID card, with the fields that this type has."""
    reader = engines().document
    card = reader.read(picture, located=located)
    fields = {name: _field(field) for name, field in card.fields.items() if document.has(name)}
    return _said(card.side, card.located.turned, fields, engine=reader.name, version=reader.version)


def _read_zone(picture: np.ndarray, located: LocatedCard, document: DocumentType, image: Image) -> Reading:
    """The machine-readable zone."""
    reader = engines().zone
    seen = reader.read(picture, located=located)
    fields = fields_of(seen, document) if seen.zone else {}
    return _said(image.side if fields else "other", seen.turned, fields, engine=reader.name, version=reader.version)


def _read_nothing(picture: np.ndarray, located: LocatedCard, document: DocumentType, image: Image) -> Reading:
    """What no machine reads: nobody can say that it is not what was asked for."""
    locator = engines().locator
    return _said(image.side, located.turned, {}, engine=locator.name, version=locator.version)


READERS = {"ocr": _read_print, "mrz": _read_zone, "": _read_nothing}


def _said(side: str, turned: int, fields: Mapping[str, dict], *, engine: str, version: str) -> Reading:
    return {"side": side, "turned": turned, "fields": fields, "engine": engine, "engine_version": version}


def _field(field: FieldRead) -> dict:
    return {"text": field.text, "confidence": round(field.confidence, 4), "review": field.review}


def _finding(finding: Finding) -> dict:
    return {
        "code": finding.code,
        "score": round(finding.score, 4),
        "threshold": finding.threshold,
        "unit": finding.unit,
        "level": finding.level,
        "found": finding.found,
    }


def _ms(seconds: float) -> int:
    return round(seconds * 1000)
