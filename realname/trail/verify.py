"""Find any row or seal that was altered, taken away, exchanged or slipped in (P-ALL-4)."""

import multiprocessing
import time
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from django.db import connection, transaction

from realname.trail import anchor
from realname.trail.canonical import START
from realname.trail.chain import GENESIS
from realname.trail.genuine import body_of, seal_faults
from realname.trail.models import Seal
from realname.trail.ranges import Fault, SealedRange, check_group, check_in_own_process
from realname.trail.signing import trusted_keys

# what one process reads in one go; also how much is read again, seal by seal, to name a fault
GROUP_ROWS = 65_536
# below this a second process costs more than it saves
ROWS_FOR_PROCESSES = 50_000


@dataclass
class Report:
    """What was checked, what was not yet sealed, and every fault found."""

    seals: int = 0
    rows: int = 0
    unsealed: int = 0
    oldest_unsealed: datetime | None = None
    seconds: float = 0.0
    faults: list[Fault] = field(default_factory=list)

    @property
    def sound(self) -> bool:
        """Whether nothing is wrong."""
        return not self.faults


def verify_trail(*, processes: int = 2) -> Report:
    """Check the seals' chain, signatures and anchors, then every sealed row. Reads only; sealing may go on meanwhile."""
    started, report = time.monotonic(), Report()
    seals = list(Seal.objects.defer("marks").order_by("number"))
    report.seals, report.rows = len(seals), sum(seal.count for seal in seals)
    report.faults += _chain_faults(seals)
    report.faults += _anchor_faults(seals)
    report.faults += _row_faults(seals, processes if report.rows >= ROWS_FOR_PROCESSES else 1)
    report.unsealed, report.oldest_unsealed = _unsealed(seals)
    report.seconds = time.monotonic() - started
    return report


def _chain_faults(seals: list[Seal]) -> Iterator[Fault]:
    """Numbers without gap, ranges that touch, each hash of its content, each chained to the last, each signed."""
    keys, previous_hash, number, edge = trusted_keys(), GENESIS, 0, START
    for seal in seals:
        if seal.number != number + 1:
            yield Fault("missing_seal", f"Seal {number + 1} is missing before seal {seal.number}.", number + 1)
        elif (seal.lower_txid, seal.lower_id) != edge:
            yield Fault("altered_seal", f"Seal {seal.number} does not begin where the one before it ends.", seal.number)
        elif bytes(seal.previous_hash) != previous_hash:
            yield Fault("broken_chain", f"Seal {seal.number} is not chained to the one before it.", seal.number)
        yield from seal_faults(seal, keys)
        previous_hash, number, edge = bytes(seal.hash), seal.number, (seal.upper_txid, seal.upper_id)


def _anchor_faults(seals: list[Seal]) -> Iterator[Fault]:
    """The table against the file outside the database, which lags by at most one seal (the sealer's own next line)."""
    known = {seal.number: bytes(seal.hash) for seal in seals}
    heads = {head.number: head.hash for head in anchor.heads()}
    for number, digest in heads.items():
        # a seal made after we read the table is no fault
        if number not in known and not Seal.objects.filter(number=number).exists():
            yield Fault("missing_seal", f"Seal {number} is in the anchor file but not in the database.", number)
        elif number in known and known[number] != digest:
            yield Fault("altered_seal", f"Seal {number} has another hash in the anchor file.", number)
    newest = max(known, default=0)
    for number in sorted(set(known) - set(heads) - {newest}):
        yield Fault("missing_anchor", f"Seal {number} is not in the anchor file: lines were cut from it.", number)
        return


def _row_faults(seals: list[Seal], processes: int) -> list[Fault]:
    groups = list(_groups(seals))
    if processes <= 1 or len(groups) < 2:
        with transaction.atomic(), connection.cursor() as cursor:
            return [fault for group in groups for fault in check_group(cursor, group)]
    parameters = {name: value for name, value in connection.get_connection_params().items() if name != "cursor_factory"}
    # spawn: a forked child would share, and on its end close, this process's connection
    with ProcessPoolExecutor(processes, mp_context=multiprocessing.get_context("spawn")) as pool:
        return [fault for faults in pool.map(partial(check_in_own_process, parameters), groups) for fault in faults]


def _groups(seals: list[Seal]) -> Iterator[list[SealedRange]]:
    """Consecutive seals together, up to GROUP_ROWS rows; where two do not touch, a new group begins."""
    group: list[SealedRange] = []
    for seal in seals:
        body = body_of(seal)
        sealed = SealedRange(body.number, body.after, body.upto, body.count, body.root)
        apart = group and group[-1].upto != sealed.after
        if group and (apart or sum(one.count for one in group) + sealed.count > GROUP_ROWS):
            yield group
            group = []
        group.append(sealed)
    if group:
        yield group


def _unsealed(seals: list[Seal]) -> tuple[int, datetime | None]:
    after = (seals[-1].upper_txid, seals[-1].upper_id) if seals else START
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*), min(at) FROM trail_event WHERE (txid, id) > (%s, %s)", after)
        return cursor.fetchone()
