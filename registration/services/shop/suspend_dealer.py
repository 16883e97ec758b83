"""A dealer is suspended, and reinstated after somebody has looked (R-08). What people had begun there is theirs and stays."""

from uuid import UUID

from django.db import transaction

from realname.access.actor import Actor
from realname.access.models import Role
from realname.trail import record
from registration.errors import ShopRefused
from registration.locks import lock_dealer
from registration.models import Dealer
from registration.states import DealerReason, DealerStatus


def suspend_dealer(*, actor: Actor, dealer_id: UUID, reason: DealerReason) -> Dealer:
    """None of its clerks may act from the next request on. Raises TransitionNotAllowed, ShopRefused (not theirs to do; reason)."""
    return _move(actor, dealer_id, DealerStatus.SUSPENDED, reason)


def reinstate_dealer(*, actor: Actor, dealer_id: UUID, reason: DealerReason) -> Dealer:
    """Its clerks may act again. Raises TransitionNotAllowed, ShopRefused (not theirs to do; reason)."""
    return _move(actor, dealer_id, DealerStatus.ACTIVE, reason)


@transaction.atomic
def _move(actor: Actor, dealer_id: UUID, to: DealerStatus, reason: DealerReason) -> Dealer:
    # the system suspends by its figures, a sales manager on the spot; that it may act again, compliance says
    stops = to == DealerStatus.SUSPENDED and (actor.kind == "system" or actor.role == Role.SALES_MANAGER)
    if not stops and (actor.kind != "staff" or actor.role != Role.COMPLIANCE):
        raise ShopRefused("dealer_compliance_only")
    if (reason in DealerReason.against()) != (to == DealerStatus.SUSPENDED):
        raise ShopRefused("dealer_reason")
    dealer = lock_dealer(dealer_id)
    dealer.move(to=to)
    dealer.save(update_fields=["status"])
    record(f"dealer.{'suspended' if to == DealerStatus.SUSPENDED else 'reinstated'}", actor=actor, subject=dealer, reason=reason)
    return dealer
