"""`manage.py engine …`: what the engines say of files (docs/engines/)."""

import sys

from django.core.management.base import BaseCommand, CommandError, CommandParser

from verification.console import active, calibrate, document, face_match, liveness, ocr
from verification.console.lines import write
from verification.engines.manifest import ModelError

ACTS = {
    "document": document,
    "ocr": ocr,
    "face-match": face_match,
    "calibrate": calibrate,
    "liveness": liveness,
    "active": active,
}
WRONG_USAGE = 2


class Command(BaseCommand):
    """Judge files with one engine: one JSON object a line, in the order given."""

    help = "Judges image files with one engine; writes one JSON object a line. Needs no server and no database."
    requires_system_checks = []

    def add_arguments(self, parser: CommandParser) -> None:
        """One subcommand for each act."""
        acts = parser.add_subparsers(dest="act", required=True, metavar="ACT")
        for name, act in ACTS.items():
            act.add_arguments(acts.add_parser(name, help=act.HELP, description=act.HELP))

    def handle(self, *, act: str, **options) -> None:
        """Run the act. Exit code 2 for wrong usage, 1 where a model file is missing or altered."""
        try:
            write(ACTS[act].run(**options), sys.stdout)
        except ValueError as error:
            raise CommandError(str(error), returncode=WRONG_USAGE) from error
        except ModelError as error:
            raise CommandError(str(error)) from error
        except BrokenPipeError:
            # whoever read the lines has seen enough
            sys.stderr.close()
