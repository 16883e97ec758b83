"""What every page of a person shows of their account: whether they are in it, and how many notices wait."""

from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from registration.account_selectors import unread
from registration.web.account.session import SIGN_IN, current_sign_in


def account(request: HttpRequest) -> dict:
    """`account`: nothing without a sign-in, which costs no query; else asked for when a template shows it."""
    if not hasattr(request, "session") or not request.session.get(SIGN_IN):
        return {"account": None}
    return {"account": SimpleLazyObject(lambda: _of(request))}


def _of(request: HttpRequest) -> dict:
    sign_in = getattr(request, "sign_in", None) or current_sign_in(request)
    return {"unread": unread(sign_in.person)} if sign_in else {}
