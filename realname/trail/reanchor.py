"""Start the anchor file anew after a restore that somebody answers for."""

from pathlib import Path

from django.db import transaction

from realname.trail import anchor
from realname.trail.models import Seal
from realname.trail.record import Who, record
from realname.trail.subject import SubjectRef


def reanchor_trail(*, actor: Who, reason: str) -> Path | None:
    """Keep the old anchor file beside the new one, which is written from the seals in the database.

    It is recorded in the trail, with the last head of the old file, so that it can't be done unseen. Gives the path of
    the kept file. Raises ValueError without a reason.
    """
    if not reason.strip():
        raise ValueError("Anchoring anew needs a reason.")
    last = anchor.last_head()
    old = {"number": last.number, "hash": last.hash.hex()} if last else {"number": 0, "hash": ""}
    with transaction.atomic():
        head = Seal.objects.defer("marks").order_by("-number").first()
        data = {"old": old, "new": {"number": head.number if head else 0}}
        record("trail.reanchored", actor=actor, subject=SubjectRef("trail", "trail"), reason=reason, data=data)
    seals = Seal.objects.order_by("number").values_list("number", "hash")
    return anchor.start_anew([anchor.Head(number, bytes(digest)) for number, digest in seals])
