"""`manage.py policy`: read the policy and its history. Nothing is changed here: two people at the desk do that."""

import json
from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from realname.policy.models import PolicyVersion
from realname.policy.parameters import all_parameters
from realname.policy.selectors import differences, snapshot, stored
from realname.policy.values import current


class Command(BaseCommand):
    """Reads only."""

    help = "Show the policy, its versions, and how two of them differ."

    def add_arguments(self, parser: CommandParser) -> None:
        """One verb each."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        show = verbs.add_parser("show", help="every parameter, as the version that acts now has it")
        show.add_argument("--version-number", type=int, help="another version")
        show.add_argument("--json", action="store_true", help="print JSON")
        verbs.add_parser("history", help="every version, newest first")
        diff = verbs.add_parser("diff", help="what differs between two versions; 0 is all defaults")
        diff.add_argument("before", type=int)
        diff.add_argument("after", type=int)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the verb."""
        try:
            getattr(self, options["verb"])(**options)
        except PolicyVersion.DoesNotExist:
            raise CommandError("There is no version of that number.") from None

    def show(self, **options: Any) -> None:
        """Parameter, value."""
        number = options["version_number"]
        version = current() if number is None else snapshot(number)
        values = {one.key: stored(one, version.values) for one in all_parameters()}
        if options["json"]:
            self.stdout.write(json.dumps({"version": version.number, "values": values}, ensure_ascii=False, indent=2))
            return
        self.stdout.write(f"version {version.number}")
        for key, value in values.items():
            self.stdout.write(f"{key} = {value}")

    def history(self, **options: Any) -> None:
        """Number, moment, people, reason, changes."""
        for version in PolicyVersion.objects.select_related("cancellation").defer("values"):
            cancelled = " (cancelled)" if hasattr(version, "cancellation") else ""
            people = f"{version.drafter_name}, {version.publisher_name}"
            self.stdout.write(f"{version.number}  {version.acts_from.isoformat()}{cancelled}  {people}: {version.reason}")
            for change in version.changes:
                self.stdout.write(f"    {change['key']}: {change['old']} → {change['new']}")

    def diff(self, **options: Any) -> None:
        """Parameter, before, after."""
        for change in differences(snapshot(options["before"]), snapshot(options["after"])):
            self.stdout.write(f"{change.key}: {change.old} → {change.new}")
