"""The same request again is answered as before and does nothing (draft-ietf-httpapi-idempotency-key-header).

Claim, effect and answer are one transaction under a lock of the key: a kill at any line leaves all of it or none, and of two that come
at once one is told to ask again. The answer is kept encrypted under a key made of the idempotency key, of which only a digest is
stored: it may hold a secret that nobody but its receiver knows.
"""

import base64
import hashlib
import hmac
import json
import re
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from typing import Any

from cryptography.fernet import Fernet
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from rest_framework.request import Request
from rest_framework.response import Response

from realname import policy
from registration.errors import RegistrationError
from registration.locks import try_request
from registration.models import KeptAnswer
from registration.policy import API_KEY_HOURS

KEY = re.compile(r"[A-Za-z0-9_-]{16,64}")
# refusals of the moment: the same request may do better a little later
PASSING = {409, 429}


def idempotent(*, required: bool = False) -> Callable:
    """A POST that may carry an Idempotency-Key, or must."""

    def decorate(method: Callable[..., Response]) -> Callable[..., Response]:
        @wraps(method)
        def once(view: Any, request: Request, *args: Any, **kwargs: Any) -> Response:
            key = request.headers.get("Idempotency-Key", "")
            if not key and not required:
                return method(view, request, *args, **kwargs)
            if not KEY.fullmatch(key):
                raise RegistrationError("key_missing")
            scope = f"{request.auth.application.client_id}\n{key}"
            whose = str(view.access.pk) if kwargs else ""
            return _once(scope, _digest_of(request, whose=whose), view, lambda: method(view, request, *args, **kwargs))

        return once

    return decorate


@transaction.atomic
def _once(scope: str, request_digest: str, view: Any, act: Callable[[], Response]) -> Response:
    digest = _keyed(b"digest", scope.encode()).hex()
    if not try_request(digest):
        raise RegistrationError("key_busy")
    since = timezone.now() - timedelta(hours=policy.value(API_KEY_HOURS))
    KeptAnswer.objects.filter(pk=digest, created_at__lt=since).delete()
    fernet = Fernet(base64.urlsafe_b64encode(_keyed(b"answer", scope.encode())))
    if kept := KeptAnswer.objects.filter(pk=digest).first():
        if kept.request_digest != request_digest:
            raise RegistrationError("key_reused")
        return _again(kept, fernet)
    try:
        response = act()
    except Exception as error:
        # the services count wrong guesses in transactions of their own: a refusal rolls nothing back
        response = view.handle_exception(error)
    if response.status_code < 500 and response.status_code not in PASSING:
        content = json.dumps({"data": response.data, "type": response.content_type}, default=str).encode()
        KeptAnswer.objects.create(
            key_digest=digest, request_digest=request_digest, status=response.status_code, answer=fernet.encrypt(content)
        )
    return response


def _again(kept: KeptAnswer, fernet: Fernet) -> Response:
    content = json.loads(fernet.decrypt(bytes(kept.answer)))
    return Response(content["data"], status=kept.status, content_type=content["type"], headers={"Idempotent-Replayed": "true"})


def _digest_of(request: Request, *, whose: str) -> str:
    """Of what was sent, not of its bytes: a client's next try has another multipart boundary. With the address, access and device."""
    fields = {}
    for name, value in request.data.items():
        fields[name] = hashlib.sha256(value.read()).hexdigest() if isinstance(value, UploadedFile) else value
        if isinstance(value, UploadedFile):
            value.seek(0)
    context = [request.path, whose, request.headers.get("Device-Id", "")]
    return _keyed(b"request", json.dumps([context, fields], sort_keys=True).encode()).hex()


def _keyed(purpose: bytes, content: bytes) -> bytes:
    key = hashlib.sha256(b"idempotency:" + purpose + b":" + settings.SECRET_KEY.encode()).digest()
    return hmac.digest(key, content, "sha256")
