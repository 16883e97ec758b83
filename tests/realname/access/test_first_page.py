"""Staff find from the first page of the desk what is theirs to do, whatever their role."""

import pytest

from realname.access.models import Role
from tests.factories.access import sign_in

pytestmark = pytest.mark.django_db
FIRST = {
    Role.REVIEWER: "/admin/verification/review/",
    Role.COMPLIANCE: "/admin/monitoring/kpis/",
    Role.SALES_MANAGER: "/admin/registration/dealer/",
    Role.ENTERPRISE_CLERK: "/admin/registration/organisation/own/",
    Role.CLERK: "/admin/registration/dealer/shop/",
    Role.ADMINISTRATOR: "/admin/access/staff/",
}


@pytest.mark.parametrize(("role", "address"), FIRST.items(), ids=str)
def test_the_first_page_leads_to_the_work(client, role, address):
    sign_in(client, role)
    page = client.get("/admin/").content.decode()
    assert f'<a class="desk-link" href="{address}"' in page


def test_it_names_nothing_of_others(client):
    sign_in(client, Role.ENTERPRISE_CLERK)
    assert "/admin/trail/event/" not in client.get("/admin/").content.decode()
