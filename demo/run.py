"""`python -m demo.run`: take the demo applicants through the running system and print how each ended.

Needs the addresses in BASE_URL and SANDBOX_URL and the database of the running system; script/demo gives it all of them.
"""

import argparse
import json
import os
import secrets
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import httpx
from rich.console import Console

# The made-up operator's numbers, of segment 192. The four digits behind it would name a home location register (H0H1H2H3); 0000 is
# taken for one that nobody has [K]. None of them is ever called or written to: they are only chosen and registered.
STOCK = ("19200000000", "19200000999")


def main() -> int:
    """Walk, wait, print; 1 if any applicant did not end as expected."""
    parser = argparse.ArgumentParser(prog="python -m demo.run", description=__doc__)
    parser.add_argument("--json", type=Path, metavar="FILE", help="also write the table as JSON")
    parser.add_argument("--parallel", type=int, default=3, metavar="N", help="applicants on their way at the same time (default 3)")
    options = parser.parse_args()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "realname.settings")
    import django
    from django.utils import translation

    django.setup()
    translation.activate("en")
    console = Console(highlight=False)
    rows = run(base_url=os.environ["BASE_URL"], sandbox_url=os.environ["SANDBOX_URL"], parallel=options.parallel, console=console)
    from demo.table import show

    show(rows, console)
    if options.json:
        options.json.write_text(json.dumps([row.as_json() for row in rows], ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
        console.print(f"Written to {options.json}.")
    wrong = [row.applicant for row in rows if not row.as_expected]
    console.print(
        f"{len(rows) - len(wrong)} of {len(rows)} applicants ended as expected." + (f" Not: {', '.join(wrong)}." if wrong else "")
    )
    return 1 if wrong else 0


def run(*, base_url: str, sandbox_url: str, parallel: int, console: Console) -> list:
    """Take every applicant through, some at a time."""
    from demo.applicants import applicants
    from realname.access.actor import SYSTEM
    from registration.services.stock_numbers import numbers_between, stock_numbers

    people = applicants(run=secrets.randbelow(10_000))
    known = [{"name": person.card.name, "id_number": person.card.id_number} for person in people if person.known]
    # a bad check digit is nothing the authority could know
    stock_numbers(actor=SYSTEM, numbers=numbers_between(*STOCK))
    httpx.post(f"{sandbox_url}/identities", json=[each for each in known if _valid(each["id_number"])], timeout=30).raise_for_status()
    with ThreadPoolExecutor(max_workers=parallel) as pool:
        return list(pool.map(lambda person: _take_through(person, base_url, sandbox_url, console), people))


def _take_through(person, base_url: str, sandbox_url: str, console: Console):
    from django.db import connection

    from demo.outcome import OutcomeRow, outcome_of, texts_of
    from demo.walk import WalkFailed, walk

    def say(text: str) -> None:
        console.print(f"  {person.key:<22}{text}", style="dim")

    reference, failure = "", ""
    try:
        for earlier in person.lines_before:
            say(f"line {earlier}")
            _decided(walk(person, phone=earlier, base_url=base_url, sandbox_url=sandbox_url, say=lambda _text: None))
        reference = walk(person, phone=person.phone, base_url=base_url, sandbox_url=sandbox_url, say=say)
        say(f"submitted as {reference}")
        _decided(reference)
        status, reasons, seconds, checks = outcome_of(reference)
    except (WalkFailed, TimeoutError) as error:
        failure = str(error)
        status, reasons, seconds, checks = outcome_of(reference) if reference else ("not submitted", [], None, [])
    say(f"→ {status}")
    for_person, for_staff = texts_of(reasons)
    connection.close()
    return OutcomeRow(
        person.key,
        person.title,
        reference,
        person.expected,
        status,
        person.reason,
        reasons,
        seconds,
        for_person,
        for_staff,
        checks,
        failure,
    )


def _decided(reference: str) -> None:
    """Wait until the application has been decided. Raises TimeoutError."""
    from demo.walk import FINAL, VERIFY
    from registration.models import Application

    until = time.monotonic() + VERIFY
    while time.monotonic() < until:
        if Application.objects.filter(reference=reference, status__in=FINAL).exists():
            return
        time.sleep(0.2)
    raise TimeoutError(f"{reference} was not decided within {VERIFY} s")


def _valid(id_number: str) -> bool:
    from realname.ids import citizen_id

    try:
        citizen_id.parse(id_number)
    except citizen_id.InvalidCitizenID:
        return False
    return True


if __name__ == "__main__":
    sys.exit(main())
