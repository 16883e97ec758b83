"""Personal data is shown to a reviewer: written down before it leaves (P-ALL-4)."""

from django.db import transaction

from realname.access.actor import Actor
from realname.trail import record
from verification.models import Review


@transaction.atomic
def note_view(*, actor: Actor, review: Review, purpose: str, what: str, thing: str = "") -> None:
    """`what` is "fields" or a capture's kind, `thing` the capture's id. An approval rests on these (verification/approval.py)."""
    record(
        "pii.viewed",
        actor=actor,
        subject=review.application,
        person_id=review.person_id,
        related=review,
        purpose=purpose,
        data={"what": what, "thing": thing} if thing else {"what": what},
    )
