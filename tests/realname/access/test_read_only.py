"""Lists show a status by its word, whether or not it has a tone of its own (P-REG-8)."""

import pytest
from django.utils import timezone, translation

from realname.access.models import Role
from registration.models import Application, LegalHold, RightsRequest
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
        with translation.override("zh-hans"):
            assert str(status.label) in cell, status
        assert status.value not in cell, status


@pytest.mark.parametrize("kind", ["legalhold", "rightsrequest"])
def test_the_first_column_leads_to_the_page_of_the_row_under_a_label_of_its_own(kind):
    """On a phone each cell is told by its label."""
    browser, application = desk.signed_in(Role.COMPLIANCE), make.submitted()
    if kind == "legalhold":
        row = LegalHold.objects.create(person=application.person, reason="r", authority_reference="Court 1", placed_by_id="1")
    else:
        row = RightsRequest.objects.create(person=application.person, kind="access", due_at=timezone.now())
    html = browser.get(f"/admin/registration/{kind}/", headers={"Accept-Language": "en"}).content.decode()
    assert f'href="/admin/registration/{kind}/{row.pk}/case/"' in html
    assert 'data-label="Select record"' not in html
    assert browser.get(f"/admin/registration/{kind}/{row.pk}/change/")["Location"] == f"/admin/registration/{kind}/{row.pk}/case/"
    assert browser.get(f"/admin/registration/{kind}/x/change/").status_code == 404
