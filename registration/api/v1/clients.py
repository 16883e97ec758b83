"""The first of two locks: which app asks (OAuth 2.0, client credentials)."""

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache
from drf_spectacular.extensions import OpenApiAuthenticationExtension
from oauth2_provider.models import AccessToken
from oauth2_provider.oauth2_backends import get_oauthlib_core
from oauth2_provider.views import TokenView
from rest_framework.authentication import BaseAuthentication
from rest_framework.permissions import BasePermission
from rest_framework.request import Request

from registration.api.v1 import problems
from registration.policy import API_TOKENS_PER_HOUR_IP
from registration.web.throttle import TooManyRequests, count_request

SCOPE = "registration"


class ClientAuthentication(BaseAuthentication):
    """`Authorization: Bearer …`, by the header alone: no body is read for it, so who is nobody sends nothing that costs."""

    def authenticate(self, request: Request) -> tuple[None, AccessToken] | None:
        """No user, since no staff member asks; and the token, whose `application` is the client."""
        headers = {"Authorization": request.headers.get("Authorization", "")}
        valid, found = get_oauthlib_core().server.verify_request("/", headers=headers, scopes=[SCOPE])
        return (None, found.access_token) if valid else None

    def authenticate_header(self, request: Request) -> str:
        """So that a refusal is a 401."""
        return f'Bearer realm="registration", scope="{SCOPE}"'


class IsClient(BasePermission):
    """A token of a client that was let in."""

    def has_permission(self, request: Request, view: object) -> bool:
        """An answer of 401 without."""
        return request.auth is not None


class ClientScheme(OpenApiAuthenticationExtension):
    """How the description of the API says it."""

    target_class = ClientAuthentication
    name = "client"

    def get_security_definition(self, auto_schema: object) -> dict:
        """The grant and where its tokens come from."""
        flow = {"tokenUrl": "/api/registration/v1/token", "scopes": {SCOPE: "Register people"}}
        return {"type": "oauth2", "flows": {"clientCredentials": flow}}


@method_decorator(never_cache, name="dispatch")
class Token(TokenView):
    """A token for a client's id and secret, as RFC 6749 section 4.4 says; bounded, since each try costs a slow hash."""

    http_method_names = ["post"]

    def post(self, request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        """The token, good for minutes."""
        try:
            count_request(request, API_TOKENS_PER_HOUR_IP)
        except TooManyRequests as refusal:
            body = problems.problem(refusal.code, 429)
            return JsonResponse(body, status=429, content_type=problems.MEDIA_TYPE, headers={"Retry-After": "3600"})
        return super().post(request, *args, **kwargs)
