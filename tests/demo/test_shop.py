"""The demo's shop can be made again and again, and its line enrols a browser."""

import re

import pytest

from demo.shop import open_demo_shop
from realname.access.models import Role
from registration.models import Dealer, Shop
from registration.services.shop.enrol_device import enrol_device
from registration.services.shop.station import station_of
from tests.factories import access

pytestmark = pytest.mark.django_db


def test_the_line_enrols_the_demo_clerk():
    """P-REG-6: one dealer and one shop, however often it is started; each start has a code that works."""
    clerk = access.staff(Role.CLERK, username="clerk")
    open_demo_shop(clerk, base_url="http://127.0.0.1")
    line = open_demo_shop(clerk, base_url="http://127.0.0.1")
    cookie = enrol_device(actor=access.staff_actor(clerk), entered=re.search(r"enrol with (\w+)", line).group(1))
    assert station_of(clerk, cookie).device.shop == Shop.objects.get()
    assert Dealer.objects.count() == 1
