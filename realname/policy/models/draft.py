"""Changes of policy that somebody has in mind."""

import uuid

from django.db import models
from django.utils.translation import gettext_lazy as _

from realname.policy.states import DRAFT_MOVES, DraftStatus
from realname.states import StateMixin


class DraftQuerySet(models.QuerySet):
    """Adjectives of drafts."""

    def open(self) -> "DraftQuerySet":
        """Neither published nor withdrawn."""
        return self.filter(status__in=DraftStatus.open())


class PolicyDraft(StateMixin, models.Model):
    """Several changes together, drafted by one person, published by another."""

    machine = DRAFT_MOVES

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    status = models.CharField(_("status"), max_length=16, choices=DraftStatus.choices, default=DraftStatus.DRAFTING)
    drafter_id = models.CharField(max_length=64)
    drafter_name = models.CharField(_("drafted by"), max_length=150, blank=True)
    base = models.PositiveIntegerField()  # number of the version that the changes were laid beside
    changes = models.JSONField(default=dict)  # {key: value as JSON holds it}, only those that differ from the base
    reason = models.TextField(_("reason"), blank=True)
    acts_from = models.DateTimeField(_("acts from"), null=True, blank=True)  # empty: as soon as it is published
    revision = models.PositiveIntegerField(default=1)  # rises with every edit: what somebody looked at is told by it
    created_at = models.DateTimeField(auto_now_add=True)
    edited_at = models.DateTimeField(auto_now_add=True)
    version = models.PositiveIntegerField(null=True)  # number it was published under

    objects = DraftQuerySet.as_manager()

    class Meta:
        verbose_name = _("policy draft")
        verbose_name_plural = _("policy drafts")
        ordering = ("-created_at",)
        default_permissions = ()
