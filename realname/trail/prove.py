"""Prove of one event that it was in the trail when it was sealed, without showing any other event."""

from dataclasses import dataclass
from typing import Any

from django.db import connection, transaction

from realname.trail import merkle
from realname.trail.canonical import Key, key_of, read_lines
from realname.trail.chain import SealBody
from realname.trail.errors import TrailError
from realname.trail.genuine import body_of
from realname.trail.models import Event, Seal
from realname.trail.signing import is_signed, trusted_keys


class NotProvable(TrailError):
    """The event does not exist, is not sealed yet, or its seal no longer fits its rows."""


@dataclass(frozen=True)
class Proof:
    """The event's canonical line, its place in the batch, the hashes up to the root, and the signed seal."""

    line: bytes
    index: int
    path: tuple[bytes, ...]
    seal: SealBody
    signature: bytes

    def as_json(self) -> dict[str, Any]:
        """Everything another program needs to check it; bytes as hexadecimal, the signed message as text."""
        return {
            "event": self.line.decode(),
            "index": self.index,
            "size": self.seal.count,
            "path": [step.hex() for step in self.path],
            "root": self.seal.root.hex(),
            "seal": self.seal.number,
            "signed_message": self.seal.message().decode(),
            "signature": self.signature.hex(),
            "key_id": self.seal.key_id,
        }


def prove_event(*, event_id: int) -> Proof:
    """The inclusion proof (RFC 9162, 2.1.3) of an event. Raises NotProvable, also when the proof would not hold."""
    event = Event.objects.filter(pk=event_id).first()
    if event is None:
        raise NotProvable(f"There is no event {event_id}.")
    seal = _seal_over((event.txid, event.id))
    if seal is None:
        raise NotProvable(f"Event {event_id} is not sealed yet.")
    body, lines = body_of(seal), []
    with transaction.atomic(), connection.cursor() as cursor:
        read_lines(cursor, lines.append, after=body.after, upto=body.upto)
    index = next(place for place, line in enumerate(lines) if key_of(line) == (event.txid, event.id))
    path = merkle.inclusion_path([merkle.leaf_hash(line) for line in lines], index)
    proof = Proof(lines[index], index, tuple(path), body, bytes(seal.signature))
    if not check_proof(proof, keys=trusted_keys()):
        raise NotProvable(f"Seal {seal.number} does not fit its rows any more: run “manage.py trail verify”.")
    return proof


def check_proof(proof: Proof, *, keys: dict[str, bytes]) -> bool:
    """Whether the event was in the trail under a seal signed by one of `keys` (key id to raw Ed25519 public key)."""
    seal = proof.seal
    leaf = merkle.leaf_hash(proof.line)
    if merkle.root_from_path(leaf, index=proof.index, size=seal.count, path=proof.path) != seal.root:
        return False
    key = keys.get(seal.key_id)
    return key is not None and is_signed(seal.message(), signature=proof.signature, raw_public_key=key)


def _seal_over(key: Key) -> Seal | None:
    """The seal whose range holds this place in the order."""
    found = Seal.objects.raw(
        "SELECT * FROM trail_seal WHERE (lower_txid, lower_id) < (%s, %s) AND (upper_txid, upper_id) >= (%s, %s)",
        [*key, *key],
    )
    return next(iter(found), None)
