"""`manage.py kpis fold|rebuild`."""

from django.core.management.base import BaseCommand, CommandParser

from monitoring.services.fold_events import fold_events
from monitoring.services.rebuild_rollups import rebuild_rollups


class Command(BaseCommand):
    """Fold the trail into the KPIs."""

    help = "fold: count what is new. rebuild: count the whole trail anew; needed once after a KPI was added or altered."

    def add_arguments(self, parser: CommandParser) -> None:
        """One word."""
        parser.add_argument("act", choices=["fold", "rebuild"])

    def handle(self, *args: object, act: str, **options: object) -> None:
        """Do it, and say how many events were folded."""
        folded = fold_events() if act == "fold" else rebuild_rollups()
        self.stdout.write(f"{folded} events folded.")
