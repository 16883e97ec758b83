"""What the server asked a person to do before the camera."""

import hashlib
import uuid

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from registration.models.application import Application
from registration.models.person import Person
from registration.states import ChallengeKind


def session_digest(session: str) -> str:
    """What stands for a browser session in the database: its key would open it."""
    return hashlib.sha256(session.encode()).hexdigest()


class ChallengeQuerySet(models.QuerySet):
    """Adjectives of challenges."""

    def live(self) -> "ChallengeQuerySet":
        """Those that may still be answered."""
        return self.filter(answered_at__isnull=True, superseded_at__isnull=True, expires_at__gt=timezone.now())

    def open_in(self, session: str, kind: ChallengeKind) -> "ChallengeQuerySet":
        """Those of this kind that the browser session with this key may still answer, the newest first."""
        return self.live().filter(kind=kind, session=session_digest(session)).order_by("-issued_at")


class Challenge(models.Model):
    """Asked once, answered once, soon, and in the browser it was asked in."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="challenges")
    application = models.ForeignKey(Application, on_delete=models.PROTECT, related_name="challenges")
    kind = models.CharField(_("kind"), max_length=16, choices=ChallengeKind.choices)
    session = models.CharField(max_length=64)  # SHA-256 of the browser session's key
    steps = models.JSONField(default=list, blank=True)  # of ChallengeStep, in their order
    # when each step is shown and when the last one ends, in ms from the first frame: as little to be foreseen as the steps
    schedule = models.JSONField(default=list, blank=True)
    digits = models.CharField(max_length=8, blank=True)
    issued_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True, blank=True)
    superseded_at = models.DateTimeField(null=True, blank=True)
    # digests of the answer's frames: none may come in another answer, whosever. They are no pictures and outlive them.
    material = ArrayField(models.CharField(max_length=32), default=list, blank=True)
    # how the head moved in the film, by which it is known again however it was encoded, and the words by which it is searched for
    # (verification.engines.liveness.course). They show no face; they are erased with the film all the same.
    course = models.BinaryField(default=b"", blank=True)
    paces = ArrayField(models.CharField(max_length=40), default=list, blank=True)

    objects = ChallengeQuerySet.as_manager()

    class Meta:
        verbose_name = _("challenge")
        verbose_name_plural = _("challenges")
        indexes = [
            models.Index(fields=["application", "kind", "issued_at"], name="challenge_by_application"),
            GinIndex(fields=["material"], name="challenge_by_material"),
            GinIndex(fields=["paces"], name="challenge_by_paces"),
        ]
