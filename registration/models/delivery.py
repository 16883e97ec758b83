"""One message on its way to a phone over one channel. It holds neither number nor text: those are asked for when it is sent."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from realname.states import StateMixin
from registration.models.person import Person
from registration.states import DELIVERY_MOVES, Channel, DeliveryStatus, FailureCause


class DeliveryQuerySet(models.QuerySet):
    """Adjectives of deliveries."""

    def of(self, kind: str, about: uuid.UUID) -> "DeliveryQuerySet":
        """Those of one message, newest first."""
        return self.filter(kind=kind, about=about).order_by("-created_at")

    def due(self) -> "DeliveryQuerySet":
        """To be handed over now, the oldest first."""
        return self.filter(status=DeliveryStatus.PENDING, not_before__lte=timezone.now()).order_by("not_before")


class Delivery(StateMixin, models.Model):
    """One message on one channel. Its id is the key by which a gateway knows it again."""

    machine = DELIVERY_MOVES

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    # empty where it invites somebody who is nobody of ours yet
    person = models.ForeignKey(Person, null=True, on_delete=models.PROTECT, related_name="deliveries")
    kind = models.CharField(_("message"), max_length=24)  # registration.gateways.kinds
    about = models.UUIDField()  # what the message tells of: a code, a change
    channel = models.CharField(_("channel"), max_length=8, choices=Channel.choices)
    gateway = models.CharField(_("gateway"), max_length=16)
    status = models.CharField(_("status"), max_length=12, choices=DeliveryStatus.choices, default=DeliveryStatus.PENDING)
    # of the last failed attempt, or of the end
    cause = models.CharField(_("cause"), max_length=24, choices=FailureCause.choices, blank=True)
    # also the number of the claim: who holds an older one settles nothing
    attempts = models.PositiveSmallIntegerField(_("attempts"), default=0)
    uncertain = models.BooleanField(default=False)  # an attempt may have been taken although no answer came
    created_at = models.DateTimeField(_("created"), default=timezone.now)
    not_before = models.DateTimeField(default=timezone.now)
    claimed_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(_("taken"), null=True, blank=True)
    ended_at = models.DateTimeField(_("ended"), null=True, blank=True)
    # the gateway's ids, one a part of a long text, and those whose arrival it reported
    message_ids = ArrayField(models.CharField(max_length=100), default=list, blank=True)
    arrived_ids = ArrayField(models.CharField(max_length=100), default=list, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery")
        verbose_name_plural = _("deliveries")
        constraints = [
            # nothing is sent twice on one channel; only what certainly did not go out may go another way
            models.UniqueConstraint(
                fields=["kind", "about", "channel"], condition=~models.Q(status=DeliveryStatus.FAILED), name="delivery_once_per_channel"
            ),
        ]
        indexes = [
            models.Index(fields=["gateway", "not_before"], condition=models.Q(status=DeliveryStatus.PENDING), name="delivery_due"),
            models.Index(fields=["claimed_at"], condition=models.Q(status=DeliveryStatus.SUBMITTING), name="delivery_claimed"),
            models.Index(fields=["accepted_at"], condition=models.Q(status=DeliveryStatus.ACCEPTED), name="delivery_silent"),
            models.Index(fields=["about", "kind"], name="delivery_by_message"),
            models.Index(fields=["-created_at"], name="delivery_newest"),
            GinIndex(fields=["message_ids"], name="delivery_by_gateway_id"),
        ]


class EarlyReceipt(models.Model):
    """A receipt for a message id that we do not know, or not yet: receipts can overtake the answer to the message."""

    gateway = models.CharField(max_length=16)
    message_id = models.CharField(max_length=100)
    arrived = models.BooleanField()
    cause = models.CharField(max_length=24, choices=FailureCause.choices, blank=True)
    received_at = models.DateTimeField(default=timezone.now)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["gateway", "message_id", "arrived"], name="early_receipt_once")]
        indexes = [models.Index(fields=["received_at"], name="early_receipt_by_age")]
