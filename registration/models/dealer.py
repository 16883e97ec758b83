"""A dealer registers subscribers for the operator under a contract; its shops, who works there, and their tablets (R-08)."""

import uuid
from datetime import date

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from realname.states import StateMixin
from registration.states import DEALER_MOVES, DealerStatus


class Dealer(StateMixin, models.Model):
    """A sales agent. Suspended, or outside its contract, none of its clerks may act."""

    machine = DEALER_MOVES

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    name = models.CharField(_("dealer"), max_length=120, unique=True)
    status = models.CharField(_("status"), max_length=16, choices=DealerStatus.choices, default=DealerStatus.ACTIVE)
    contract_from = models.DateField(_("contract from"))
    contract_to = models.DateField(_("contract to"))  # the last day

    class Meta:
        verbose_name = _("dealer")
        verbose_name_plural = _("dealers")
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(condition=models.Q(contract_to__gte=models.F("contract_from")), name="dealer_contract_in_order")
        ]

    def __str__(self) -> str:
        return self.name

    def under_contract(self, day: date) -> bool:
        """Does the contract hold on this day?"""
        return self.contract_from <= day <= self.contract_to


class Shop(models.Model):
    """A place where clerks of a dealer help people."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    dealer = models.ForeignKey(Dealer, on_delete=models.PROTECT, related_name="shops", verbose_name=_("dealer"))
    name = models.CharField(_("shop"), max_length=120)
    address = models.CharField(_("address"), max_length=200)
    region = models.CharField(_("region"), max_length=40, blank=True)
    closed_at = models.DateTimeField(_("closed"), null=True)  # nobody acts there while it is set

    class Meta:
        verbose_name = _("shop")
        verbose_name_plural = _("shops")
        ordering = ["name"]
        constraints = [models.UniqueConstraint(fields=["dealer", "name"], name="shop_once_per_dealer")]

    def __str__(self) -> str:
        return self.name


class ClerkPostingQuerySet(models.QuerySet):
    """Adjectives of postings."""

    def active(self) -> "ClerkPostingQuerySet":
        """Begun and not ended: today the clerk works there."""
        today = timezone.localdate()
        return self.filter(models.Q(ends__isnull=True) | models.Q(ends__gte=today), begins__lte=today, ended_at__isnull=True)


class ClerkPosting(models.Model):
    """A clerk works at a shop, from a day to another (the last one; open where empty)."""

    clerk = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="postings", verbose_name=_("clerk"))
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="postings", verbose_name=_("shop"))
    begins = models.DateField(_("from"))
    ends = models.DateField(_("until"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at once"), null=True)

    objects = ClerkPostingQuerySet.as_manager()

    class Meta:
        verbose_name = _("posting of a clerk")
        verbose_name_plural = _("postings of clerks")
        ordering = ["-begins", "-pk"]

    def __str__(self) -> str:
        return f"{self.clerk_id} @ {self.shop_id}"


class ShopDevice(models.Model):
    """A tablet of a shop. It is known by a long random cookie, of which only the digest is kept.

    Made with a code that enrols one tablet, once, before it expires; the code's digest is gone when it was used.
    """

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="devices")
    label = models.CharField(_("device"), max_length=60)
    code_digest = models.CharField(max_length=64, blank=True)
    code_expires_at = models.DateTimeField(null=True)
    cookie_digest = models.CharField(max_length=64, blank=True)
    enrolled_at = models.DateTimeField(_("enrolled"), null=True)
    last_seen_at = models.DateTimeField(_("last seen"), null=True)
    revoked_at = models.DateTimeField(_("revoked"), null=True)

    class Meta:
        verbose_name = _("shop device")
        verbose_name_plural = _("shop devices")
        ordering = ["shop__name", "label"]
        constraints = [
            models.UniqueConstraint(fields=["code_digest"], condition=~models.Q(code_digest=""), name="shop_device_once_per_code"),
            models.UniqueConstraint(fields=["cookie_digest"], condition=~models.Q(cookie_digest=""), name="shop_device_once_per_cookie"),
        ]

    def __str__(self) -> str:
        return self.label


class ShopWitness(models.Model):
    """A clerk's statement: this person stood before me with this document in hand. A reviewer reads it; it decides nothing."""

    application = models.ForeignKey("registration.Application", on_delete=models.PROTECT, related_name="witnesses")
    clerk = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+")
    shop = models.ForeignKey(Shop, on_delete=models.PROTECT, related_name="+")
    device = models.ForeignKey(ShopDevice, on_delete=models.PROTECT, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)

    class Meta:
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.application_id} {self.created_at:%Y-%m-%d}"
