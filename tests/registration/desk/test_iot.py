"""The pages for lines of things: a clerk asks for them and keeps them, a reviewer judges (R-19)."""

import uuid

import pytest

from realname.access.models import Role
from realname.trail.models import Event
from registration.models import IotLine, IotRecheck, IotUse
from registration.services.iot.note_use import note_use
from risk.services.judge_iot_break import judge_iot_break
from tests.factories import access, desk
from tests.factories import iot as make
from tests.factories import organisation as organisations
from tests.factories import registration as people

pytestmark = pytest.mark.django_db
USES, LINES = "/admin/registration/iotuse/", "/admin/registration/iotline/"


def typed(**given) -> dict[str, str]:
    """What a clerk types for a use of low risk."""
    facts = {
        "scene": "meter",
        "purpose": "远程抄表",
        "quantity": "3",
        "resold": "no",
        "voice": "none",
        "sms": "whitelist",
        "sms_numbers": "10086\n138 0013 8000",
        "apn": "cmiot.meter",
        "monthly_megabytes": "30",
        "hosts": "data.example.com, 10.0.0.0/8",
        "places": "深圳市，湖南省",
        "device_model": "NB-IoT 智能水表 WM-20",
        "tacs": make.TAC,
        "binding": "device",
        "loose_card": "no",
        "contact_phone": "138-0013-8000",
    }
    return {**facts, **given}


@pytest.fixture
def clerk():
    return desk.signed_in(Role.ENTERPRISE_CLERK)


@pytest.fixture
def organisation(clerk):
    return organisations.approved(by=access.staff_actor(clerk.user))


@pytest.fixture
def use(organisation) -> IotUse:
    return make.approved(organisation)


def stopped(use: IotUse) -> IotLine:
    """A line of it, suspended."""
    line = make.activated(use)
    note_use(make.seen(line, device="35000000000001"))
    judge_iot_break(event=Event.objects.get(name="iot_line.limit_broken"))
    return line


def test_from_the_wish_to_a_line(clerk, organisation):
    assert organisation.name in clerk.get(f"{USES}own/").content.decode()
    response = clerk.post(f"{USES}own/{organisation.pk}/ask/", typed())
    use = IotUse.objects.get()
    assert response.headers["Location"] == f"{USES}own/{use.pk}/"
    assert (use.sms_numbers, use.hosts, use.places) == ("10086\n13800138000", ["10.0.0.0/8", "data.example.com"], ["430000", "440300"])
    page = clerk.get(f"{USES}own/{use.pk}/").content.decode()
    assert "13800138000" not in page and "138****8000" in page and "深圳市" in page
    assert "/activate/" not in page
    reviewer = desk.signed_in(Role.REVIEWER)
    assert f"{USES}review/{use.pk}/" in reviewer.get(f"{USES}review/").content.decode()
    assert "13800138000" not in reviewer.get(f"{USES}review/{use.pk}/").content.decode()
    reviewer.post(f"{USES}review/{use.pk}/approve/")
    make.stocked(2)
    device = make.new_imei()
    response = clerk.post(f"{USES}own/{use.pk}/activate/", {"cards": f" {device} \n\n{make.new_imei()}"})
    assert response.status_code == 302 and use.lines.count() == 2
    line = use.lines.get(imei_index=IotLine.objects.filter(use=use).first().imei_index)
    for page in (clerk.get(f"{USES}own/{use.pk}/"), clerk.get(f"{LINES}own/{line.pk}/"), reviewer.get(f"{LINES}review/{line.pk}/")):
        assert page.status_code == 200 and line.number not in page.content.decode() and line.imei not in page.content.decode()


@pytest.mark.parametrize(
    ("given", "field"),
    [
        ({"scene": ""}, "scene"),
        ({"loose_card": ""}, "loose_card"),
        ({"quantity": "0"}, "quantity"),
        ({"quantity": "10001"}, "quantity"),
        ({"quantity": "9" * 30}, "quantity"),
        ({"voice": "all"}, "voice"),
        ({"sms_numbers": ""}, "sms_numbers"),
        ({"sms_numbers": "call me"}, "sms_numbers"),
        ({"voice_numbers": "10086"}, "voice_numbers"),
        ({"apn": "a b"}, "apn"),
        ({"monthly_megabytes": ""}, "monthly_megabytes"),
        ({"hosts": "<script>"}, "hosts"),
        ({"places": "Atlantis"}, "places"),
        ({"tacs": "1"}, "tacs"),
        ({"contact_phone": "1"}, "contact_phone"),
        ({"contact_phone": "14400" + "1" * 8}, "contact_phone"),
        ({"responsible_reference": "X", "responsible_last_six": "1"}, "responsible_reference"),
        ({"purpose": "\0" + "x" * 600}, "purpose"),
        ({"purpose": "抄表\u202e"}, "purpose"),
        ({"device_model": "WM\u200b20"}, "device_model"),
    ],
)
def test_what_does_not_fit_is_marked_at_its_field(clerk, organisation, given, field):
    response = clerk.post(f"{USES}own/{organisation.pk}/ask/", typed(**given))
    assert response.status_code == 422
    assert list(response.context["form"].errors) == [field]
    assert not IotUse.objects.exists()


def test_a_list_of_cards_says_which_row_is_wrong(clerk, use):
    make.stocked(3)
    response = clerk.post(f"{USES}own/{use.pk}/activate/", {"cards": f"{make.new_imei()}\n123"}, headers={"Accept-Language": "en"})
    assert response.status_code == 422 and "Line 2 of the list" in response.content.decode()
    assert clerk.post(f"{USES}own/{use.pk}/activate/", {"cards": ""}).status_code == 422
    assert clerk.post(f"{USES}own/{use.pk}/activate/", {"cards": "1 2 3 4 5 6"}).status_code == 422
    assert not IotLine.objects.exists()


def test_lines_handed_on_are_typed_with_their_users(clerk, organisation):
    use, other, application = make.approved(organisation, resold=True, binding="model"), organisations.approved(), people.activated()
    make.stocked(3)
    rows = f"{other.credit_code}\n{application.reference} {application.id_number[-6:]}"
    assert clerk.post(f"{USES}own/{use.pk}/activate/", {"cards": rows}).status_code == 302
    assert {line.end_organisation_id or line.end_person_id for line in use.lines.all()} == {other.pk, application.line.person_id}
    for line in use.lines.all():
        assert clerk.get(f"{LINES}own/{line.pk}/").status_code == 200


def test_models_without_users_need_a_number_of_lines_only(clerk, organisation):
    use = make.approved(organisation, binding="model")
    make.stocked(3)
    assert clerk.post(f"{USES}own/{use.pk}/activate/", {"count": "201"}).status_code == 422
    assert clerk.post(f"{USES}own/{use.pk}/activate/", {"count": "3"}).status_code == 302
    assert use.lines.count() == 3


def test_a_stopped_line_is_checked_again(clerk, use):
    line = stopped(use)
    assert str(line.pk) in clerk.get(f"{USES}own/").content.decode()
    assert clerk.post(f"{LINES}own/{line.pk}/recheck/", {"statement": "short"}).status_code == 422
    assert clerk.post(f"{LINES}own/{line.pk}/recheck/", {"statement": "主板坏了，已换新设备", "new_imei": "1"}).status_code == 422
    device = make.new_imei()
    assert clerk.post(f"{LINES}own/{line.pk}/recheck/", {"statement": "主板坏了，已换新设备", "new_imei": device}).status_code == 302
    reviewer = desk.signed_in(Role.REVIEWER)
    page = reviewer.get(f"{LINES}review/{line.pk}/").content.decode()
    assert "主板坏了" in page and device not in page and "35000000" in page
    recheck = IotRecheck.objects.get()
    for _twice in range(2):
        assert reviewer.post(f"{LINES}rechecks/{recheck.pk}/lift/").status_code == 302
    line.refresh_from_db()
    assert (line.status, line.imei) == ("active", device)


def test_a_refused_recheck_and_the_end(clerk, use):
    line = stopped(use)
    clerk.post(f"{LINES}own/{line.pk}/recheck/", {"statement": "主板坏了，已换新设备"})
    desk.signed_in(Role.REVIEWER).post(f"{LINES}rechecks/{IotRecheck.objects.get().pk}/refuse/")
    line.refresh_from_db()
    assert line.status == "suspended"
    assert clerk.post(f"{LINES}own/{line.pk}/end/", {"reason": ""}).status_code == 422
    assert clerk.post(f"{LINES}own/{line.pk}/end/", {"reason": "misuse"}).status_code == 302
    line.refresh_from_db()
    assert line.status == "terminated"
    assert clerk.get(f"{LINES}own/{line.pk}/").status_code == 200


def test_other_clerks_things_do_not_exist(use):
    line, other = stopped(use), desk.signed_in(Role.ENTERPRISE_CLERK)
    for path in (f"{USES}own/{use.pk}/", f"{USES}own/{use.organisation_id}/ask/", f"{LINES}own/{line.pk}/"):
        assert other.get(path).status_code == 404
    for path in (f"{USES}own/{use.pk}/activate/", f"{LINES}own/{line.pk}/recheck/", f"{LINES}own/{line.pk}/end/"):
        assert other.post(path, {"cards": make.new_imei(), "statement": "x" * 20, "reason": "misuse"}).status_code == 404
    line.refresh_from_db()
    assert line.status == "suspended" and not IotRecheck.objects.exists()


def test_a_reviewer_rejects_with_a_reason_and_closes_one(organisation):
    asked, approved = make.asked(organisation), make.approved(organisation)
    reviewer = desk.signed_in(Role.REVIEWER)
    reviewer.post(f"{USES}review/{asked.pk}/reject/", {"reason": "misuse "})
    asked.refresh_from_db()
    assert asked.status == "pending"
    reviewer.post(f"{USES}review/{asked.pk}/reject/", {"reason": "risk"})
    reviewer.post(f"{USES}review/{approved.pk}/close/", {"reason": "not_needed"})
    assert [IotUse.objects.get(pk=one.pk).status for one in (asked, approved)] == ["rejected", "closed"]
    reviewer.post(f"{USES}review/{asked.pk}/approve/")
    assert IotUse.objects.get(pk=asked.pk).status == "rejected"
    assert reviewer.post(f"{USES}review/{uuid.uuid4()}/approve/").status_code == 404


def test_compliance_reads_the_lists_masked(use):
    line = make.activated(use)
    compliance = desk.signed_in(Role.COMPLIANCE)
    for path in (USES, f"{USES}{use.pk}/change/", LINES, f"{LINES}{line.pk}/change/"):
        page = compliance.get(path)
        assert page.status_code == 200 and line.number not in page.content.decode()
