"""Who gets past the door of a staff page, said in one line above the view.

`@desk_page(policy)` for a page of a role; inside, `visible(…)` for one thing: other people's things answer 404.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.cache import add_never_cache_headers
from django.views.decorators.csrf import csrf_protect

from realname.access.models import Role, Staff

Policy = Callable[[Staff], bool]
View = Callable[..., HttpResponse]
Thing = TypeVar("Thing")


def is_staff_member(user: Any) -> bool:
    """Signed in with a password, as staff; the second factor may still be missing."""
    return user.is_authenticated and user.is_active and user.is_staff


def may_enter(user: Any) -> bool:
    """Staff whose second factor is verified in this session (P-ALL-1)."""
    return is_staff_member(user) and user.is_verified()


def has_role(*roles: Role) -> Policy:
    """The policy "one of these roles"."""
    return lambda user: user.is_active and user.role in roles


def has_permission(name: str) -> Policy:
    """The policy "the role holds this permission" (roles.py)."""
    return lambda user: user.has_perm(name)


def desk_page(policy: Policy) -> Callable[[View], View]:
    """Let only staff in whom the policy allows: others sign in first, or are refused (403). Nothing of it is cached anywhere."""

    def decorate(view: View) -> View:
        @wraps(view)
        def guarded(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
            if not may_enter(request.user):
                return redirect_to_login(request.get_full_path(), reverse("admin:login"))
            if not policy(request.user):
                raise PermissionDenied
            response = view(request, *args, **kwargs)
            add_never_cache_headers(response)
            return _relaxed(response)

        return csrf_protect(guarded)

    return decorate


def visible(thing: Thing | None, allowed: bool = True) -> Thing:
    """The thing, where there is one and it may be seen. Raises Http404: what is not yours does not exist."""
    if thing is None or not allowed:
        raise Http404
    return thing


def _relaxed(response: HttpResponse) -> HttpResponse:
    from django.contrib import admin

    return admin.site.relax_csp(response)
