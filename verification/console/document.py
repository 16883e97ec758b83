"""`engine document FILE…`: the side, the kind of document, and what is wrong with the photograph (docs/engines/ocr.md)."""

from collections.abc import Iterator

from django.core.management.base import CommandParser

from verification.console.lines import Line, judged, picture
from verification.engines import engines
from verification.engines.base import Finding
from verification.engines.quality import VERSION, examine

HELP = "Side, type and quality findings of photographs of documents."


def add_arguments(parser: CommandParser) -> None:
    """The files."""
    parser.add_argument("files", nargs="+", metavar="FILE")


def run(*, files: list[str], **options) -> Iterator[Line]:
    """One line a file."""
    return judged(files, _judge)


def _judge(path: str) -> Line:
    bgr = picture(path)
    reader = engines().document
    located = reader.locate(bgr)
    side = reader.read(bgr, located=located).side
    return {
        "side": side,
        "document": None if side == "other" else "resident_id_card",
        "findings": {finding.code: _plain(finding) for finding in examine(bgr, located)},
        "version": VERSION,
    }


def _plain(finding: Finding) -> Line:
    return {
        "score": finding.score,
        "threshold": finding.threshold,
        "unit": finding.unit,
        "level": finding.level,
        "found": finding.found,
    }
