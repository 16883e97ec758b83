"""A dealer opens a shop, moves it, closes it for good or a while, and opens it again: the sales manager's acts (R-08)."""

from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils import timezone

from realname.access.actor import Actor
from realname.trail import record
from registration.errors import ShopRefused
from registration.locks import lock_shop
from registration.models import Dealer, Shop
from registration.services.shop.keep_dealers import require_sales


@transaction.atomic
def open_shop(*, actor: Actor, dealer: Dealer, name: str, address: str, region: str = "") -> Shop:
    """A new shop. Raises ShopRefused where the dealer has one of this name."""
    require_sales(actor)
    try:
        with transaction.atomic():
            shop = Shop.objects.create(dealer=dealer, name=name, address=address, region=region)
    except IntegrityError:
        raise ShopRefused("shop_known") from None
    record("shop.opened", actor=actor, subject=shop, related=dealer, data={"address": address, "region": region})
    return shop


@transaction.atomic
def move_shop(*, actor: Actor, shop_id: UUID, address: str, region: str) -> Shop:
    """Another address; the same one again is none. Raises Shop.DoesNotExist."""
    require_sales(actor)
    shop = lock_shop(shop_id)
    before = {"address_before": shop.address, "region_before": shop.region}
    if (shop.address, shop.region) != (address, region):
        shop.address, shop.region = address, region
        shop.save(update_fields=["address", "region"])
        record("shop.moved", actor=actor, subject=shop, related=shop.dealer, data={"address": address, "region": region, **before})
    return shop


@transaction.atomic
def close_shop(*, actor: Actor, shop_id: UUID) -> Shop:
    """Nobody acts there from the next request on; what people had begun is theirs and stays. Twice is once."""
    require_sales(actor)
    shop = lock_shop(shop_id)
    if shop.closed_at is None:
        _set_closed(actor, shop, timezone.now(), "shop.closed")
    return shop


@transaction.atomic
def reopen_shop(*, actor: Actor, shop_id: UUID) -> Shop:
    """Its clerks act again, on its devices. Twice is once."""
    require_sales(actor)
    shop = lock_shop(shop_id)
    if shop.closed_at is not None:
        _set_closed(actor, shop, None, "shop.reopened")
    return shop


def _set_closed(actor: Actor, shop: Shop, closed_at: datetime | None, event: str) -> None:
    shop.closed_at = closed_at
    shop.save(update_fields=["closed_at"])
    record(event, actor=actor, subject=shop, related=shop.dealer)
