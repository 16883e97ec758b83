"""Staff of every role."""

import itertools

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
