"""The one that holds the session: takes messages from the database, submits them, and notes receipts."""

import random
import time
from typing import Any

import structlog
from django.db import DatabaseError, connection
from smpplib import consts

from registration.gateways.routes import gateway_named
from registration.gateways.smpp.receipts import read_receipt
from registration.gateways.smpp.session import Account, Session, SessionLost
from registration.models import Delivery
from registration.services.hand_over import hand_over
from registration.services.note_receipt import note_receipt

log = structlog.get_logger(__name__)
# Seconds between two looks into the database, during which the session is listened to.
LOOK_SECONDS = 0.2
# Seconds between attempts to bind: full jitter up to a bound that doubles.
FIRST_PAUSE, LONGEST_PAUSE = 0.5, 30.0


class Process:
    """Runs until `stop` is set. Several may run, each with a session of its own: a message is claimed by one."""

    def __init__(self, account: Account) -> None:
        self.account = account
        self.stop = False
        self._gateway = gateway_named("smpp")

    def run(self) -> None:
        """Bind and serve; bind again, later and later, where that fails."""
        pause = FIRST_PAUSE
        while not self.stop:
            try:
                session = Session(self.account, on_deliver=self.on_deliver)
            except SessionLost as lost:
                log.warning("smpp_not_bound", reason=lost.reason, pause=pause)
                self._rest(random.uniform(pause / 2, pause))  # noqa: S311
                pause = min(pause * 2, LONGEST_PAUSE)
                continue
            pause = FIRST_PAUSE
            log.info("smpp_bound")
            self._serve(session)

    def on_deliver(self, pdu: Any) -> int:
        """Note a receipt, then acknowledge it: what can't be noted now is sent to us again."""
        receipt = read_receipt(pdu, gateway=self._gateway.name, named=self.account.error_causes)
        if receipt is None:
            return consts.SMPP_ESME_ROK
        try:
            note_receipt(receipt)
        except DatabaseError as error:
            self._database_lost(error)
            return consts.SMPP_ESME_RX_T_APPN
        return consts.SMPP_ESME_ROK

    def _serve(self, session: Session) -> None:
        self._gateway.session = session
        try:
            while not self.stop and session.alive:
                if not self._hand_over_next():
                    session.listen(LOOK_SECONDS)
            session.unbind()
        except SessionLost as lost:
            log.warning("smpp_session_ended", reason=lost.reason)
        finally:
            self._gateway.session = None
            session.close()

    def _hand_over_next(self) -> bool:
        try:
            due = Delivery.objects.due().filter(gateway=self._gateway.name).values_list("pk", flat=True).first()
            if due is not None:
                hand_over(delivery_id=due)
        except DatabaseError as error:
            self._database_lost(error)
            return False
        return due is not None

    def _database_lost(self, error: DatabaseError) -> None:
        """The next look opens a new connection; meanwhile the session is kept."""
        log.warning("smpp_database_lost", error=type(error).__name__)
        connection.close()

    def _rest(self, seconds: float) -> None:
        end = time.monotonic() + seconds
        while not self.stop and time.monotonic() < end:
            time.sleep(0.05)
