"""`manage.py retention`: run the daily erasure, say what it would do, what it did, or what is held."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.utils import timezone

from registration.models import FaceFiling, LegalHold, RetentionRun
from registration.retention import rules
from registration.retention.run import dry_run, run_batch, waiting_stop

_COLUMNS = ("rule", "day", "dry", "due", "erased", "held", "failed", "oldest", "ended_at")
_FILING_COLUMNS = ("people", "opened_on", "due_on", "filed_on", "authority", "reference", "assessment", "recorded_by")
_HOLD_COLUMNS = ("id", "person_id", "application_id", "line_id", "authority_reference", "placed_at", "until", "placed_by_name")


class Command(BaseCommand):
    """One verb each."""

    help = "Erase what is due by the rules of retention, or report on it."

    def add_arguments(self, parser: CommandParser) -> None:
        """The verb, one rule, and the form of the answer."""
        parser.add_argument("verb", choices=["run", "dry-run", "report", "holds", "filings"])
        parser.add_argument("--rule", default="", help="only this one")
        parser.add_argument("--json", action="store_true", help="print JSON")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it and print the runs. Ends with 1 where the erasure is stopped and nobody confirmed the clock."""
        only = options["rule"]
        if only and only not in {rule.name for rule in rules()}:
            raise CommandError(f"There is no rule {only!r}. There are: {', '.join(rule.name for rule in rules())}.")
        if options["verb"] == "run":
            while run_batch(only=only):
                pass
        rows = self._listed(options["verb"], only)
        if options["json"]:
            self.stdout.write(json.dumps(rows, default=str, indent=2))
        else:
            for row in rows:
                self.stdout.write("  ".join(f"{name}={value}" for name, value in row.items()))
        if options["verb"] == "run" and (stop := waiting_stop()):
            raise CommandError(f"Stopped: the last run was on {stop.last_run:%Y-%m-%d}. Compliance must confirm that the clock is right.")

    def _listed(self, verb: str, only: str) -> list[dict[str, Any]]:
        """Holds in force, filings of face data, or runs; the newest first."""
        if verb == "holds":
            return list(LegalHold.objects.acting(timezone.now()).values(*_HOLD_COLUMNS))
        if verb == "filings":
            return list(FaceFiling.objects.values(*_FILING_COLUMNS))
        runs = dry_run(only=only) if verb == "dry-run" else self._reported(only)
        return [{column: getattr(run, column) for column in _COLUMNS} for run in runs]

    def _reported(self, only: str) -> list[RetentionRun]:
        """The newest of each rule."""
        runs = RetentionRun.objects.filter(dry=False, **({"rule": only} if only else {}))
        return list(runs.order_by("rule", "-as_of").distinct("rule"))
