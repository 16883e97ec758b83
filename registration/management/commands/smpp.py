"""`manage.py smpp`: hold a session with the SMSC, send what waits for it, and note its receipts, until told to end."""

import signal

from django.core.management.base import BaseCommand, CommandError

from registration.gateways.routes import route
from registration.gateways.smpp.process import Process
from registration.gateways.smpp.session import Account
from registration.states import Channel


class Command(BaseCommand):
    """The process of the SMPP gateway."""

    help = "Hold an SMPP session: send the text messages that wait, note receipts. Settings: docs/settings.md, SMPP_*."

    def handle(self, **options: object) -> None:
        """Run until SIGTERM or Ctrl-C. Raises CommandError where this gateway is not in use."""
        if "smpp" not in {gateway.name for gateway in route(Channel.SMS)}:
            raise CommandError("SMS_GATEWAY does not name smpp, so there is nothing to do.")
        process = Process(Account.from_settings())
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: setattr(process, "stop", True))
        process.run()
