"""`manage.py numbers`: take numbers into stock, and see what the stock holds."""

from pathlib import Path
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from django.db.models import Count

from realname.access.actor import SYSTEM
from realname.ids.errors import InvalidInput
from registration.errors import StockRefused
from registration.models import Number
from registration.numbers import available_numbers
from registration.services.stock_numbers import numbers_between, numbers_in_file, stock_numbers
from registration.states import NumberStatus, Pattern


class Command(BaseCommand):
    """Ends with 1 and a sentence where a list is refused; nothing of it is taken then."""

    help = "Take numbers into stock, and see what the stock holds."

    def add_arguments(self, parser: CommandParser) -> None:
        """One verb each."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        load = verbs.add_parser("load", help="take a range or a CSV file of numbers into stock; done twice it adds nothing")
        load.add_argument("--range", nargs=2, metavar=("FIRST", "LAST"), help="all numbers from FIRST to LAST")
        load.add_argument("--file", type=Path, help="a CSV file in UTF-8, one number in the first column of each row")
        load.add_argument("--region", default="", help="where they belong, in words")
        show = verbs.add_parser("list", help="count the numbers by status, and list some that are available")
        show.add_argument("--ending", default="", help="only those that end in these digits")
        show.add_argument("--pattern", default="", choices=["", *Pattern.values], help="only those of this pattern")
        show.add_argument("--without-four", action="store_true", help="only those without a 4")
        show.add_argument("--after", default="", help="only those that follow this number")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the verb."""
        try:
            getattr(self, options["verb"])(**options)
        except StockRefused as refusal:
            raise CommandError(refusal.message) from None
        except (InvalidInput, OSError) as error:
            raise CommandError(str(error)) from None

    def load(self, **options: Any) -> None:
        """Load; all or nothing."""
        if bool(options["range"]) == bool(options["file"]):
            raise CommandError("Give either --range FIRST LAST or --file PATH.")
        numbers = numbers_between(*options["range"]) if options["range"] else numbers_in_file(options["file"].read_bytes())
        added = stock_numbers(actor=SYSTEM, numbers=numbers, region=options["region"])
        self.stdout.write(f"{len(numbers):,} numbers listed, {added:,} new in stock.")

    def list(self, **options: Any) -> None:
        """Count, and the first page."""
        counted = dict(Number.objects.values_list("status").annotate(Count("pk")))
        for status in NumberStatus:
            self.stdout.write(f"{status.value:<12}{counted.get(status.value, 0):>12,}")
        wish = {name: options[name] for name in ("ending", "pattern", "without_four", "after")}
        for number in available_numbers(**wish):
            self.stdout.write(f"{number.number}  {number.pattern}")
