"""Lists show a status by its word, whether or not it has a tone of its own (P-REG-8)."""

import pytest

from realname.access.models import Role
from registration.models import Application
from registration.states import ApplicationStatus
from tests.factories import desk
from tests.factories import registration as make

pytestmark = pytest.mark.django_db


def test_every_status_of_the_list_of_applications_is_a_word_and_no_code():
    browser, application = desk.signed_in(Role.COMPLIANCE), make.submitted()
    for status in ApplicationStatus:
        Application.objects.filter(pk=application.pk).update(status=status)
        html = browser.get("/admin/registration/application/", headers={"Accept-Language": "zh-hans"}).content.decode()
        cell = html.split('class="field-shown_status')[1].split("</td>")[0]
        assert status.label in cell, status
        assert status.value not in cell, status
