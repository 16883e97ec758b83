"""A use is asked for, assessed before anything is sold, and judged by others than who asked (R-19)."""

import pytest

from realname.access.models import Role
from realname.ids.imei import InvalidImei
from realname.trail.models import Event
from registration.errors import IotRefused
from registration.models import IotUse
from registration.services.iot.ask_use import ask_iot_use
from registration.services.iot.judge_use import approve_iot_use, close_iot_use, reject_iot_use
from registration.states import IotReason
from tests.factories import iot as make
from tests.factories import organisation as organisations
from tests.factories import registration as people
from tests.factories.policy import set_value

pytestmark = pytest.mark.django_db
REVIEWER = Role.REVIEWER


def names() -> list[str]:
    """What was told of uses."""
    return list(Event.objects.filter(subject_kind="iot_use").order_by("id").values_list("name", flat=True))


def codes(use: IotUse) -> dict[str, int]:
    """The reasons of its assessment."""
    return {reason["code"]: reason["points"] for reason in use.reasons}


def test_asking_keeps_the_assessment_with_its_reasons_and_version():
    use = make.asked()
    assert (use.status, use.level, use.points) == ("pending", "low", 10)
    assert codes(use) == {"NEW_ORGANISATION": 10}
    assert use.places == ["440300"] and use.tacs == [make.TAC] and use.hosts == ["data.example.com"]
    event = Event.objects.get(name="iot_use.asked")
    assert event.data["level"] == "low" and event.data["policy_version"] == use.policy_version
    assert "13800138000" not in str(event.data)


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"voice": "whitelist", "voice_numbers": ["13800138000"]}, {"VOICE"}),
        ({"sms": "whitelist", "sms_numbers": ["10086"]}, {"SMS"}),
        ({"hosts": []}, {"OPEN_DATA"}),
        ({"monthly_megabytes": 1024}, {"MUCH_DATA"}),
        ({"monthly_megabytes": 1023}, set()),
        ({"loose_card": True}, {"LOOSE_CARD"}),
        ({"binding": "model"}, {"ANY_DEVICE"}),
        ({"scene": "wearable"}, {"CARRIED"}),
        ({"scene": "other"}, {"UNNAMED_SCENE"}),
        ({"places": ["广东省", "440300", "湖南省", "北京市"]}, set()),
        ({"places": ["广东省", "湖南省", "北京市", "上海市"]}, {"WIDE_PLACE"}),
        ({"places": ["全国"]}, {"WIDE_PLACE"}),
        ({"quantity": 1000}, {"MANY_LINES"}),
        ({"resold": True}, {"RESOLD"}),
    ],
)
def test_each_factor_counts(given, expected):
    assert set(codes(make.asked(**given))) == {"NEW_ORGANISATION", *expected}


def test_weights_and_levels_are_policy():
    set_value(key="registration.iot_points_new_organisation", value=0)
    assert (make.asked().points, make.asked().level) == (0, "low")
    set_value(key="registration.iot_medium_at", value=15)
    use = make.asked(loose_card=True)
    assert (use.level, codes(use)) == ("medium", {"LOOSE_CARD": 15})
    assert use.policy_version > 0


def test_lines_of_the_organisation_that_were_stopped_weigh():
    line = make.activated()
    line.lifted_at = line.activated_at
    line.save(update_fields=["lifted_at"])
    assert "BROKE_LIMITS" in codes(make.asked(line.organisation))
    assert "BROKE_LIMITS" not in codes(make.asked())


def test_low_risk_is_approved_by_one_who_did_not_ask():
    use = make.asked()
    for wrong, code in (
        (make.clerk_of(use.organisation), "iot_reviewers_only"),
        (organisations.actor(Role.RISK_OFFICER), "iot_reviewers_only"),
        (people.person_actor(), "iot_reviewers_only"),
    ):
        with pytest.raises(IotRefused) as refused:
            approve_iot_use(actor=wrong, use_id=use.pk)
        assert refused.value.code == code
    assert approve_iot_use(actor=organisations.actor(REVIEWER), use_id=use.pk).status == "approved"
    assert names() == ["iot_use.asked", "iot_use.approved"]


def test_high_risk_needs_two_reviewers():
    use = make.asked(voice="whitelist", voice_numbers=["13800138000"], scene="wearable", loose_card=True)
    first = organisations.actor(REVIEWER)
    assert use.level == "high"
    assert approve_iot_use(actor=first, use_id=use.pk).status == "second"
    with pytest.raises(IotRefused) as refused:
        approve_iot_use(actor=first, use_id=use.pk)
    assert refused.value.code == "iot_second_person"
    assert IotUse.objects.get().status == "second"
    assert approve_iot_use(actor=organisations.actor(REVIEWER), use_id=use.pk).status == "approved"


def test_critical_risk_is_never_approved():
    set_value(key="registration.iot_critical_at", value=60)
    use = make.asked(voice="whitelist", voice_numbers=["13800138000"], scene="wearable", loose_card=True)
    assert use.level == "critical"
    with pytest.raises(IotRefused) as refused:
        approve_iot_use(actor=organisations.actor(REVIEWER), use_id=use.pk)
    assert refused.value.code == "iot_critical"
    assert IotUse.objects.get().status == "pending"
    assert reject_iot_use(actor=organisations.actor(REVIEWER), use_id=use.pk, reason=IotReason.RISK).status == "rejected"


def test_high_risk_without_data_has_nothing_left_to_grant():
    set_value(key="registration.iot_high_at", value=31)
    use = make.asked(voice="whitelist", voice_numbers=["10086"], apn="", hosts=[], monthly_megabytes=None)
    with pytest.raises(IotRefused) as refused:
        approve_iot_use(actor=organisations.actor(REVIEWER), use_id=use.pk)
    assert refused.value.code == "iot_nothing_left"


def test_what_is_assessed_otherwise_meanwhile_is_looked_at_again():
    use = make.asked(loose_card=True)
    set_value(key="registration.iot_medium_at", value=20)
    reviewer = organisations.actor(REVIEWER)
    with pytest.raises(IotRefused) as refused:
        approve_iot_use(actor=reviewer, use_id=use.pk)
    assert refused.value.code == "iot_changed"
    use.refresh_from_db()
    assert (use.level, use.status) == ("medium", "pending")
    assert approve_iot_use(actor=reviewer, use_id=use.pk).status == "approved"
    assert names() == ["iot_use.asked", "iot_use.assessed", "iot_use.approved"]


def test_a_first_approval_is_void_where_the_level_changed():
    use = make.asked(voice="whitelist", voice_numbers=["13800138000"], scene="wearable", loose_card=True)
    first = organisations.actor(REVIEWER)
    approve_iot_use(actor=first, use_id=use.pk)
    set_value(key="registration.iot_critical_at", value=60)
    with pytest.raises(IotRefused):
        approve_iot_use(actor=organisations.actor(REVIEWER), use_id=use.pk)
    use.refresh_from_db()
    assert (use.status, use.level, use.first_approved_by) == ("pending", "critical", None)


def test_rejecting_and_closing_need_a_fitting_reason():
    use = make.approved()
    with pytest.raises(IotRefused) as refused:
        close_iot_use(actor=organisations.actor(REVIEWER), use_id=use.pk, reason=IotReason.PURPOSE_UNCLEAR)
    assert refused.value.code == "iot_reason"
    assert close_iot_use(actor=organisations.actor(REVIEWER), use_id=use.pk, reason=IotReason.NOT_NEEDED).status == "closed"


def test_only_the_clerk_of_an_approved_organisation_asks():
    organisation = organisations.approved()
    pending = organisations.pending()
    suspended = organisations.suspended(organisations.approved())
    for actor, whose, code in (
        (organisations.actor(), organisation, "iot_organisation"),
        (organisations.actor(REVIEWER), organisation, "iot_clerks_only"),
        (make.clerk_of(pending), pending, "iot_organisation"),
        (make.clerk_of(suspended), suspended, "iot_organisation"),
    ):
        with pytest.raises(IotRefused) as refused:
            ask_iot_use(actor=actor, organisation_id=whose.pk, asked=make.wanted())
        assert refused.value.code == code
    assert not IotUse.objects.exists()


@pytest.mark.parametrize(
    ("given", "code"),
    [
        ({"apn": "", "hosts": [], "monthly_megabytes": 0}, "iot_limits"),
        ({"apn": ""}, "iot_data"),
        ({"monthly_megabytes": None}, "iot_data"),
        ({"apn": "-meter"}, "iot_apn"),
        ({"apn": "a" * 64}, "iot_apn"),
        ({"hosts": ["http://data.example.com/"]}, "iot_hosts"),
        ({"hosts": ["999.1.1.1"]}, "iot_hosts"),
        ({"hosts": [f"h{n}.example.com" for n in range(51)]}, "iot_hosts"),
        ({"voice": "whitelist"}, "iot_list_missing"),
        ({"voice": "whitelist", "voice_numbers": [f"138001380{n:02d}" for n in range(51)]}, "iot_list_missing"),
        ({"sms": "whitelist", "sms_numbers": ["10086", "not one"]}, "iot_list_number"),
        ({"sms_numbers": ["10086"]}, "iot_list_without_grant"),
        ({"places": []}, "iot_places"),
        ({"places": ["亚特兰蒂斯"]}, "iot_places"),
        ({"places": ["440305"]}, "iot_places"),
        ({"places": ["810000"]}, "iot_places"),
        ({"tacs": []}, "iot_tacs"),
        ({"quantity": 0}, "iot_quantity"),
        ({"quantity": 10_001}, "iot_quantity"),
        ({"responsible_reference": "NONE", "responsible_last_six": "123456"}, "iot_responsible"),
    ],
)
def test_what_can_not_be_asked_for(given, code):
    with pytest.raises(IotRefused) as refused:
        make.asked(**given)
    assert refused.value.code == code
    assert not IotUse.objects.exists()


def test_a_model_is_eight_digits():
    with pytest.raises(InvalidImei):
        make.asked(tacs=["8615360"])


def test_somebody_verified_answers_instead_of_the_agent_and_wrong_guesses_are_counted():
    application = people.activated()
    given = {"responsible_reference": application.reference, "responsible_last_six": application.id_number[-6:]}
    use = make.asked(**given)
    assert use.responsible_person_id == application.line.person_id
    with pytest.raises(IotRefused):
        make.asked(**{**given, "responsible_last_six": "000000"})
    application.refresh_from_db()
    assert application.resume_attempts == 1
