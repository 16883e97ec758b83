"""`manage.py api_client`: which apps of the operator may register people."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser
from oauth2_provider.models import Application as Client

from realname.access.actor import SYSTEM
from registration.services.api_client import ClientUnknown, add_client, revoke_client


class Command(BaseCommand):
    """Ends with 1 and a sentence where there is no such client."""

    help = "Let apps of the operator use the registration API, list them, shut them out."

    def add_arguments(self, parser: CommandParser) -> None:
        """One verb each."""
        verbs = parser.add_subparsers(dest="verb", required=True)
        add = verbs.add_parser("add", help="let an app in; prints its id and, this once, its secret")
        add.add_argument("name", help="stands in the trail with all that comes by this app")
        verbs.add_parser("list", help="the apps that are let in")
        revoke = verbs.add_parser("revoke", help="shut an app out at once")
        revoke.add_argument("client_id")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run the verb."""
        getattr(self, options["verb"])(**options)

    def add(self, *, name: str, **options: Any) -> None:
        """The secret is printed and never again to be had."""
        client, secret = add_client(actor=SYSTEM, name=name)
        self.stdout.write(f"client_id     {client.client_id}\nclient_secret {secret}")

    def list(self, **options: Any) -> None:
        """One a line."""
        for client in Client.objects.order_by("created"):
            self.stdout.write(f"{client.client_id}  {client.created:%Y-%m-%d}  {client.name}")

    def revoke(self, *, client_id: str, **options: Any) -> None:
        """What it has begun is closed to it too."""
        try:
            revoke_client(actor=SYSTEM, client_id=client_id)
        except ClientUnknown:
            raise CommandError("There is no client with this id.") from None
        self.stdout.write("Shut out.")
