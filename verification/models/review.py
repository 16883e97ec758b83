"""A person's judgement of an application."""

import uuid

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from realname.states import StateMixin
from registration.models import Application, Person
from verification.states import REVIEW_MOVES, ReviewStatus


class ReviewQuerySet(models.QuerySet):
    """Adjectives of reviews."""

    def open(self) -> "ReviewQuerySet":
        """Not closed."""
        return self.exclude(status=ReviewStatus.CLOSED)

    def overdue(self) -> "ReviewQuerySet":
        """Open past their deadline."""
        return self.open().filter(deadline_at__lt=timezone.now())


class Review(StateMixin, models.Model):
    """A person's judgement of an application: waits by level and deadline, claimed by one reviewer with a lease (P-VER-5)."""

    machine = REVIEW_MOVES

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="reviews")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="reviews")
    round = models.PositiveIntegerField()
    status = models.CharField(_("status"), max_length=16, choices=ReviewStatus.choices, default=ReviewStatus.WAITING)
    level = models.CharField(_("risk level"), max_length=16)
    reasons = models.JSONField(_("reasons"), default=list)
    opened_at = models.DateTimeField(_("opened at"), auto_now_add=True)
    deadline_at = models.DateTimeField(_("deadline"))
    reviewer = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="reviews", verbose_name=_("reviewer")
    )
    claimed_until = models.DateTimeField(_("claimed until"), null=True, blank=True)
    # high risk wants a second pair of eyes: who approved first
    first_approver = models.ForeignKey(
        settings.AUTH_USER_MODEL, null=True, blank=True, on_delete=models.PROTECT, related_name="+", verbose_name=_("first approver")
    )
    closed_at = models.DateTimeField(null=True, blank=True)

    objects = ReviewQuerySet.as_manager()

    class Meta:
        verbose_name = _("review")
        verbose_name_plural = _("reviews")
        constraints = [models.UniqueConstraint(fields=["application"], condition=~models.Q(status="closed"), name="review_open_once")]
        indexes = [models.Index(fields=["status", "deadline_at"], name="review_by_deadline")]
