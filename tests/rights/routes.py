"""The words of the table of rights, and every route there is."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any

from django.urls import URLResolver, get_resolver

from realname.access.models import Role

ANONYMOUS = "anonymous"
EVERYBODY = (ANONYMOUS, *map(str, Role))
Statuses = dict[str, int]


@dataclass(frozen=True)
class Route:
    """What each role gets from a route. `args` makes the route's arguments from the world (world.py); `data` is what is posted.

    `post` empty: the route takes no POST of its own (a page that only shows something).
    """

    get: Statuses
    post: Statuses = field(default_factory=dict)
    args: Callable[[Any], dict[str, Any]] = lambda world: {}
    data: dict[str, Any] = field(default_factory=dict)


def everybody(status: int) -> Statuses:
    """All the same, with or without sign-in."""
    return dict.fromkeys(EVERYBODY, status)


def only(*roles: str, ok: int = 200, others: int = 403, anonymous: int = 302) -> Statuses:
    """These roles get `ok`, other staff `others`; who has not signed in is led to sign-in."""
    return {name: anonymous if name == ANONYMOUS else ok if name in roles else others for name in EVERYBODY}


def nobody(others: int = 403) -> Statuses:
    """No role."""
    return only(others=others)


def routes() -> dict[str, str]:
    """Every route of the project: its name with namespaces (`[pattern]` where it has none) → its pattern."""
    return dict(_walk(get_resolver(), "", ""))


def _walk(resolver: URLResolver, spaces: str, prefix: str) -> Iterator[tuple[str, str]]:
    for pattern in resolver.url_patterns:
        whole = prefix + str(pattern.pattern)
        if isinstance(pattern, URLResolver):
            yield from _walk(pattern, f"{spaces}{pattern.namespace}:" if pattern.namespace else spaces, whole)
        else:
            yield f"{spaces}{pattern.name}" if pattern.name else f"[{whole}]", whole


def list_routes(model: str, *readers: str, thing: str = "") -> dict[str, Route]:
    """The admin's six routes of a list that is read only; `thing` names its object in the world, where there is one."""
    app, name = model.split(".")

    def pk(world: Any) -> dict[str, str]:
        return {"object_id": str(getattr(world, thing).pk) if thing else "1"}

    base = f"admin:{app}_{name}"
    return {
        f"{base}_changelist": Route(get=only(*readers)),
        f"{base}_add": Route(get=nobody(), post=nobody()),
        f"{base}_change": Route(get=only(*readers, ok=200 if thing else 302), post=nobody(), args=pk),
        f"{base}_delete": Route(get=nobody(), post=nobody(), args=pk),
        f"{base}_history": Route(get=only(*readers) if thing else everybody(302), args=pk),
        f"[admin/{app}/{name}/<path:object_id>/]": Route(get=everybody(302), args=pk),
    }
