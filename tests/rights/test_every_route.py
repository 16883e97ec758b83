"""Role × route × method → status, for every route of the project (P-ALL-1: least privilege by role)."""

from types import SimpleNamespace

import pytest
from django.db import transaction
from django.urls import reverse

from tests.rights import world as worlds
from tests.rights.routes import EVERYBODY, Route, routes
from tests.rights.table import PARTS, TABLE


def test_every_route_has_its_line():
    """A route nobody has thought about is open to whoever its author forgot."""
    missing = sorted(set(routes()) - set(TABLE))
    assert not missing, f"Say who gets what from these routes, in tests/rights/table/<app>.py: {missing}"


def test_every_line_has_its_route():
    """A line without a route holds nobody back."""
    gone = sorted(set(TABLE) - set(routes()))
    assert not gone, f"These routes are gone: take their lines out of tests/rights/table/: {gone}"


@pytest.mark.slow
@pytest.mark.django_db
@pytest.mark.parametrize("part", PARTS)
def test_rights(part):
    """Every role gets exactly what the table says."""
    world = worlds.build()
    patterns = routes()
    wrong = []
    for name, route in PARTS[part].items():
        for method in ("get", "post"):
            for who, expected in getattr(route, method).items():
                got = ask(world, who, method, address(name, patterns[name], route, world), route)
                if got != expected:
                    wrong.append(f"{who} {method.upper()} {name}: expected {expected}, got {got}")
    assert not wrong, "\n" + "\n".join(wrong)


def test_the_table_speaks_of_every_role():
    """A role that was added later has no gaps."""
    for name, route in TABLE.items():
        assert set(route.get) == set(EVERYBODY), name
        assert not route.post or set(route.post) == set(EVERYBODY), name


def address(name: str, pattern: str, route: Route, world: SimpleNamespace) -> str:
    """The URL of a route: of one without a name from its pattern."""
    arguments = route.args(world)
    if not name.startswith("["):
        return reverse(name, kwargs=arguments)
    for key, value in arguments.items():
        pattern = pattern.replace(f"<path:{key}>", value).replace(f"(?P<{key}>.*)$", value)
    return f"/{pattern}"


def ask(world: SimpleNamespace, who: str, method: str, url: str, route: Route) -> int:
    """The status; whatever the request changed is undone."""
    client = world.clients[who]
    cookies = client.cookies.copy()
    try:
        with transaction.atomic():
            response = getattr(client, method)(url, route.data if method == "post" else None)
            transaction.set_rollback(True)
    finally:
        client.cookies = cookies
    return response.status_code
