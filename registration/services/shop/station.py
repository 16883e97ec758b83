"""Where a clerk stands: at an enrolled device, in a shop where they work, of a dealer that may act; else they do nothing (P-REG-6)."""

from dataclasses import dataclass
from hashlib import sha256
from uuid import UUID

from django.utils import timezone

from realname.access.actor import Actor
from realname.access.models import Role, Staff
from registration.errors import ShopRefused
from registration.models import ClerkPosting, ShopDevice
from registration.states import DealerStatus


@dataclass(frozen=True, slots=True)
class Station:
    """A clerk's place of work, seen to hold at this moment."""

    clerk: Staff
    device: ShopDevice

    @property
    def place(self) -> dict[str, str]:
        """What is written into each event and kept in the session."""
        shop = self.device.shop
        return {"dealer": str(shop.dealer_id), "shop": str(shop.pk), "shop_device": str(self.device.pk)}


def digest(secret: str) -> str:
    """What is kept of a cookie or enrolment code: both are long and random, so no salt is needed."""
    return sha256(secret.encode()).hexdigest()


def station_of(clerk: Staff, cookie: str) -> Station:
    """The station of a clerk at the device with this cookie. Raises ShopRefused, naming what is missing."""
    device = ShopDevice.objects.select_related("shop__dealer").filter(cookie_digest=digest(cookie)).first() if cookie else None
    return _checked(clerk, device)


def require_place(actor: Actor) -> Station:
    """The same for who acts in a service. Raises ShopRefused; somebody who is not in a shop at all is refused too."""
    clerk = Staff.objects.filter(pk=actor.id).first() if actor.kind == "staff" else None
    device = ShopDevice.objects.select_related("shop__dealer").filter(pk=UUID(actor.place["shop_device"])).first() if actor.place else None
    return _checked(clerk, device)


def _checked(clerk: Staff | None, device: ShopDevice | None) -> Station:
    if clerk is None or clerk.role != Role.CLERK or not clerk.is_active:
        raise ShopRefused("shop_clerks_only")
    if device is None or device.enrolled_at is None or device.revoked_at:
        raise ShopRefused("shop_device_unknown")
    if not ClerkPosting.objects.active().filter(clerk=clerk, shop=device.shop).exists():
        raise ShopRefused("shop_not_posted")
    if device.shop.closed_at:
        raise ShopRefused("shop_closed")
    if device.shop.dealer.status != DealerStatus.ACTIVE:
        raise ShopRefused("dealer_suspended")
    if not device.shop.dealer.under_contract(timezone.localdate()):
        raise ShopRefused("dealer_without_contract")
    return Station(clerk=clerk, device=device)
