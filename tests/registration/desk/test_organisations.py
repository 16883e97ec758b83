"""The pages on which an organisation is entered and judged (R-03, R-04)."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from realname.access.models import Role
from realname.ids.credit_code import check_character
from realname.trail.models import Event
from registration.errors import MESSAGES
from registration.models import Application, Organisation, OrganisationImage
from registration.states import OrganisationReason, OrganisationStatus
from tests.factories import account, desk, registration
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
        "address": "北京市东城区示例路1号",
        "legal_representative": "李四光",
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
        ({"address": "x\u202e"}, "address"),
        ({"legal_representative": "3"}, "legal_representative"),
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


def test_a_clerk_proposes_a_correction_and_a_reviewer_accepts_it():
    """P-CHG-3: two people; what stood is told beside what stands."""
    clerk, reviewer = desk.signed_in(Role.ENTERPRISE_CLERK), desk.signed_in(Role.REVIEWER)
    own = make.approved(by=staff_actor(clerk.user))
    form = clerk.get(page("correct", own.pk)).content.decode()
    assert own.agent_id_number not in form and own.agent_name not in form
    given = {"name": "示例科技集团有限公司", "address": own.address, "agent_document_type": own.agent_document_type, "line_limit": "20"}

    assert clerk.post(page("correct", own.pk), given).status_code == 302
    for kind in ("licence", "letter"):
        assert clerk.post(page("photograph", own.pk, kind), {"photo": SimpleUploadedFile("x.jpg", desk.photograph())}).status_code == 302

    correction = own.corrections.get()
    assert own.name in reviewer.get(page("review")).content.decode()
    assert said(reviewer.post(page("accept", own.pk, correction.pk), follow=True)) == [str(MESSAGES["organisation_unseen"])]
    opened = reviewer.post(page("open", own.pk)).content.decode()
    assert "示例科技集团有限公司" in opened
    for image in correction.images.all():
        assert reviewer.get(page("paper", own.pk, image.pk)).status_code == 200
    reviewer.post(page("accept", own.pk, correction.pk))

    own.refresh_from_db()
    assert (own.name, own.line_limit) == ("示例科技集团有限公司", 20)
    assert "示例科技有限公司" in reviewer.get(page("case", own.pk)).content.decode()


@pytest.mark.parametrize(
    ("_case", "field"),
    [
        ({"name": ""}, "name"),
        ({"line_limit": "0"}, "line_limit"),
        ({"line_limit": "many"}, "line_limit"),
        ({"agent_id_number": "110101199003070010"}, "agent_id_number"),
        ({"agent_replaced": "on"}, "agent_name"),
        ({"anew": "selfie"}, "anew"),
        ({}, "__all__"),
    ],
)
def test_what_is_wrong_with_a_correction_is_said_beside_its_field(_case, field):
    browser = desk.signed_in(Role.ENTERPRISE_CLERK)
    own = make.approved(by=staff_actor(browser.user))
    given = {"name": own.name, "address": own.address, "agent_document_type": own.agent_document_type, **_case}

    answer = browser.post(page("correct", own.pk), given)

    assert answer.status_code == 422 and list(answer.context["form"].errors) == [field]
    assert not own.corrections.exists()


def test_a_reviewer_refuses_a_correction_only_for_a_reason_and_a_clerk_takes_theirs_back():
    clerk, reviewer = desk.signed_in(Role.ENTERPRISE_CLERK), desk.signed_in(Role.REVIEWER)
    own = make.approved(by=staff_actor(clerk.user))
    first = make.correcting(own, by=staff_actor(clerk.user), name="示例科技集团有限公司")
    none = reviewer.post(page("refuse", own.pk, first.pk), {"reason": ""}, follow=True)
    assert said(none) == [str(MESSAGES["organisation_reason"])]
    reviewer.post(page("refuse", own.pk, first.pk), {"reason": OrganisationReason.RECORD_DIFFERS})
    late = reviewer.post(page("accept", own.pk, first.pk), follow=True)
    assert len(said(late)) == 2  # the refusal before, and that it is too late
    second = make.correcting(own, by=staff_actor(clerk.user), name="示例科技集团有限公司")
    clerk.post(page("take_back", own.pk))
    assert [str(one.status) for one in own.corrections.order_by("created_at")] == ["refused", "withdrawn"]
    assert second.pk != first.pk
    own.refresh_from_db()
    assert own.name == "示例科技有限公司"


def test_a_clerk_sees_ends_and_hands_on_the_lines_of_their_own_organisation_only():
    clerk = desk.signed_in(Role.ENTERPRISE_CLERK)
    own = make.approved(by=staff_actor(clerk.user))
    line, others = make.line_of(own), make.line_of(make.approved())
    listed = clerk.get(page("lines", own.pk)).content.decode()
    assert line.number not in listed and line.person.name not in listed and page("line", own.pk, line.pk) in listed
    assert clerk.get(page("line", own.pk, others.pk)).status_code == 404
    assert clerk.get(page("lines", others.organisation_id)).status_code == 404
    assert clerk.get(page("lines", own.pk) + "?page=-1").status_code == 200
    assert clerk.get(page("lines", own.pk) + "?page=999999999").status_code == 200

    wrong = clerk.post(page("replace", own.pk, line.pk), {"reference": "RN-00000000", "last_six": "000000"})
    assert wrong.status_code == 422
    application = registration.complete()
    given = {"reference": application.reference, "last_six": application.id_number[-6:]}
    assert clerk.post(page("replace", own.pk, line.pk), given).status_code == 302
    new = make.activated(Application.objects.get(pk=application.pk))

    assert clerk.post(page("end", own.pk, others.pk)).status_code == 404
    assert clerk.post(page("end", own.pk, new.pk)).status_code == 302
    assert clerk.post(page("end", own.pk, new.pk)).status_code == 302
    new.refresh_from_db()
    others.refresh_from_db()
    assert (new.end_reason, others.status) == ("organisation", "active")


def test_the_actual_user_reads_in_their_account_who_the_contracting_party_is():
    """R-04."""
    line = make.line_of(make.approved())
    answer = account.signed_in(line.application).get("/account/lines")
    assert line.organisation.name in answer.content.decode()
