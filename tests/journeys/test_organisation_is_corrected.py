"""A correction, lines and their users on the pages of clerk, reviewer and person: phone and desk, both languages (R-03)."""

import pytest

from realname.access.models import Role
from registration.models import Line
from sandbox.enterprises import ENTERPRISES
from tests.factories import account, desk
from tests.factories import organisation as make
from tests.factories import registration as people
from tests.factories.access import staff_actor
from tests.journeys.test_clerk_helps import keep, look, opened
from tests.registration.web.sessions import browser_of
from verification.models import OrganisationInquiry
from verification.services.ask_register import ask, open_inquiries

pytestmark = [pytest.mark.browser, pytest.mark.slow, pytest.mark.django_db(transaction=True)]
BASE = "/admin/registration/organisation/"


@pytest.mark.parametrize("size", ["phone", "desk"])
@pytest.mark.parametrize("language", ["zh-CN", "en-GB"])
def test_from_a_new_agent_to_another_user(browser, live_server, sandbox, size, language):
    """Propose, photograph, accept; replace the user of a line, end it: by forms alone; no page scrolls sideways."""
    clerk, reviewer = desk.signed_in(Role.ENTERPRISE_CLERK), desk.signed_in(Role.REVIEWER)
    code, known = next(iter(ENTERPRISES.items()))
    own = make.approved(by=staff_actor(clerk.user), name=known.name, code=code, legal_representative="周武")
    open_inquiries(actor=staff_actor(reviewer.user), organisation_id=own.pk)
    ask(inquiry_id=OrganisationInquiry.objects.get().pk)
    line, application = make.line_of(own), people.complete()
    draft = make.named(own, people.complete())

    page = opened(browser, live_server, clerk, size, language)
    look(page, f"{BASE}own/{own.pk}/correct/", "organisation-correct")
    page.fill("input[name=line_limit]", "0")
    page.click(".desk-judge button")
    page.wait_for_selector(".desk-error")
    keep(page, "organisation-correct-refused")
    page.fill("input[name=line_limit]", "50")
    page.check("input[name=agent_replaced]")
    page.fill("input[name=agent_name]", "王小五")
    page.fill("input[name=agent_id_number]", people.new_id_number())
    page.click(".desk-judge button")
    for kind in ("letter", "agent_front", "agent_back"):
        photo = {"name": "x.jpg", "mimeType": "image/jpeg", "buffer": desk.photograph()}
        page.wait_for_selector(f"form[action$='/{kind}/'] input[name=photo]")
        page.set_input_files(f"form[action$='/{kind}/'] input[name=photo]", photo)
        page.click(f"form[action$='/{kind}/'] button")
        page.wait_for_selector(f"form[action$='/{kind}/'] .desk-badge--good")
    keep(page, "organisation-correction-waits")
    page.context.close()

    page = opened(browser, live_server, browser_of(draft, language=language), size, language)
    assert page.goto("/register/review").status == 409
    keep(page, "organisation-rests")
    page.context.close()

    page = opened(browser, live_server, reviewer, size, language)
    look(page, f"{BASE}review/", "organisation-review-corrections")
    look(page, f"{BASE}review/{own.pk}/", "organisation-correction-closed")
    page.click("form[action$='/open/'] button")
    page.wait_for_selector(".desk-photo img")
    page.wait_for_load_state("networkidle")
    keep(page, "organisation-correction-opened")
    page.click("form[action*='/accept/'] button")
    page.wait_for_selector("form[action$='/suspend/']")
    keep(page, "organisation-corrected")
    page.context.close()

    user = account.signed_in(line.application)
    page = opened(browser, live_server, user, size, language)
    page.context.add_cookies([{"name": name, "value": cookie.value, "url": live_server.url} for name, cookie in user.cookies.items()])
    look(page, "/account/lines", "organisation-my-line")
    assert own.name in page.inner_text("main")
    page.context.close()

    page = opened(browser, live_server, clerk, size, language)
    look(page, f"{BASE}own/{own.pk}/lines/", "organisation-lines")
    look(page, f"{BASE}own/{own.pk}/lines/{line.pk}/", "organisation-line")
    page.fill("input[name=reference]", application.reference)
    page.fill("input[name=last_six]", application.id_number[-6:])
    page.click("form[action$='/replace/'] button")
    page.wait_for_selector("form[action$='/replace/']", state="detached")
    new = make.activated(type(application).objects.get(pk=application.pk))
    look(page, f"{BASE}own/{own.pk}/lines/{new.pk}/", "organisation-line-users")
    page.context.close()

    assert Line.objects.held().get().pk == new.pk
