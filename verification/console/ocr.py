"""`engine ocr FILE…`: what a document says, field by field (docs/engines/ocr.md)."""

import time
from collections.abc import Iterator

from django.core.management.base import CommandParser

from verification.console.lines import Line, judged, picture
from verification.engines import engines
from verification.engines.base import FieldRead
from verification.engines.ocr.reads import LONG_TERM

# what the card prints for what we keep in one form for all documents
PRINTED = {"male": "男", "female": "女", LONG_TERM: "长期"}
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
        "fields": {name: _field(name, field) for name, field in reading.fields.items()},
        "review": list(reading.for_review),
        "milliseconds": {"decode": round(1000 * (decoded - started), 1), **reading.milliseconds},
        "engine": reader.name,
        "version": reader.version,
    }


def _field(name: str, field: FieldRead) -> Line:
    return {"text": field.text, "printed": _printed(name, field.text), "confidence": field.confidence}


def _printed(name: str, text: str) -> str:
    """As the card has it: 男, 1985年7月1日, 2015.03.01, 长期."""
    if name == "birth":
        year, month, day = (int(part) for part in text.split("-"))
        return f"{year}年{month}月{day}日"
    if name in {"valid_from", "valid_to"} and text != LONG_TERM:
        return text.replace("-", ".")
    return PRINTED.get(text, text)
