"""One verification step of one round of an application."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from realname.access.models import Role
from realname.states import StateMixin
from realname.vault.fields import EncryptedJSONField
from registration.models import Application, Person
from verification.states import CHECK_MOVES, CheckKind, CheckStatus

# not begun, or to be begun again, once their time has come
_DUE = (CheckStatus.PENDING, CheckStatus.WAITING)


class CheckQuerySet(models.QuerySet):
    """Adjectives of checks."""

    def open(self) -> "CheckQuerySet":
        """Not ended."""
        return self.exclude(status__in=CheckStatus.ended())

    def waiting(self) -> "CheckQuerySet":
        """Nobody answered yet: asked again at `not_before`, until `deadline_at` (P-VER-6)."""
        return self.filter(status=CheckStatus.WAITING)

    def left_behind(self) -> "CheckQuerySet":
        """Due and nobody at work on them: lost messages, dead workers, retries whose time has come.

        What was sent within `RESEND_AFTER` seconds may still lie in the queue: it is left alone, so that a backlog is not doubled.
        """
        now = timezone.now()
        lost = now - timedelta(seconds=settings.RESEND_AFTER)
        due = self.filter(Q(sent_at__isnull=True) | Q(sent_at__lte=lost))
        return due.filter(Q(status__in=_DUE, not_before__lte=now) | Q(status=CheckStatus.RUNNING, claimed_until__lte=now))


class Check(StateMixin, models.Model):
    """One verification step: what was looked at, by what, and what came out (P-VER-7)."""

    machine = CHECK_MOVES

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="checks")
    application = models.ForeignKey(Application, verbose_name=_("application"), on_delete=models.PROTECT, related_name="checks")
    round = models.PositiveIntegerField()
    kind = models.CharField(_("check"), max_length=40, choices=CheckKind.choices)
    status = models.CharField(_("status"), max_length=16, choices=CheckStatus.choices, default=CheckStatus.PENDING)

    # the claim: who is at work on it, and until when we believe them
    claim = models.UUIDField(null=True, blank=True)
    claimed_until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    faults = models.PositiveSmallIntegerField(default=0)  # attempts that ended in a fault of ours
    not_before = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True, blank=True)  # when a message for it was last handed to the queue
    deadline_at = models.DateTimeField()

    # while no source answers: since when and why not, when it was asked last, and whose it is to look after
    waiting_since = models.DateTimeField(_("waiting since"), null=True, blank=True)
    waiting_reason = models.CharField(max_length=32, blank=True)
    tried_at = models.DateTimeField(null=True, blank=True)
    owner = models.CharField(_("looked after by"), max_length=32, choices=Role.choices, blank=True)

    engine = models.CharField(_("engine"), max_length=64, blank=True)
    engine_version = models.CharField(_("version"), max_length=64, blank=True)
    threshold = models.FloatField(_("threshold"), null=True, blank=True)
    score = models.FloatField(_("score"), null=True, blank=True)
    measures = models.JSONField(default=dict, blank=True)  # further scores that were held to thresholds, by name
    policy_version = models.PositiveIntegerField(null=True)  # by which it was judged; none: nothing was looked at
    reason = models.CharField(_("reason"), max_length=64, blank=True)
    findings = models.JSONField(default=list, blank=True)  # codes, nothing personal
    detail = EncryptedJSONField(null=True)  # what was compared, for the reviewer
    input_digest = models.CharField(max_length=64, blank=True)
    milliseconds = models.PositiveIntegerField(_("milliseconds"), null=True, blank=True)

    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)

    objects = CheckQuerySet.as_manager()

    class Meta:
        verbose_name = _("check")
        verbose_name_plural = _("checks")
        constraints = [models.UniqueConstraint(fields=["application", "round", "kind"], name="check_once_per_round")]
        indexes = [
            models.Index(fields=["not_before"], condition=Q(status__in=["pending", "waiting", "running"]), name="check_open_by_time")
        ]

    def vault_person_id(self) -> uuid.UUID:
        """The key of the party it judges encrypts what was compared."""
        return self.person_id

    @property
    def has_ended(self) -> bool:
        """Will it stay as it is?"""
        return self.status in CheckStatus.ended()
