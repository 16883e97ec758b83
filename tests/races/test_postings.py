"""Two sales managers who post the same clerk at the same moment post them once (R-08, P-REG-6)."""

from datetime import timedelta

import pytest
from django.utils import timezone

from realname.access.models import Role
from realname.trail.models import Event
from registration.errors import ShopRefused
from registration.models import ClerkPosting
from registration.services.shop.keep_postings import post_clerk
from tests.factories import access
from tests.factories import shop as make
from tests.factories.access import staff_actor
from tests.races.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


def test_many_who_post_one_clerk_to_one_shop_post_them_once():
    """Whoever comes second is told; of the refused nothing is left, in the rows or in the trail."""
    shop, clerk, today = make.shop(), access.staff(Role.CLERK), timezone.localdate()
    managers = [staff_actor(access.staff(Role.SALES_MANAGER)) for _ in range(6)]
    # their days differ, and all of them share today
    results = at_once(
        *(
            lambda manager=manager, days=days: post_clerk(
                actor=manager, shop=shop, clerk=clerk, begins=today - timedelta(days=days), ends=today + timedelta(days=days)
            )
            for days, manager in enumerate(managers)
        )
    )
    [posting] = [result for result in results if isinstance(result, ClerkPosting)]
    assert sorted(result.code for result in results if isinstance(result, ShopRefused)) == ["posting_meets"] * 5
    assert list(ClerkPosting.objects.all()) == [posting]
    assert Event.objects.get(name="clerk.posted").actor_id == managers[results.index(posting)].id


def test_days_that_do_not_meet_are_all_taken():
    """Nobody is refused for another's sake."""
    shop, clerk, today = make.shop(), access.staff(Role.CLERK), timezone.localdate()
    manager = staff_actor(access.staff(Role.SALES_MANAGER))
    days = [today + timedelta(days=number) for number in range(4)]
    results = at_once(*(lambda day=day: post_clerk(actor=manager, shop=shop, clerk=clerk, begins=day, ends=day) for day in days))
    assert [type(result) for result in results] == [ClerkPosting] * 4, results
    assert sorted(ClerkPosting.objects.values_list("begins", "ends")) == [(day, day) for day in days]
