"""Dealers sign, open shops and have clerks work in them."""

from datetime import date

from django.db import transaction

from realname.access.actor import Actor
from realname.access.models import Role, Staff
from realname.trail import record
from registration.errors import ShopRefused
from registration.models import ClerkPosting, Dealer, Shop


@transaction.atomic
def sign_dealer(*, actor: Actor, name: str, contract_from: date, contract_to: date) -> Dealer:
    """A dealer under contract; one of this name that is there gets these terms."""
    dealer, _ = Dealer.objects.update_or_create(name=name, defaults={"contract_from": contract_from, "contract_to": contract_to})
    terms = {"contract_from": contract_from, "contract_to": contract_to}
    record("dealer.signed", actor=actor, subject=dealer, data=terms)
    return dealer


@transaction.atomic
def open_shop(*, actor: Actor, dealer: Dealer, name: str, address: str, region: str = "") -> Shop:
    """A shop of a dealer; one of this name that is there moves to this address."""
    shop, _ = Shop.objects.update_or_create(dealer=dealer, name=name, defaults={"address": address, "region": region})
    record("shop.opened", actor=actor, subject=shop, related=dealer)
    return shop


@transaction.atomic
def post_clerk(*, actor: Actor, shop: Shop, clerk: Staff, begins: date, ends: date | None = None) -> ClerkPosting:
    """A clerk works there from a day on. Raises ShopRefused where they are no clerk."""
    if clerk.role != Role.CLERK:
        raise ShopRefused("shop_clerks_only")
    posting, _ = ClerkPosting.objects.update_or_create(shop=shop, clerk=clerk, begins=begins, defaults={"ends": ends})
    record("clerk.posted", actor=actor, subject=shop, data={"clerk": str(clerk.pk), "begins": begins, "ends": ends})
    return posting
