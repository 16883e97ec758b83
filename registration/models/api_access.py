"""What the operator's app keeps for one person, and what it was answered before."""

import uuid

from django.db import models
from django.utils import timezone

from registration.models.application import Application


class ApiAccessQuerySet(models.QuerySet):
    """Adjectives of accesses."""

    def live(self) -> "ApiAccessQuerySet":
        """Still good: neither its time nor its draft's is over, and the application was not taken up elsewhere since."""
        draft_over = models.Q(application__expires_at__lt=timezone.now())
        return self.filter(expires_at__gt=timezone.now(), epoch=models.F("application__session_epoch")).exclude(draft_over)


class ApiAccess(models.Model):
    """One application opened to one client on one device, by a secret of its own: a client's token alone reads nobody's application."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="api_accesses")
    client_id = models.CharField(max_length=255)  # as text: a revoked client's accesses open nothing, whatever becomes of its row
    device = models.CharField(max_length=64)
    secret_digest = models.CharField(max_length=64, unique=True)  # SHA-256; the secret has 256 random bits
    epoch = models.PositiveIntegerField()  # as a browser session's (Application.session_epoch)
    created_at = models.DateTimeField(auto_now_add=True)
    expires_at = models.DateTimeField()

    objects = ApiAccessQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["expires_at"], name="api_access_by_end")]


class KeptAnswer(models.Model):
    """What a request with an idempotency key was answered, so that the same request again is answered alike and does nothing."""

    key_digest = models.CharField(max_length=64, primary_key=True)  # of client, application and key
    request_digest = models.CharField(max_length=64)  # keyed: bodies hold phone numbers
    status = models.PositiveSmallIntegerField()
    answer = models.BinaryField()  # encrypted under a key made of the idempotency key, which is not stored (api/v1/idempotency.py)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["created_at"], name="kept_answer_by_age")]
