"""Staff accounts are the administrator's, and only theirs."""

import pytest

from realname.access.models import Role, Staff
from realname.trail.models import Event
from tests.factories import access, desk

pytestmark = pytest.mark.django_db
LIST = "/admin/access/staff/"


@pytest.fixture
def administrator():
    return desk.signed_in(Role.ADMINISTRATOR)


def test_an_administrator_makes_an_account(administrator):
    """It is staff, in its role's group, and in the trail."""
    password = "a-long-enough-password"
    form = {"username": "newcomer", "role": Role.REVIEWER, "password1": password, "password2": password, "usable_password": "true"}
    response = administrator.post(LIST + "add/", form)
    assert response.status_code == 302, response.context["errors"]
    made = Staff.objects.get(username="newcomer")
    assert made.is_staff and made.role == Role.REVIEWER and made.has_perm("verification.view_review")
    assert Event.objects.get(name="staff.created").subject_id == str(made.pk)


def test_nobody_changes_their_own_role(administrator):
    """Else an administrator could open every case."""
    own = administrator.user
    administrator.post(f"{LIST}{own.pk}/change/", {"username": own.username, "role": Role.SENIOR_REVIEWER, "is_active": "on"})
    own.refresh_from_db()
    assert own.role == Role.ADMINISTRATOR


def test_a_change_of_role_is_written_down(administrator):
    """By names of fields."""
    user = access.staff(Role.REVIEWER)
    administrator.post(f"{LIST}{user.pk}/change/", {"username": user.username, "role": Role.CLERK, "is_active": "on"})
    user.refresh_from_db()
    assert user.role == Role.CLERK
    assert Event.objects.get(name="staff.changed").data == {"fields": ["role"], "role": "clerk", "active": True}


def test_a_lost_second_factor_is_removed(administrator):
    """The next sign-in sets up a new one; one's own stays."""
    other = desk.with_device(access.staff(Role.REVIEWER))
    action = {"action": "remove_second_factor", "_selected_action": [other.pk, administrator.user.pk]}
    administrator.post(LIST, action)
    assert not other.totpdevice_set.exists()
    assert administrator.user.totpdevice_set.exists()
    assert Event.objects.filter(name="staff.second_factor_removed").count() == 1


def test_no_account_is_deleted(administrator):
    """The trail names them."""
    user = access.staff(Role.REVIEWER)
    assert administrator.post(f"{LIST}{user.pk}/delete/", {"post": "yes"}).status_code == 403
    assert Staff.objects.filter(pk=user.pk).exists()
