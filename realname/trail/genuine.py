"""Whether a stored seal is one of ours: its hash that of its content, its signature that of a trusted key."""

from collections.abc import Iterator, Mapping

from realname.trail.canonical import FORM
from realname.trail.chain import SealBody
from realname.trail.models import Seal
from realname.trail.ranges import Fault
from realname.trail.signing import is_signed


def body_of(seal: Seal) -> SealBody:
    """The signed content of a stored seal."""
    return SealBody(
        number=seal.number,
        form=seal.form,
        after=(seal.lower_txid, seal.lower_id),
        upto=(seal.upper_txid, seal.upper_id),
        count=seal.count,
        root=bytes(seal.root),
        previous_hash=bytes(seal.previous_hash),
        key_id=seal.key_id,
        sealed_at=seal.sealed_at,
    )


def seal_faults(seal: Seal, keys: Mapping[str, bytes]) -> Iterator[Fault]:
    """What is wrong with a seal taken by itself; `keys` are the trusted ones, by their ids."""
    body = body_of(seal)
    if seal.form != FORM:
        yield Fault("altered_seal", f"Seal {seal.number} names the unknown row form {seal.form}.", seal.number)
    if body.hash() != bytes(seal.hash):
        yield Fault("altered_seal", f"Seal {seal.number} was altered: its hash is not that of its content.", seal.number)
    if seal.key_id not in keys:
        yield Fault("unknown_key", f"Seal {seal.number} is signed with key {seal.key_id}, which is not trusted.", seal.number)
    elif not is_signed(body.message(), signature=bytes(seal.signature), raw_public_key=keys[seal.key_id]):
        yield Fault("bad_signature", f"Seal {seal.number} does not bear a valid signature.", seal.number)
