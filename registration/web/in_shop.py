"""The person's pages on a tablet in a shop: the same pages and services, with the clerk as actor and their place in every event (P-REG-6).

The clerk's session names its place; before each page it is seen to hold. What was handed in is out of the clerk's sight.
"""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from realname.access.actor import PLACE_KEY
from realname.access.guards import may_enter
from registration.errors import ShopRefused
from registration.models import Application
from registration.services.shop.station import Station, station_of
from registration.states import ApplicationStatus

DEVICE_COOKIE = "shop_device"
# what ties a session to an application (registration/web/session.py)
_OF_APPLICATION = ("application_id", "person_id", "session_epoch")
# of a person's pages, those that belong to an application; their account is for their own device
_SPACES = ([], ["registration"], ["ui"])


def station(request: HttpRequest) -> Station:
    """Where the clerk of this browser stands. Raises ShopRefused."""
    if not may_enter(request.user):
        raise ShopRefused("shop_clerks_only")
    return station_of(request.user, request.COOKIES.get(DEVICE_COOKIE, ""))


def begin(request: HttpRequest, place: dict[str, str]) -> None:
    """The tablet is for one person now, who is not known yet."""
    put_aside(request)
    request.session[PLACE_KEY] = place


def put_aside(request: HttpRequest) -> None:
    """The tablet forgets the person; the application itself stays theirs."""
    for key in (PLACE_KEY, *_OF_APPLICATION):
        request.session.pop(key, None)


def in_hand(request: HttpRequest) -> Application | None:
    """The unfinished application that the tablet is for."""
    if PLACE_KEY not in request.session or "application_id" not in request.session:
        return None
    unfinished = Application.objects.filter(status__in=ApplicationStatus.editable(), clerk_id=request.user.pk)
    return unfinished.filter(pk=request.session["application_id"], session_epoch=request.session.get("session_epoch", 0)).first()


class InShopMiddleware:
    """Keeps a clerk's tablet to what the clerk may do at this moment."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """As it comes."""
        return self.get_response(request)

    def process_view(self, request: HttpRequest, view: Any, args: Any, kwargs: Any) -> HttpResponse | None:
        """Lead back to the counter where the place no longer holds, the application was handed in, or the page is not of one."""
        spaces = request.resolver_match.namespaces
        if spaces[:1] == ["admin"] or PLACE_KEY not in request.session:
            return None
        try:
            holds = station(request).place == request.session[PLACE_KEY]
        except ShopRefused as refusal:
            messages.warning(request, refusal.message)
            holds = False
        begun = "application_id" in request.session
        if holds and spaces in _SPACES and (not begun or in_hand(request)):
            return None
        if spaces in _SPACES:
            put_aside(request)
        return redirect("admin:registration_shop")
