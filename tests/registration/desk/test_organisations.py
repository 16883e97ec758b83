"""The pages on which an organisation is entered and judged (R-03, R-04)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from realname.access.models import Role
from realname.ids.credit_code import check_character
from realname.trail.models import Event
from registration.errors import MESSAGES
from registration.models import Organisation, OrganisationImage
from registration.states import OrganisationReason, OrganisationStatus
from tests.factories import desk, registration
from tests.factories import organisation as make
from tests.factories.access import staff_actor
from tests.factories.documents import new_id_number
from tests.registration.web.sessions import browser_of

pytestmark = pytest.mark.django_db


def page(name: str, *args) -> str:
    return reverse(f"admin:registration_organisation_{name}", args=args)


def facts(**given) -> dict[str, str]:
    return {
        "name": "示例科技有限公司",
        "code": make.new_code(),
        "agent_document_type": "resident_id_card",
        "agent_name": "张三丰",
        "agent_id_number": new_id_number(),
        **given,
    }


def said(answer) -> list[str]:
    return [str(message) for message in answer.context["messages"]]


def test_a_clerk_enters_an_organisation_and_photographs_its_papers():
    browser = desk.signed_in(Role.ENTERPRISE_CLERK)

    answer = browser.post(page("own"), given := facts(), follow=True)

    own = Organisation.objects.get()
    assert answer.status_code == 200 and own.entered_by == browser.user
    assert given["agent_id_number"] not in answer.content.decode() and "张三丰" not in answer.content.decode()
    for kind in ("licence", "letter", "agent_front", "agent_back"):
        photo = SimpleUploadedFile("x.jpg", desk.photograph())
        assert browser.post(page("photograph", own.pk, kind), {"photo": photo}).status_code == 302
    assert OrganisationImage.objects.count() == 4


@pytest.mark.parametrize(
    ("_case", "field"),
    [
        ({"code": "91350100M000100Y44"}, "code"),
        ({"agent_id_number": "110101199003070010"}, "agent_id_number"),
        ({"agent_name": "3"}, "agent_name"),
        ({"agent_document_type": "library_card"}, "agent_document_type"),
        ({"name": " "}, "name"),
    ],
)
def test_what_is_wrong_is_said_beside_its_field(_case, field):
    answer = desk.signed_in(Role.ENTERPRISE_CLERK).post(page("own"), facts(**_case))

    assert answer.status_code == 422 and list(answer.context["form"].errors) == [field]
    assert not Organisation.objects.exists()


def test_a_code_of_digits_alone_is_no_number_of_a_person():
    """GB 32100-2015: nothing asks for a letter; the trail takes eighteen digits for an ID number."""
    code = next(body + check_character(body) for serial in range(100) if check_character(body := f"911101051234567{serial:02d}").isdigit())

    assert desk.signed_in(Role.ENTERPRISE_CLERK).post(page("own"), facts(code=code)).status_code == 302


def test_a_paper_that_is_no_picture_is_refused_beside_its_field_and_another_s_is_not_found():
    own, browser = make.pending(), desk.signed_in(Role.ENTERPRISE_CLERK)
    assert browser.get(page("entered", own.pk)).status_code == 404
    own.entered_by = browser.user
    own.save()

    answer = browser.post(page("photograph", own.pk, "licence"), {"photo": SimpleUploadedFile("x.jpg", b"<svg/>")})

    assert answer.status_code == 422 and not OrganisationImage.objects.exists()
    assert browser.post(page("photograph", own.pk, "selfie"), {}).status_code == 404


def test_a_reviewer_opens_it_looks_and_approves_and_each_look_stands_in_the_trail():
    organisation, browser = make.with_papers(), desk.signed_in(Role.REVIEWER)
    assert organisation.name in browser.get(page("review")).content.decode()
    closed = browser.get(page("case", organisation.pk)).content.decode()
    assert organisation.agent_id_number not in closed and "<img" not in closed.split("desk-case")[1]

    early = browser.post(page("approve", organisation.pk), follow=True)
    assert said(early) == [str(MESSAGES["organisation_unseen"])]
    opened = browser.post(page("open", organisation.pk))
    assert organisation.agent_id_number in opened.content.decode()
    for image in organisation.images.all():
        answer = browser.get(page("paper", organisation.pk, image.pk))
        assert answer["Content-Type"] == "image/jpeg" and "no-store" in answer["Cache-Control"]
    browser.post(page("approve", organisation.pk))

    organisation.refresh_from_db()
    assert organisation.status == OrganisationStatus.APPROVED
    seen = Event.objects.filter(actor_id=str(browser.user.pk), name__in=["organisation.opened", "organisation.viewed"])
    assert seen.count() == 5


def test_it_is_rejected_suspended_and_reinstated_only_with_a_reason_that_fits():
    organisation, browser = make.approved(), desk.signed_in(Role.SENIOR_REVIEWER)

    none = browser.post(page("suspend", organisation.pk), {"reason": ""}, follow=True)
    assert said(none) == [str(MESSAGES["organisation_reason"])]
    late = browser.post(page("reject", organisation.pk), {"reason": OrganisationReason.RECORD_DIFFERS}, follow=True)
    assert len(said(late)) == 1
    organisation.refresh_from_db()
    assert organisation.status == OrganisationStatus.APPROVED

    browser.post(page("suspend", organisation.pk), {"reason": OrganisationReason.MISUSE})
    organisation.refresh_from_db()
    assert organisation.status == OrganisationStatus.SUSPENDED
    browser.post(page("approve", organisation.pk))
    organisation.refresh_from_db()
    assert organisation.status == OrganisationStatus.APPROVED


def test_a_paper_of_another_organisation_is_not_found():
    one, other, browser = make.with_papers(), make.with_papers(), desk.signed_in(Role.REVIEWER)

    assert browser.get(page("paper", one.pk, other.images.first().pk)).status_code == 404
    assert not Event.objects.filter(name="organisation.viewed").exists()


def test_a_clerk_names_an_organisation_and_the_person_reads_so():
    """R-04: the person is the actual user, the organisation the contracting party."""
    browser = desk.signed_in(Role.ENTERPRISE_CLERK)
    own = make.approved(by=staff_actor(browser.user))
    application = registration.complete()
    given = {"reference": application.reference, "last_six": application.id_number[-6:]}

    assert browser.post(page("name", own.pk), given).status_code == 302

    application.refresh_from_db()
    assert application.organisation == own
    assert own.name in browser_of(application).get("/register/review").content.decode()


def test_a_wrong_number_names_nothing():
    browser = desk.signed_in(Role.ENTERPRISE_CLERK)
    own = make.approved(by=staff_actor(browser.user))
    application = registration.complete()

    answer = browser.post(page("name", own.pk), {"reference": application.reference, "last_six": "000000"})

    application.refresh_from_db()
    assert answer.status_code == 422 and application.organisation is None


def test_only_an_approved_organisation_offers_it():
    browser = desk.signed_in(Role.ENTERPRISE_CLERK)
    own = make.pending(by=staff_actor(browser.user))

    assert page("name", own.pk) not in browser.get(page("entered", own.pk)).content.decode()
