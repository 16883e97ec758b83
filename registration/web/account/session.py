"""Whose account this browser is in. People are not users in Django's sense: staff are."""

from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from urllib.parse import urlencode

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.cache import add_never_cache_headers
from django.utils.crypto import constant_time_compare
from django.utils.translation import get_language

from realname import policy
from realname.access.actor import Actor, client_ip
from realname.ui.views import LARGER_TYPE_COOKIE, SIZES, keep_type_size
from realname.vault.erase import is_erased
from registration.models import SignIn
from registration.policy import ACCOUNT_FRESH, ACCOUNT_IDLE
from registration.services.account.change_settings import change_settings
from registration.services.account.end_sign_in import end_sign_in
from registration.services.account.open_sign_in import device_digest
from registration.states import SignInEnd
from registration.web.device import DEVICE_COOKIE

View = Callable[..., HttpResponse]
SIGN_IN, NEXT, FRESH_SETTINGS = "account_sign_in", "account_next", "account_settings_due"
# how exactly it is known when a browser was last there: not each request writes a row
SEEN_EVERY = timedelta(minutes=1)


def let_in(request: HttpRequest, sign_in: SignIn) -> None:
    """This browser is in now, under a session key that nobody can have prepared."""
    request.session.cycle_key()
    request.session[SIGN_IN] = str(sign_in.pk)
    request.session[FRESH_SETTINGS] = True


def current_sign_in(request: HttpRequest) -> SignIn | None:
    """The sign-in of this browser, if it is in: of this session and this device, not ended, neither idle nor old."""
    sign_in_id = request.session.get(SIGN_IN)
    if not sign_in_id:
        return None
    sign_in = SignIn.objects.live().select_related("person").filter(pk=sign_in_id).first()
    if sign_in is None or not constant_time_compare(sign_in.device, device_digest(request.COOKIES.get(DEVICE_COOKIE, "")[:64])):
        return None
    if is_erased(sign_in.person_id):
        # nothing of theirs can be read any more: a page held open in this moment must not fail at it
        return None
    now = timezone.now()
    if sign_in.seen_at < now - timedelta(seconds=policy.value(ACCOUNT_IDLE)):
        end_sign_in(actor=actor_of(request, sign_in), sign_in_id=sign_in.pk, end=SignInEnd.IDLE)
        return None
    if sign_in.seen_at < now - SEEN_EVERY:
        SignIn.objects.filter(pk=sign_in.pk).update(seen_at=now)
    return sign_in


def actor_of(request: HttpRequest, sign_in: SignIn) -> Actor:
    """The person in their account, as the trail names them."""
    device = request.COOKIES.get(DEVICE_COOKIE, "")[:64]
    return Actor(kind="person", id=str(sign_in.person_id), name="", device=device, ip=client_ip(request))


def is_fresh(sign_in: SignIn) -> bool:
    """Did they sign in only a moment ago?"""
    return sign_in.started_at > timezone.now() - timedelta(seconds=policy.value(ACCOUNT_FRESH))


def account_page(view: View) -> View:
    """Hand the sign-in to the view as `request.sign_in`, and the actor as `request.person`; others sign in first. Nothing is cached."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        sign_in = current_sign_in(request)
        if sign_in is None:
            return to_sign_in(request)
        request.sign_in, request.person = sign_in, actor_of(request, sign_in)
        first = request.session.pop(FRESH_SETTINGS, False)
        response = view(request, *args, **kwargs)
        _keep_settings(request, response, first=first)
        add_never_cache_headers(response)
        return response

    return guarded


def needs_fresh(view: View) -> View:
    """As `account_page`, for what takes data away or changes keys: whoever signed in a while ago does it again first."""

    @wraps(view)
    def guarded(request: HttpRequest, *args, **kwargs) -> HttpResponse:
        if not is_fresh(request.sign_in):
            return to_sign_in(request, again=True)
        return view(request, *args, **kwargs)

    return account_page(guarded)


def to_sign_in(request: HttpRequest, *, again: bool = False) -> HttpResponse:
    """To the sign-in, and back from there: to the page itself, or to the account's first page after something that was sent."""
    request.session[NEXT] = request.path if request.method in {"GET", "HEAD"} else reverse("account:home")
    return redirect(f"{reverse('account:sign_in')}?{urlencode({'again': 1})}" if again else reverse("account:sign_in"))


def _keep_settings(request: HttpRequest, response: HttpResponse, *, first: bool) -> None:
    """A browser that just came in reads as the account does; from then on the account follows what is chosen in the browser."""
    person = request.sign_in.person
    chosen = request.COOKIES.get(LARGER_TYPE_COOKIE, "")
    if first and person.language:
        response.set_cookie(settings.LANGUAGE_COOKIE_NAME, person.language, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE)
        keep_type_size(response, person.type_size)
        return
    if (person.language, person.type_size) != (get_language(), chosen if chosen in SIZES else ""):
        change_settings(actor=request.person, language=get_language(), type_size=chosen if chosen in SIZES else "")
