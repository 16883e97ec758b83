"""`engine active --challenge STEP,… FILE|DIR|VIDEO…`: whether the steps of a challenge were done."""

from collections.abc import Iterator

from django.core.management.base import CommandParser

from verification.console.lines import Line

HELP = "Whether each step of a challenge was done, at which frame, and why not."


def add_arguments(parser: CommandParser) -> None:
    """The challenge and the frames."""
    parser.add_argument("--challenge", required=True, metavar="STEP,…")
    parser.add_argument("files", nargs="+", metavar="FILE|DIR|VIDEO")


def run(*, files: list[str], **options) -> Iterator[Line]:
    """One line for each video, folder or burst."""
    raise NotImplementedError
