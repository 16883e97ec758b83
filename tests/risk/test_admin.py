"""R-44: grades are seen by those who judge, and changed by nobody."""

import pytest

from realname.access.models import Role
from risk.services.assess import assess
from tests.factories import registration as make
from tests.factories.access import sign_in

pytestmark = pytest.mark.django_db
LIST = "/admin/risk/score/"


@pytest.mark.parametrize("role", list(Role), ids=str)
def test_who_sees_grades(client, role):
    sign_in(client, role)
    expected = 403 if role in {Role.CLERK, Role.SALES_MANAGER, Role.ENTERPRISE_CLERK, Role.ADMINISTRATOR} else 200
    assert client.get(LIST).status_code == expected


def test_reasons_are_sentences(client):
    assess(application=make.submitted(phone=make.new_phone(segment="170")), checks={})
    sign_in(client, Role.RISK_OFFICER)
    page = client.get(LIST, headers={"accept-language": "en"}).content.decode()
    assert "The number belongs to a virtual operator" in page


def test_nobody_alters_a_grade(client):
    score = assess(application=make.submitted(), checks={})
    sign_in(client, Role.RISK_OFFICER)
    assert client.post(f"{LIST}{score.pk}/change/", {"points": 0}).status_code == 403
    assert client.post(f"{LIST}{score.pk}/delete/", {"post": "yes"}).status_code == 403
