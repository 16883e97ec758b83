"""`engine ocr FILE…`: what a document says, field by field."""

from collections.abc import Iterator

from django.core.management.base import CommandParser

from verification.console.lines import Line, judged, picture
from verification.engines import engines

HELP = "The fields of photographs of resident ID cards, each with its confidence."


def add_arguments(parser: CommandParser) -> None:
    """The files."""
    parser.add_argument("files", nargs="+", metavar="FILE")


def run(*, files: list[str], **options) -> Iterator[Line]:
    """One line a file."""
    return judged(files, _judge)


def _judge(path: str) -> Line:
    reading = engines().document.read(picture(path))
    return {
        "side": reading.side,
        "fields": {name: {"text": field.text, "confidence": field.confidence} for name, field in reading.fields.items()},
        "review": list(reading.for_review),
    }
