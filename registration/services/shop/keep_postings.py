"""A clerk works in a shop from one day to another, or until it is ended at once: the sales manager's acts (R-08)."""

from datetime import date

from django.db import transaction
from django.db.models import Q
from django.utils import timezone

from realname.access.actor import Actor
from realname.access.models import Role, Staff
from realname.trail import record
from registration.errors import ShopRefused
from registration.locks import lock_posting, lock_shop
from registration.models import ClerkPosting, Shop
from registration.services.shop.keep_dealers import require_sales


@transaction.atomic
def post_clerk(*, actor: Actor, shop: Shop, clerk: Staff, begins: date, ends: date | None = None) -> ClerkPosting:
    """A clerk works there from a day to another, both included; without the other until it is ended.

    Raises ShopRefused: no clerk, days in the wrong order, posted there on some of these days already.
    """
    require_sales(actor)
    if clerk.role != Role.CLERK or not clerk.is_active:
        raise ShopRefused("posting_clerks_only")
    if ends and ends < begins:
        raise ShopRefused("days_in_order")
    shop = lock_shop(shop.pk)  # two who post the same clerk come one after the other
    meets = ClerkPosting.objects.filter(Q(ends__isnull=True) | Q(ends__gte=begins), shop=shop, clerk=clerk, ended_at__isnull=True)
    if (meets.filter(begins__lte=ends) if ends else meets).exists():
        raise ShopRefused("posting_meets")
    posting = ClerkPosting.objects.create(shop=shop, clerk=clerk, begins=begins, ends=ends)
    record(
        "clerk.posted",
        actor=actor,
        subject=shop,
        related=shop.dealer,
        data={"posting": posting.pk, "clerk": str(clerk.pk), "begins": begins, "ends": ends},
    )
    return posting


@transaction.atomic
def recall_clerk(*, actor: Actor, posting_id: int) -> ClerkPosting:
    """The clerk does nothing there from the next request on. Twice is once. Raises ClerkPosting.DoesNotExist."""
    require_sales(actor)
    posting = lock_posting(posting_id)
    if posting.ended_at is None:
        posting.ended_at = timezone.now()
        posting.save(update_fields=["ended_at"])
        told = {"posting": posting.pk, "clerk": str(posting.clerk_id)}
        record("clerk.recalled", actor=actor, subject=posting.shop, related=posting.shop.dealer, data=told)
    return posting
