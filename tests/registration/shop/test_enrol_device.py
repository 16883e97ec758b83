"""A tablet becomes a device of a shop once, by a code, and may be revoked (P-REG-6)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from realname.access.actor import SYSTEM
from realname.access.models import Role
from realname.trail.models import Event
from registration.errors import ShopRefused
from registration.models import ClerkPosting, ShopDevice
from registration.services.shop.enrol_device import enrol_device, offer_device, revoke_device
from registration.services.shop.station import station_of
from registration.services.shop.suspend_dealer import reinstate_dealer, suspend_dealer
from registration.states import DealerReason
from tests.factories import access
from tests.factories import shop as make

pytestmark = pytest.mark.django_db


def refused(act, code: str) -> None:
    with pytest.raises(ShopRefused) as refusal:
        act()
    assert refusal.value.code == code


def test_a_code_enrols_one_tablet_once():
    """The second who enters it gets nothing; neither code nor cookie is kept."""
    shop = make.shop()
    actor = access.staff_actor(make.clerk(shop))
    device, code = offer_device(actor=SYSTEM, shop_id=shop.pk, label="A")

    cookie = enrol_device(actor=actor, entered=f" {code[:5].lower()}-{code[5:]} ")

    refused(lambda: enrol_device(actor=actor, entered=code), "shop_code_wrong")
    row = ShopDevice.objects.values().get(pk=device.pk)
    assert row["code_digest"] == ""
    assert cookie not in str(row) and code not in str(row)
    assert [e.name for e in Event.objects.filter(subject_id=str(device.pk)).order_by("id")] == [
        "shop_device.offered",
        "shop_device.enrolled",
    ]


@pytest.mark.parametrize("entered", ["", "   ", "ABCDEFGHJK", "x" * 5000, "' OR 1=1"])
def test_what_is_no_code_enrols_nothing(entered):
    """Nor does the empty digest of a device that is enrolled already."""
    device, cookie, clerk = make.tablet()
    refused(lambda: enrol_device(actor=access.staff_actor(clerk), entered=entered), "shop_code_wrong")
    device.refresh_from_db()
    assert station_of(clerk, cookie).device == device


def test_an_expired_code_and_a_clerk_of_another_shop_are_refused():
    """With the sentence of a wrong code: nothing is learnt from it."""
    shop = make.shop()
    device, code = offer_device(actor=SYSTEM, shop_id=shop.pk, label="A")
    refused(lambda: enrol_device(actor=access.staff_actor(make.clerk(make.shop())), entered=code), "shop_code_wrong")
    ShopDevice.objects.filter(pk=device.pk).update(code_expires_at=timezone.now() - timedelta(seconds=1))
    refused(lambda: enrol_device(actor=access.staff_actor(make.clerk(shop)), entered=code), "shop_code_wrong")
    device.refresh_from_db()
    assert device.enrolled_at is None


def test_only_the_administrator_offers_and_revokes():
    """P-ALL-1: a clerk makes no devices."""
    device, _cookie, clerk = make.tablet()
    actor = access.staff_actor(clerk)
    refused(lambda: offer_device(actor=actor, shop_id=device.shop_id, label="B"), "shop_keepers_only")
    refused(lambda: revoke_device(actor=actor, device_id=device.pk), "shop_keepers_only")
    assert ShopDevice.objects.count() == 1


def test_nobody_acts_without_device_posting_dealer_and_contract():
    """P-REG-6, R-08: each of them, taken away, stops the clerk, and given back lets them go on."""
    device, cookie, clerk = make.tablet()
    dealer, compliance, today = device.shop.dealer, access.staff_actor(access.staff(Role.COMPLIANCE)), timezone.localdate()
    assert station_of(clerk, cookie).device == device
    refused(lambda: station_of(clerk, ""), "shop_device_unknown")
    refused(lambda: station_of(clerk, "guessed"), "shop_device_unknown")
    refused(lambda: station_of(access.staff(Role.REVIEWER), cookie), "shop_clerks_only")
    refused(lambda: station_of(make.clerk(make.shop()), cookie), "shop_not_posted")

    suspend_dealer(actor=compliance, dealer_id=dealer.pk, reason=DealerReason.QUALITY)
    refused(lambda: station_of(clerk, cookie), "dealer_suspended")
    reinstate_dealer(actor=compliance, dealer_id=dealer.pk, reason=DealerReason.CLEARED)

    type(dealer).objects.filter(pk=dealer.pk).update(contract_to=today - timedelta(days=1))
    refused(lambda: station_of(clerk, cookie), "dealer_without_contract")
    type(dealer).objects.filter(pk=dealer.pk).update(contract_to=today)
    assert station_of(clerk, cookie)

    ClerkPosting.objects.filter(clerk=clerk).update(ends=today - timedelta(days=1))
    refused(lambda: station_of(clerk, cookie), "shop_not_posted")
    ClerkPosting.objects.filter(clerk=clerk).update(ends=today)

    revoke_device(actor=SYSTEM, device_id=device.pk)
    refused(lambda: station_of(clerk, cookie), "shop_device_unknown")


def test_who_suspends_and_why():
    """R-08: compliance, or the system by its figures; only a person reinstates; the reason fits and stands in the trail."""
    dealer = make.shop().dealer
    refused(
        lambda: suspend_dealer(actor=access.staff_actor(access.staff(Role.CLERK)), dealer_id=dealer.pk, reason=DealerReason.QUALITY),
        "dealer_compliance_only",
    )
    refused(lambda: suspend_dealer(actor=SYSTEM, dealer_id=dealer.pk, reason=DealerReason.CLEARED), "dealer_reason")
    suspend_dealer(actor=SYSTEM, dealer_id=dealer.pk, reason=DealerReason.QUALITY)
    refused(lambda: reinstate_dealer(actor=SYSTEM, dealer_id=dealer.pk, reason=DealerReason.MENDED), "dealer_compliance_only")
    dealer.refresh_from_db()
    assert dealer.status == "suspended"
    assert Event.objects.get(name="dealer.suspended").reason == "quality"
