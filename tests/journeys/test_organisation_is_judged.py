"""An organisation on the pages of its clerk and its reviewer, in a real browser: phone and desk, both languages (R-03, R-04)."""

import pytest

from realname.access.models import Role
from registration.models import Organisation
from registration.states import OrganisationStatus
from tests.factories import desk
from tests.factories import organisation as make
from tests.factories.documents import new_id_number
from tests.journeys.test_clerk_helps import keep, look, opened

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
BASE = "/admin/registration/organisation/"


@pytest.mark.parametrize("size", ["phone", "desk"])
@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_from_the_licence_to_a_suspension(browser, live_server, size, language):
    """Enter, photograph, open, approve, suspend: by forms alone; no page scrolls sideways."""
    page = opened(browser, live_server, desk.signed_in(Role.ENTERPRISE_CLERK), size, language)
    look(page, f"{BASE}own/", "organisation-own")
    page.fill("input[name=name]", "青石物流有限公司")
    page.fill("input[name=code]", make.new_code())
    page.fill("input[name=address]", "北京市东城区示例路1号")
    page.fill("input[name=legal_representative]", "赵一")
    page.fill("input[name=agent_name]", "张三丰")
    page.fill("input[name=agent_id_number]", new_id_number())
    page.click(".desk-judge button")
    page.wait_for_selector("input[name=photo]")
    for kind in ("licence", "letter", "agent_front", "agent_back"):
        photo = {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": desk.photograph()}
        page.set_input_files(f"form[action$='/{kind}/'] input[name=photo]", photo)
        page.click(f"form[action$='/{kind}/'] button")
        page.wait_for_selector(f"form[action$='/{kind}/'] .desk-badge--good")
    keep(page, "organisation-entered")
    page.context.close()

    page = opened(browser, live_server, desk.signed_in(Role.REVIEWER), size, language)
    look(page, f"{BASE}review/", "organisation-review")
    page.click(".desk-table a.desk-link")
    page.wait_for_selector("form[action$='/open/']")
    keep(page, "organisation-case")
    page.click("form[action$='/open/'] button")
    page.wait_for_selector(".desk-photo img")
    page.wait_for_load_state("networkidle")
    keep(page, "organisation-opened")
    page.click("form[action$='/approve/'] button")
    page.wait_for_selector("form[action$='/suspend/']")
    page.select_option("select[name=reason]", "misuse")
    page.click("form[action$='/suspend/'] button")
    page.wait_for_selector("form[action$='/approve/']")
    keep(page, "organisation-suspended")
    page.context.close()
    assert Organisation.objects.get().status == OrganisationStatus.SUSPENDED
