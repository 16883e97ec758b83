"""`engine liveness FILE…`: whether a selfie is of a live face."""

from collections.abc import Iterator

from django.core.management.base import CommandParser

from verification.console.lines import Line

HELP = "Passive liveness of selfies; with labels it ends with APCER and BPCER (ISO/IEC 30107-3)."


def add_arguments(parser: CommandParser) -> None:
    """The files, or a table of them with labels."""
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--labels", metavar="CSV", help="columns path,label,species")


def run(*, files: list[str], **options) -> Iterator[Line]:
    """One line a file."""
    raise NotImplementedError
