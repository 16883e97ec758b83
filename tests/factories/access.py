"""Staff of every role."""

import itertools

from django_otp import DEVICE_ID_SESSION_KEY
from django_otp.plugins.otp_static.models import StaticDevice

from realname.access.actor import Actor
from realname.access.models import Role, Staff

_serial = itertools.count(1)


def staff(role: Role | str = Role.REVIEWER, **fields) -> Staff:
    """A staff member who may sign in to the admin."""
    fields = {"username": f"{role}-{next(_serial)}", "role": role, "is_staff": True} | fields
    return Staff.objects.create_user(**fields)


def staff_actor(user: Staff) -> Actor:
    """The staff member at their desk."""
    return Actor(kind="staff", id=str(user.pk), name=user.get_username(), role=user.role)


def sign_in(client, role: Role | str | None = None, *, user: Staff | None = None) -> Staff:
    """A staff member past both factors, at this test client."""
    user = user or staff(role or Role.REVIEWER)
    device = StaticDevice.objects.create(user=user, confirmed=True)
    client.force_login(user)
    session = client.session
    session[DEVICE_ID_SESSION_KEY] = device.persistent_id
    session.save()
    return user
