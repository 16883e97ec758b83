"""A tablet becomes a device of a shop: a one-time code is offered, the tablet answers it once, and may be revoked."""

import secrets
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from realname import policy
from realname.access.actor import Actor
from realname.access.models import Role, Staff
from realname.trail import record
from registration.errors import ShopRefused
from registration.locks import lock_shop_device
from registration.models import ClerkPosting, Shop, ShopDevice
from registration.policy import DEVICE_CODE_LIFE
from registration.services.shop.station import digest

# no 0/O, 1/I/L: it is typed from paper; 31^10 of them, each for minutes, are beyond guessing
_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
CODE_LENGTH = 10


@transaction.atomic
def offer_device(*, actor: Actor, shop_id: UUID, label: str) -> tuple[ShopDevice, str]:
    """A device that waits for its tablet, and the code to enrol it with: shown once, kept nowhere."""
    if actor.kind == "staff" and actor.role != Role.ADMINISTRATOR:
        raise ShopRefused("shop_keepers_only")
    code = "".join(secrets.choice(_ALPHABET) for _ in range(CODE_LENGTH))
    device = ShopDevice.objects.create(
        shop=Shop.objects.get(pk=shop_id),
        label=label,
        code_digest=digest(code),
        code_expires_at=timezone.now() + timedelta(seconds=policy.value(DEVICE_CODE_LIFE)),
    )
    record("shop_device.offered", actor=actor, subject=device, related=device.shop)
    return device, code


@transaction.atomic
def enrol_device(*, actor: Actor, entered: str) -> str:
    """Answer the cookie of the tablet that entered the code, once. Raises ShopRefused (wrong, used, expired, not a clerk of that shop)."""
    code = "".join(char for char in entered.upper() if char.isalnum())
    device = lock_shop_device(ShopDevice.objects.filter(code_digest=digest(code)))
    if device is None or device.revoked_at or device.code_expires_at < timezone.now():
        raise ShopRefused("shop_code_wrong")
    clerk = Staff.objects.filter(pk=actor.id, role=Role.CLERK, is_active=True).first() if actor.kind == "staff" else None
    if clerk is None or not ClerkPosting.objects.active().filter(clerk=clerk, shop=device.shop_id).exists():
        raise ShopRefused("shop_code_wrong")
    cookie = secrets.token_urlsafe(32)
    device.code_digest, device.cookie_digest, device.enrolled_at = "", digest(cookie), timezone.now()
    device.save(update_fields=["code_digest", "cookie_digest", "enrolled_at"])
    record("shop_device.enrolled", actor=actor, subject=device, related=device.shop)
    return cookie


@transaction.atomic
def revoke_device(*, actor: Actor, device_id: UUID) -> ShopDevice:
    """From now on nobody acts on it; twice is once."""
    if actor.kind == "staff" and actor.role not in (Role.ADMINISTRATOR, Role.SALES_MANAGER):
        raise ShopRefused("shop_keepers_only")
    device = lock_shop_device(ShopDevice.objects.filter(pk=device_id))
    if device is None:
        raise ShopDevice.DoesNotExist
    if device.revoked_at is None:
        device.revoked_at = timezone.now()
        device.save(update_fields=["revoked_at"])
        record("shop_device.revoked", actor=actor, subject=device, related=device.shop)
    return device
