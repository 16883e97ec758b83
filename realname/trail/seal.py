"""Seal the trail: batch after batch of rows under a signed Merkle root, chained to the root before it."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import structlog
from django.db import connection, transaction

from realname.trail import anchor, merkle
from realname.trail.canonical import FORM, START, Key, key_of, read_lines
from realname.trail.chain import GENESIS, SealBody
from realname.trail.errors import SealError
from realname.trail.genuine import seal_faults
from realname.trail.models import Seal
from realname.trail.ranges import marks_of
from realname.trail.signing import Signer, signer, trusted_keys

log = structlog.get_logger(__name__)

# 2^12: an inclusion proof has at most twelve hashes, and one row costs the check of one batch
BATCH = 4096
# one sealer at a time, in all processes of all machines
_LOCK = 718_205


@dataclass
class _Batch:
    """Leaf hashes of the rows to seal, and the last of their lines."""

    leaves: list[bytes] = field(default_factory=list)
    last: bytes = b""

    def take(self, line: bytes) -> None:
        self.leaves.append(merkle.leaf_hash(line))
        self.last = line


def seal_trail(*, batch: int = BATCH) -> int:
    """Seal everything below the horizon; gives the number of seals made.

    Does nothing while another sealer is at work. May be killed anywhere: a seal is committed whole or not at all, and a
    missing line in the anchor file is made up for by the next run. Raises SealError where a person has to look.
    """
    key, made = signer(), 0
    while (seal := _seal_batch(key, batch)) is not None:
        anchor.anchor(anchor.Head(seal.number, seal.hash()))
        made += 1
        if seal.count < batch:
            break
    return made


def _seal_batch(key: Signer, size: int) -> SealBody | None:
    # a seal must not be lost by a crash after its line is in the anchor file
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL synchronous_commit = on")
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s), pg_current_xact_id()::text::bigint", [_LOCK])
        locked, txid = cursor.fetchone()
        if not locked:
            return None
        head = Seal.objects.defer("marks").order_by("-number").first()
        _check_ground(head, txid)
        batch, after = _Batch(), (head.upper_txid, head.upper_id) if head else START
        read_lines(cursor, batch.take, after=after, limit=size)
        if not batch.leaves:
            return None
        body = _body(head, batch, after, key)
        _insert(cursor, body, batch.leaves, key)
    log.info("trail_sealed", number=body.number, events=body.count)
    return body


def _check_ground(head: Seal | None, txid: int) -> None:
    """Seal on only where the table goes on from what was sealed before, and what it ends with is ours."""
    if head and (faults := list(seal_faults(head, trusted_keys()))):
        raise SealError(
            f"{faults[0].message} It is the newest: either it was altered, or somebody wrote it with the program's own database "
            f"role. Nothing is sealed on top of it. If it is false: “manage.py trail strike {head.number} --reason …” (docs/trail.md)."
        )
    anchor.check_head(anchor.Head(head.number, bytes(head.hash)) if head else None)
    if head and txid <= head.upper_txid:
        raise SealError(
            f"This database counts transactions from {txid}, but seal {head.number} ends at {head.upper_txid}: it was "
            f"restored from a logical dump. Raise the counter with pg_resetwal (docs/trail.md, “After a restore”)."
        )


def _body(head: Seal | None, batch: _Batch, after: Key, key: Signer) -> SealBody:
    return SealBody(
        number=head.number + 1 if head else 1,
        form=FORM,
        after=after,
        upto=key_of(batch.last),
        count=len(batch.leaves),
        root=merkle.root(batch.leaves),
        previous_hash=bytes(head.hash) if head else GENESIS,
        key_id=key.key_id,
        sealed_at=datetime.now(UTC),
    )


def _insert(cursor: Any, body: SealBody, leaves: list[bytes], key: Signer) -> None:
    cursor.execute(
        "INSERT INTO trail_seal (number, form, lower_txid, lower_id, upper_txid, upper_id, count, root, previous_hash, "
        "hash, signature, key_id, sealed_at, marks) VALUES (%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)",
        [
            body.number, body.form, *body.after, *body.upto, body.count, body.root, body.previous_hash, body.hash(),
            key.sign(body.message()), body.key_id, body.sealed_at, marks_of(leaves),
        ],
    )  # fmt: skip
