"""No staff page shows personal data unmasked before it is opened for a purpose (P-ALL-1)."""

import pytest

from realname.access.models import Role
from tests.rights import world as worlds
from tests.rights.routes import routes
from tests.rights.table import TABLE
from tests.rights.test_every_route import address

pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.mark.parametrize(
    "role", [Role.SENIOR_REVIEWER, Role.RISK_OFFICER, Role.COMPLIANCE, Role.ADMINISTRATOR, Role.CLERK, Role.SALES_MANAGER]
)
def test_every_page_of_a_role_is_masked(role):
    """Every page the role may open, with a case, a person, a line and a change in it, holds none of their values."""
    world = worlds.build()
    secrets = {
        "name": world.application.name,
        "ID number": world.application.id_number,
        "phone": world.application.phone,
        "address": world.application.address,
        "person's ID number": world.person.id_number,
        "line": world.line.number,
    }
    patterns, seen, leaks = routes(), 0, []
    for name, route in TABLE.items():
        if route.get[str(role)] != 200 or not name.startswith("admin:"):
            continue
        page = world.clients[str(role)].get(address(name, patterns[name], route, world)).content.decode()
        leaks += [f"{name} shows {what}" for what, value in secrets.items() if value in page]
        seen += 1
    assert not leaks, "\n".join(leaks)
    assert seen > 4
