"""What an address of a list asks for, and can't be, leads back to the list; nothing breaks (P-ALL-3)."""

import pytest

from realname.access.models import Role
from tests.factories.access import sign_in
from tests.factories.registration import complete

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("role", "address"),
    [
        (Role.REVIEWER, "registration/application/?status__exact=%00"),
        (Role.REVIEWER, "registration/application/?channel=x&path=%00"),
        (Role.REVIEWER, "registration/application/?q=%00"),
        (Role.REVIEWER, "changes/changerequest/?status__exact=%00"),
        (Role.COMPLIANCE, "trail/event/?at__day=99999999999&at__month=13&at__year=0"),
        (Role.COMPLIANCE, "trail/event/?at__year=0"),
        (Role.COMPLIANCE, "trail/event/?at__year=2026&at__month=2&at__day=31"),
    ],
)
def test_a_filter_that_cannot_be_leads_back(client, role, address):
    complete()
    sign_in(client, role)
    answer = client.get(f"/admin/{address}", follow=True)
    assert answer.status_code in {200, 400}
