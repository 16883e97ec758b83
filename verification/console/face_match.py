"""`engine face-match --pairs CSV`: whether two photographs show one person."""

from collections.abc import Iterator

from django.core.management.base import CommandParser

from verification.console.lines import Line

HELP = "Compares pairs of faces; with labels it ends with EER, FMR and FNMR."


def add_arguments(parser: CommandParser) -> None:
    """The pairs."""
    parser.add_argument("--pairs", required=True, metavar="CSV", help="columns a,b and, for error rates, label (1 one person, 0 two)")


def run(*, pairs: str, **options) -> Iterator[Line]:
    """One line a pair."""
    raise NotImplementedError
