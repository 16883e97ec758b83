"""An application is opened to an app, by a secret that is said once; and what is over is forgotten."""

import hashlib
import secrets
from datetime import timedelta
from uuid import UUID

from django.db import transaction
from django.utils import timezone
from oauth2_provider.models import AccessToken

from realname import policy
from registration.models import ApiAccess, Application, KeptAnswer
from registration.policy import API_ACCESS_DAYS, API_KEY_HOURS

SECRET_BYTES = 32


def open_access(*, application: Application, client_id: str, device: str) -> tuple[ApiAccess, str]:
    """The access and its secret, of which only a digest is kept."""
    secret = secrets.token_urlsafe(SECRET_BYTES)
    access = ApiAccess.objects.create(
        application=application,
        client_id=client_id,
        device=device,
        secret_digest=_digest(secret),
        epoch=application.session_epoch,
        expires_at=timezone.now() + timedelta(days=policy.value(API_ACCESS_DAYS)),
    )
    return access, secret


def find_access(*, application_id: UUID, client_id: str, device: str, secret: str) -> ApiAccess:
    """The live access with this secret, for this client on this device. Raises ApiAccess.DoesNotExist."""
    live = ApiAccess.objects.live().select_related("application")
    return live.get(secret_digest=_digest(secret), application_id=application_id, client_id=client_id, device=device)


@transaction.atomic
def forget_leftovers() -> int:
    """Delete what nobody can use any more; answers how many rows."""
    now = timezone.now()
    kept = KeptAnswer.objects.filter(created_at__lt=now - timedelta(hours=policy.value(API_KEY_HOURS)))
    stale = (ApiAccess.objects.filter(expires_at__lt=now), kept, AccessToken.objects.filter(expires__lt=now))
    return sum(rows.delete()[0] for rows in stale)


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
