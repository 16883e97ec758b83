"""An application comes into the hands of a clerk: begun in a shop, or taken up there."""

from django.utils import timezone

from realname.access.actor import Actor
from realname.trail import record
from registration.models import Application
from registration.services.shop.station import require_place
from registration.states import ApplyChannel


def assist_application(*, actor: Actor, application: Application) -> None:
    """Bind it to clerk, dealer, shop and device. Call in a transaction, with the row locked or new. Raises ShopRefused."""
    station = require_place(actor)
    application.channel, application.clerk, application.assisted_at = ApplyChannel.SHOP, station.clerk, timezone.now()
    application.dealer, application.shop, application.shop_device = station.device.shop.dealer, station.device.shop, station.device
    application.save(update_fields=["channel", "clerk", "assisted_at", "dealer", "shop", "shop_device"])
    record("application.assisted", actor=actor, subject=application, person_id=application.person_id, related=station.device.shop)
