"""P-VER-3: every rule has a case that hits and one that does not."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from realname import policy as policies
from registration.models import Application
from registration.services.submit_application import submit_application
from risk.rules import RULES
from risk.rules.address_burst import AddressBurst
from risk.rules.agent_for_many import AgentForMany
from risk.rules.base import Context, Hit
from risk.rules.code_guessing import CodeGuessing
from risk.rules.device_burst import DeviceBurst
from risk.rules.failed_checks import FailedChecks
from risk.rules.identity_velocity import IdentityVelocity
from risk.rules.repeated_failures import RepeatedFailures
from risk.rules.spoof_signs import SpoofSigns
from risk.rules.virtual_number_segment import VirtualNumberSegment
from tests.factories import registration as make
from tests.factories.policy import set_value

pytestmark = pytest.mark.django_db


def weigh(rule, application, checks=None) -> Hit | None:
    return rule.weigh(Context(application=application, checks=checks or {}, now=timezone.now(), policy=policies.current()))


class TestRepeatedFailures:
    def test_two_rejections_of_the_identity_hit(self):
        identity = make.new_id_number()
        for _ in range(2):
            make.rejected(id_number=identity)
        assert weigh(RepeatedFailures(), make.drafted(id_number=identity)) == Hit(count=2, threshold=2)

    def test_two_rejections_of_the_number_hit(self):
        application = make.drafted()
        for _ in range(2):
            refused = make.rejected()
            refused.phone = application.phone
            refused.save()
        assert weigh(RepeatedFailures(), application) == Hit(count=2, threshold=2)

    def test_one_rejection_does_not_hit(self):
        identity = make.new_id_number()
        make.rejected(id_number=identity)
        assert weigh(RepeatedFailures(), make.drafted(id_number=identity)) is None

    def test_rejections_of_others_and_old_ones_do_not_hit(self):
        identity = make.new_id_number()
        for _ in range(2):
            make.rejected()
            old = make.rejected(id_number=identity)
            Application.objects.filter(pk=old.pk).update(decided_at=timezone.now() - timedelta(days=31))
        assert weigh(RepeatedFailures(), make.drafted(id_number=identity)) is None

    def test_a_rejection_that_a_reviewer_took_back_does_not_count(self):
        """R-29: who was wronged by a machine is not marked by it."""
        identity = make.new_id_number()
        for _ in range(2):
            overturned = make.rejected(id_number=identity)
            overturned.move(to="in_review")
            overturned.save()
        assert weigh(RepeatedFailures(), make.drafted(id_number=identity)) is None


class TestDeviceBurst:
    def test_four_applications_of_a_device_hit(self):
        applications = [make.started(device="d-1") for _ in range(4)]
        assert weigh(DeviceBurst(), applications[-1]) == Hit(count=4, threshold=4)

    def test_a_family_of_three_does_not_hit(self):
        applications = [make.started(device="d-1") for _ in range(3)]
        make.started(device="d-2")
        assert weigh(DeviceBurst(), applications[-1]) is None

    def test_yesterdays_do_not_count(self):
        applications = [make.started(device="d-1") for _ in range(4)]
        Application.objects.filter(pk=applications[0].pk).update(created_at=timezone.now() - timedelta(hours=25))
        assert weigh(DeviceBurst(), applications[-1]) is None

    def test_unknown_devices_are_not_one_device(self):
        applications = [make.started(device="") for _ in range(5)]
        assert weigh(DeviceBurst(), applications[-1]) is None

    def test_a_device_is_one_in_the_app_and_in_a_browser(self):
        applications = [make.started(device="d-1") for _ in range(4)]
        Application.objects.filter(pk__in=[one.pk for one in applications[:2]]).update(channel="app")
        assert weigh(DeviceBurst(), applications[-1]) == Hit(count=4, threshold=4)

    def test_a_shops_device_serves_many(self):
        applications = [make.started(device="shop-1") for _ in range(5)]
        Application.objects.update(channel="shop")
        applications[-1].refresh_from_db()
        assert weigh(DeviceBurst(), applications[-1]) is None


class TestAddressBurst:
    def test_twenty_applications_in_an_hour_hit(self):
        applications = [make.started(ip="203.0.113.5") for _ in range(20)]
        assert weigh(AddressBurst(), applications[-1]) == Hit(count=20, threshold=20)

    def test_nineteen_do_not(self):
        applications = [make.started(ip="203.0.113.5") for _ in range(19)]
        make.started(ip="203.0.113.6")
        assert weigh(AddressBurst(), applications[-1]) is None

    def test_a_changing_ipv6_address_is_one_network(self):
        applications = [make.started(ip=f"2001:db8:1:2::{number + 1:x}") for number in range(20)]
        assert weigh(AddressBurst(), applications[-1]) == Hit(count=20, threshold=20)


class TestCodeGuessing:
    def test_four_wrong_codes_hit(self):
        application = make.drafted()
        make.guess_codes(application, times=4)
        assert weigh(CodeGuessing(), application) == Hit(count=4, threshold=4)

    def test_three_do_not(self):
        application, other = make.drafted(), make.drafted()
        make.guess_codes(application, times=3)
        make.guess_codes(other, times=4)
        assert weigh(CodeGuessing(), application) is None


class TestVirtualNumberSegment:
    def test_a_virtual_operators_number_hits(self):
        assert weigh(VirtualNumberSegment(), make.drafted(phone=make.new_phone(segment="170"))) == Hit(count=1, threshold=1)

    def test_any_other_does_not(self):
        assert weigh(VirtualNumberSegment(), make.drafted()) is None

    def test_no_number_yet_does_not(self):
        assert weigh(VirtualNumberSegment(), make.started()) is None


class TestIdentityVelocity:
    def test_three_submissions_of_an_identity_hit(self):
        identity = make.new_id_number()
        applications = [make.submitted(id_number=identity) for _ in range(3)]
        assert weigh(IdentityVelocity(), applications[-1]) == Hit(count=3, threshold=3)

    def test_two_and_a_draft_do_not(self):
        identity = make.new_id_number()
        applications = [make.submitted(id_number=identity) for _ in range(2)]
        make.drafted(id_number=identity)
        assert weigh(IdentityVelocity(), applications[-1]) is None


class TestFailedChecks:
    def test_two_failed_checks_hit(self):
        checks = {"face_match": ("failed", "FACE_MISMATCH"), "id_number": ("failed", "NUMBER_INVALID")}
        assert weigh(FailedChecks(), make.started(), checks) == Hit(count=2, threshold=2)

    def test_what_was_not_checked_is_never_held_against_anybody(self):
        checks = {
            "authority_identity": ("error", "SOURCE_DOWN"),
            "document_quality": ("inconclusive", "PHOTO_RECAPTURED"),
            "face_match": ("failed", "FACE_MISMATCH"),
        }
        assert weigh(FailedChecks(), make.started(), checks) is None


class TestSpoofSigns:
    @pytest.mark.parametrize(
        ("checks", "count"),
        [
            ({"liveness_passive": ("failed", "LIVENESS_FAILED")}, 1),
            ({"document_quality": ("failed", "PHOTO_RECAPTURED")}, 1),
            ({"face_match": ("failed", "SAME_PICTURE")}, 1),
            ({"face_match": ("failed", "SAME_PICTURE"), "liveness_passive": ("failed", "LIVENESS_FAILED")}, 2),
        ],
    )
    def test_one_sign_hits(self, checks, count):
        assert weigh(SpoofSigns(), make.started(), checks) == Hit(count=count, threshold=1)

    def test_other_failures_and_doubts_do_not(self):
        checks = {
            "face_match": ("failed", "FACE_MISMATCH"),
            "document_quality": ("failed", "PHOTO_UNUSABLE"),
            "liveness_passive": ("inconclusive", "LIVENESS_FAILED"),
        }
        assert weigh(SpoofSigns(), make.started(), checks) is None


def test_every_rule_has_its_own_code_points_and_text():
    from risk.reasons import REASONS

    assert len({rule.code for rule in RULES}) == len(RULES) == len({rule.points.key for rule in RULES})
    assert {rule.code for rule in RULES} == set(REASONS)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.code)
def test_no_rule_looks_at_protected_traits(rule):
    """R-29: with sex, ethnicity, birth, address and region taken away every rule says the same."""
    from unittest.mock import patch

    application = make.drafted(phone=make.new_phone(segment="170"), device="d", ip="203.0.113.9")
    full = weigh(rule, application)
    with patch.object(Application, "id_number", property(lambda self: pytest.fail("read the ID number"))):
        for field in ("sex", "ethnicity", "birth", "address", "residence", "name"):
            application.__dict__[field] = object()  # whatever is compared with it differs
        assert weigh(rule, application) == full


class TestAgentForMany:
    @staticmethod
    def acting_for(people: int, *, representation: str = "agent") -> list[Application]:
        number = make.new_id_number(birth=date(1980, 1, 1))
        applications = [make.with_representative(make.represented(representation), id_number=number) for _ in range(people)]
        for application in applications:
            submit_application(actor=make.person_actor(application), application_id=application.pk, submission_key="")
        return [Application.objects.get(pk=application.pk) for application in applications]

    def test_one_more_than_allowed_hits(self):
        """R-14, R-22: that application and none before."""
        set_value(key="registration.people_per_agent", value=2)
        *allowed, many = self.acting_for(3)
        assert weigh(AgentForMany(), many) == Hit(count=3, threshold=3)
        assert [weigh(AgentForMany(), application) for application in allowed] == [None, None]

    def test_other_agents_and_guardians_do_not_hit(self):
        """A parent of many children is no agent."""
        set_value(key="registration.people_per_agent", value=1)
        children = self.acting_for(2, representation="guardian")
        others = [*self.acting_for(1), *self.acting_for(1)]
        assert [weigh(AgentForMany(), application) for application in (*children, *others)] == [None] * 4

    def test_who_was_over_the_limit_and_then_comes_in_person_does_not_hit(self):
        set_value(key="registration.people_per_agent", value=1)
        _, many = self.acting_for(2)
        many.representation = ""
        assert weigh(AgentForMany(), many) is None
