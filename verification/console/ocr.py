"""`engine ocr FILE…`: what a document says, field by field (docs/engines/ocr.md)."""

import time
from collections.abc import Iterator

from django.core.management.base import CommandParser

from verification.console.lines import Line, judged, picture
from verification.engines import engines

HELP = "The fields of photographs of resident ID cards, each with its confidence, and which of them a person should look at."


def add_arguments(parser: CommandParser) -> None:
    """The files."""
    parser.add_argument("files", nargs="+", metavar="FILE")


def run(*, files: list[str], **options) -> Iterator[Line]:
    """One line a file."""
    return judged(files, _judge)


def _judge(path: str) -> Line:
    started = time.perf_counter()
    bgr = picture(path)
    decoded = time.perf_counter()
    reader = engines().document
    reading = reader.read(bgr)
    return {
        "side": reading.side,
        "fields": {name: {"text": field.text, "confidence": field.confidence} for name, field in reading.fields.items()},
        "review": list(reading.for_review),
        "milliseconds": {"decode": round(1000 * (decoded - started), 1), **reading.milliseconds},
        "engine": reader.name,
        "version": reader.version,
    }
