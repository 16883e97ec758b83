"""Shops of a dealer, clerks who work there, and their tablets."""

import itertools
from datetime import timedelta

from django.test import Client
from django.utils import timezone

from realname.access.actor import SYSTEM, Actor
from realname.access.models import Role, Staff
from registration.models import Shop, ShopDevice
from registration.services.shop.enrol_device import enrol_device, offer_device
from registration.services.shop.keep_dealers import sign_dealer
from registration.services.shop.keep_postings import post_clerk
from registration.services.shop.keep_shops import open_shop
from registration.services.shop.station import Station, station_of
from registration.web.in_shop import DEVICE_COOKIE
from tests.factories import access, desk

_serial = itertools.count(1)


def shop(**contract) -> Shop:
    """A shop of a new dealer under contract."""
    today, number = timezone.localdate(), next(_serial)
    terms = {"contract_from": today - timedelta(days=30), "contract_to": today + timedelta(days=300), **contract}
    dealer = sign_dealer(actor=SYSTEM, name=f"示例代理商{number}", **terms)
    return open_shop(actor=SYSTEM, dealer=dealer, name=f"示例营业厅{number}", address="北京市东城区示例路2号", region="北京")


def clerk(at: Shop) -> Staff:
    """A clerk who works there since yesterday."""
    user = access.staff(Role.CLERK)
    post_clerk(actor=SYSTEM, shop=at, clerk=user, begins=timezone.localdate() - timedelta(days=1))
    return user


def tablet(at: Shop | None = None, user: Staff | None = None) -> tuple[ShopDevice, str, Staff]:
    """An enrolled device, its cookie, and a clerk of its shop."""
    at = at or shop()
    user = user or clerk(at)
    device, code = offer_device(actor=SYSTEM, shop_id=at.pk, label="Tablet 1")
    cookie = enrol_device(actor=access.staff_actor(user), entered=code)
    device.refresh_from_db()
    return device, cookie, user


def at_counter() -> tuple[Station, Actor]:
    """A clerk at an enrolled device, and who they are to the services."""
    _device, cookie, user = tablet()
    station = station_of(user, cookie)
    return station, actor_of(station)


def actor_of(station: Station) -> Actor:
    """The clerk, in their place."""
    user = station.clerk
    return Actor(kind="staff", id=str(user.pk), name=user.get_username(), role=user.role, place=station.place)


def browser() -> tuple[Client, Station]:
    """A tablet at which its clerk has signed in."""
    _device, cookie, user = tablet()
    client = desk.signed_in(user)
    client.cookies[DEVICE_COOKIE] = cookie
    return client, station_of(user, cookie)
