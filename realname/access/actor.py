"""Who does a thing: named in every event, and handed to every service."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from django.conf import settings
from django.http import HttpRequest

# where a session remembers the place of a clerk at work
PLACE_KEY = "place"
Kind = Literal["person", "staff", "system", "partner"]


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. `id` and `name` are copied into the trail as text, so that it needs nobody alive.

    `name` of a person is masked or empty, or that of the app they came by: the trail's plain columns hold nothing personal.
    """

    kind: Kind
    id: str
    name: str
    role: str = ""
    device: str = ""
    ip: str = ""
    # of a clerk in a shop: ids of dealer, shop and device, written into each of their events
    place: Mapping[str, str] = field(default_factory=dict)


SYSTEM = Actor(kind="system", id="system", name="system")


def actor_from_request(request: HttpRequest) -> Actor:
    """The actor behind a request: the signed-in staff member, else the person of the session.

    One browser can be both. On a tablet in a shop it is the clerk on all pages, in their place. Elsewhere it is the staff member on
    the staff's site and the person on the person's pages.
    """
    device = request.COOKIES.get("device", "")[:64]
    user = getattr(request, "user", None)
    person = str(request.session.get("person_id", "")) if hasattr(request, "session") else ""
    place = request.session.get(PLACE_KEY, {}) if hasattr(request, "session") else {}
    if user is not None and user.is_authenticated and (not person or place or _at_the_desk(request)):
        return Actor(
            kind="staff", id=str(user.pk), name=user.get_username(), role=user.role, device=device, ip=client_ip(request), place=place
        )
    return Actor(kind="person", id=person or "anonymous", name="", device=device, ip=client_ip(request))


def _at_the_desk(request: HttpRequest) -> bool:
    return request.resolver_match is not None and "admin" in request.resolver_match.namespaces


def client_ip(request: HttpRequest) -> str:
    """The client's address: the one our own outermost proxy saw (`TRUSTED_PROXIES` of them stand in front)."""
    forwarded = [part.strip() for part in request.META.get("HTTP_X_FORWARDED_FOR", "").split(",") if part.strip()]
    proxies = settings.TRUSTED_PROXIES
    if proxies and len(forwarded) >= proxies:
        return forwarded[-proxies]
    return request.META.get("REMOTE_ADDR", "")
