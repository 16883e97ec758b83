"""Strike out a false seal that somebody wrote with the program's own database role, so that sealing can go on."""

from django.db import connection, transaction

from realname.trail import anchor
from realname.trail.errors import SealError
from realname.trail.genuine import seal_faults
from realname.trail.models import Seal
from realname.trail.record import Who, record
from realname.trail.signing import trusted_keys
from realname.trail.subject import SubjectRef


@transaction.atomic
def strike_seal(*, number: int, actor: Who, reason: str) -> None:
    """Delete the newest seal, which must not be one of ours; what it said is kept in the trail.

    Needs the schema's owner, who alone may lift the trigger. Raises SealError where the seal is genuine, is not the newest or is
    in the anchor file, ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("Striking out a seal needs a reason.")
    seal = Seal.objects.defer("marks").order_by("-number").first()
    if seal is None or seal.number != number:
        raise SealError(f"Seal {number} is not the newest: false seals are struck out from the end.")
    faults = [fault.message for fault in seal_faults(seal, trusted_keys())]
    if not faults:
        raise SealError(f"Seal {number} is genuine: it is signed with a trusted key.")
    last = anchor.last_head()
    if last and last.number >= number:
        raise SealError(f"Seal {number} is in the anchor file: it was altered after it was made. Restore it from a backup.")
    data = {"number": number, "hash": bytes(seal.hash).hex(), "key_id": seal.key_id, "faults": faults}
    record("trail.seal_struck", actor=actor, subject=SubjectRef("trail", "trail"), reason=reason, data=data)
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE trail_seal DISABLE TRIGGER trail_append_only")
        cursor.execute("DELETE FROM trail_seal WHERE number = %s", [number])
        cursor.execute("ALTER TABLE trail_seal ENABLE TRIGGER trail_append_only")
