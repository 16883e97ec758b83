"""Roles are groups of named permissions, from one table."""

import pytest
from django.contrib.auth.models import Group, Permission

from realname.access.models import Role, Staff
from realname.access.roles import PERMISSIONS, sync_groups
from tests.factories import access

pytestmark = pytest.mark.django_db


def held(role: str) -> set[str]:
    rows = Group.objects.get(name=role).permissions.values_list("content_type__app_label", "codename")
    return {f"{app}.{codename}" for app, codename in rows}


@pytest.mark.parametrize("role", Role.values)
def test_every_group_holds_exactly_what_the_table_says(role):
    """A misspelt permission would be missing here."""
    assert held(role) == PERMISSIONS[role]


def test_what_was_added_by_hand_goes_at_the_next_migration():
    """The table is the only place."""
    group = Group.objects.get(name=Role.CLERK)
    group.permissions.add(Permission.objects.get(codename="view_person"))
    sync_groups()
    assert held(Role.CLERK) == set()


def test_the_group_follows_the_role():
    """P-ALL-1: a change of role leaves nothing of the old one."""
    user = access.staff(Role.REVIEWER)
    assert user.has_perm("verification.view_review")
    user.role = Role.ADMINISTRATOR
    user.save(update_fields=["role"])
    user = Staff.objects.get(pk=user.pk)
    assert not user.has_perm("verification.view_review")
    assert user.has_perm("access.change_staff")


def test_there_is_no_superuser():
    """Nobody passes every check: `createsuperuser` makes an administrator, who sees no personal data."""
    user = Staff.objects.create_superuser("root", "", "a-long-enough-password")
    assert (user.role, user.is_staff, user.is_superuser) == (Role.ADMINISTRATOR, True, False)
    assert not user.has_perm("registration.view_person")


def test_the_administrator_holds_nothing_of_any_person():
    """Separation of duties."""
    assert all(name.startswith("access.") for name in PERMISSIONS[Role.ADMINISTRATOR])
