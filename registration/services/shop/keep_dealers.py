"""A dealer comes under contract, and gets new terms: the sales manager's acts (R-08). Its standing is in suspend_dealer.py."""

from datetime import date
from uuid import UUID

from django.db import IntegrityError, transaction

from realname.access.actor import Actor
from realname.access.models import Role
from realname.trail import record
from registration.errors import ShopRefused
from registration.locks import lock_dealer
from registration.models import Dealer


def require_sales(actor: Actor) -> None:
    """Raises ShopRefused where a staff member is no sales manager."""
    if actor.kind == "staff" and actor.role != Role.SALES_MANAGER:
        raise ShopRefused("shop_sales_only")


@transaction.atomic
def sign_dealer(*, actor: Actor, name: str, contract_from: date, contract_to: date) -> Dealer:
    """A new dealer, from the first to the last day of its contract. Raises ShopRefused (name taken; days in the wrong order)."""
    require_sales(actor)
    _require_order(contract_from, contract_to)
    try:
        with transaction.atomic():
            dealer = Dealer.objects.create(name=name, contract_from=contract_from, contract_to=contract_to)
    except IntegrityError:
        raise ShopRefused("dealer_known") from None
    record("dealer.signed", actor=actor, subject=dealer, data={"contract_from": contract_from, "contract_to": contract_to})
    return dealer


@transaction.atomic
def renew_dealer(*, actor: Actor, dealer_id: UUID, contract_from: date, contract_to: date) -> Dealer:
    """New days of its contract; the same ones again are none. Raises ShopRefused (days in the wrong order), Dealer.DoesNotExist."""
    require_sales(actor)
    _require_order(contract_from, contract_to)
    dealer = lock_dealer(dealer_id)
    before, after = (dealer.contract_from, dealer.contract_to), (contract_from, contract_to)
    if before != after:
        dealer.contract_from, dealer.contract_to = after
        dealer.save(update_fields=["contract_from", "contract_to"])
        terms = {"contract_from": contract_from, "contract_to": contract_to, "from_before": before[0], "to_before": before[1]}
        record("dealer.renewed", actor=actor, subject=dealer, data=terms)
    return dealer


def _require_order(contract_from: date, contract_to: date) -> None:
    if contract_to < contract_from:
        raise ShopRefused("days_in_order")
