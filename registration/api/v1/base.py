"""What every view of the API stands on; and the second of two locks: whose application it is."""

import hashlib
import json
import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.http import HttpRequest
from rest_framework.exceptions import NotFound
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.serializers import Serializer
from rest_framework.views import APIView

from realname.access.actor import Actor, client_ip
from registration.access import require_open
from registration.api.v1 import problems
from registration.api.v1.clients import ClientAuthentication, IsClient
from registration.errors import ApplicationIncomplete, RegistrationError
from registration.models import ApiAccess, Application
from registration.services.api_access import find_access
from registration.states import Party
from registration.web.way import missing_before

DEVICE = re.compile(r"[A-Za-z0-9_-]{16,64}")


class ApiView(APIView):
    """A client asks. Without cookies, and so without CSRF; nothing of it is kept on the way."""

    authentication_classes = [ClientAuthentication]
    permission_classes = [IsClient]
    takes_file = False

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Callable:
        """Marked for the bound on bodies (realname/ui/uploads.py)."""
        view = super().as_view(**initkwargs)
        view.takes_file, view.too_large = cls.takes_file, problems.too_large
        return view

    def finalize_response(self, request: Request, response: Response, *args: Any, **kwargs: Any) -> Response:
        """Personal data lie in no cache."""
        response.headers.setdefault("Cache-Control", "no-store")
        return super().finalize_response(request, response, *args, **kwargs)

    @property
    def client_id(self) -> str:
        """Of the app that asks."""
        return self.request.auth.application.client_id

    def actor_for(self, application: Application | None) -> Actor:
        """The person, named in the trail by the app they came by."""
        return Actor(
            kind="person",
            id=str(application.person_id) if application else "anonymous",
            name=self.request.auth.application.name,
            device=self.device(),
            ip=client_ip(self.request),
        )

    def device(self) -> str:
        """The device the request names. Raises RegistrationError (device_missing)."""
        device = self.request.headers.get("Device-Id", "")
        if not DEVICE.fullmatch(device):
            raise RegistrationError("device_missing")
        return device

    def read(self, serializer: type[Serializer]) -> dict[str, Any]:
        """What was sent. Raises ValidationError."""
        sent = serializer(data=self.request.data)
        sent.is_valid(raise_exception=True)
        return sent.validated_data


class ApplicationView(ApiView):
    """As above, of one application: by its id, the secret that was given with it, the client and the device it was given to.

    Where one of them does not fit there is nothing: other people's things answer 404.
    """

    access: ApiAccess
    # whose document, details or phone it is about; where nobody acts for the person there is nothing of the other
    party: Party = Party.PRINCIPAL

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Who may ask, before a body is read. Raises NotFound."""
        super().initial(request, *args, **kwargs)
        try:
            application_id = UUID(kwargs["application_id"])
            secret, device = request.headers.get("Application-Secret", ""), request.headers.get("Device-Id", "")
            self.access = find_access(application_id=application_id, client_id=self.client_id, device=device, secret=secret)
        except (ValueError, ApiAccess.DoesNotExist):
            raise NotFound from None
        if self.party not in self.application.parties:
            raise NotFound

    @property
    def application(self) -> Application:
        """As it was when it was last read."""
        return self.access.application

    @property
    def session(self) -> str:
        """What a challenge is bound to, as to a browser's session."""
        return str(self.access.pk)

    @property
    def whose(self) -> dict[str, Any]:
        """What every service is told."""
        return {"actor": self.actor_for(self.application), "application_id": self.application.pk}

    def need_proven(self) -> Application:
        """Nothing is shown or taken before the phone is proven. Raises RegistrationError."""
        if self.application.phone_proven_at is None:
            raise RegistrationError("phone_not_proven")
        return self.application

    def need_editable(self, part: str = "") -> Application:
        """As above, and it must be the person's to change, with what comes before `part` there.

        Raises ApplicationClosed, ApplicationIncomplete.
        """
        application = self.need_proven()
        require_open(application)
        if part and (missing := missing_before(application, part)):
            raise ApplicationIncomplete(missing, "step_out_of_order")
        return application


def polled(request: HttpRequest, content: dict[str, Any], *, again: int = 0) -> Response:
    """A state that is asked for again and again: 304 where it is what the client has; `again` seconds until it may have changed."""
    digest = hashlib.sha256(json.dumps(content, sort_keys=True, default=str).encode()).hexdigest()[:32]
    headers = {"ETag": f'"{digest}"', "Cache-Control": "private, no-cache"}
    if again:
        headers["Retry-After"] = str(again)
    seen = {tag.strip().removeprefix("W/") for tag in request.headers.get("If-None-Match", "").split(",")}
    return Response(status=304, headers=headers) if headers["ETag"] in seen else Response(content, headers=headers)
