"""Checks held where a test wants them: waiting, or in the middle of their work."""

import contextlib
from collections.abc import Iterator
from datetime import timedelta

from django.db import connection, transaction
from django.utils import timezone

from registration.models import Application
from tests.pipeline.applicants import wait_until
from tests.pipeline.workers import Workers
from verification.models import Check
from verification.pipeline import RUNNERS
from verification.services.open_checks import open_checks
from verification.services.run_check import run_check
from verification.services.send_checks import send
from verification.states import CheckKind, CheckStatus

LATER = timedelta(hours=1)


def open_but_held(application: Application) -> dict[str, Check]:
    """Open the application's checks so that no worker touches one until it is let go."""
    with transaction.atomic():
        open_checks(application_id=application.pk)
        checks = Check.objects.filter(application=application)
        checks.update(not_before=timezone.now() + LATER, sent_at=None)
    return {check.kind: check for check in checks}


def let_go(checks: dict[str, Check], *kinds: str) -> None:
    """These checks (default: all that have not ended) are due."""
    Check.objects.filter(pk__in=[check.pk for kind, check in checks.items() if kind in kinds or not kinds]).update(
        not_before=timezone.now()
    )


def run_forerunners(checks: dict[str, Check], kind: CheckKind) -> None:
    """What the check waits for ends, here and now."""
    for before in (each for each in RUNNERS[kind].after if each in checks):
        let_go(checks, before)
        run_check(check_id=checks[before].pk)


@contextlib.contextmanager
def table_held(table: str) -> Iterator[None]:
    """Whoever reads the table waits until the end of this block."""
    # on a connection of its own, so that what the test itself writes is committed at once
    holder = connection.get_new_connection(connection.get_connection_params())
    try:
        holder.cursor().execute(f"LOCK TABLE {table} IN ACCESS EXCLUSIVE MODE")
        yield
    finally:
        holder.close()


def claimed(check: Check) -> bool:
    """Is a worker at work on it?"""
    return Check.objects.filter(pk=check.pk, status=CheckStatus.RUNNING).exists()


def send_and_await_claim(workers: Workers, check: Check, *, group: str) -> None:
    """Hand one check to the queue; answers when a worker has it."""
    send([check])
    wait_until(lambda: claimed(check), seconds=60, what=lambda: (Check.objects.filter(pk=check.pk).values(), workers.log(group)))
