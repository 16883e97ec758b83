"""The trail in the admin: to look at, never to change."""

import pytest
from django.contrib import admin
from django.contrib.auth import get_user_model
from django.core.exceptions import PermissionDenied
from django.test import RequestFactory

from realname.trail.models import Event, ListenerCursor, Seal
from realname.trail.seal import seal_trail

pytestmark = pytest.mark.django_db(transaction=True)


def request(method: str = "get"):
    made = getattr(RequestFactory(), method)("/")
    made.user = get_user_model()(username="root", is_active=True)
    made._dont_enforce_csrf_checks = True
    # every permission there is
    made.user.has_perm = made.user.has_module_perms = lambda *_: True
    return made


@pytest.mark.parametrize("model", [Event, Seal, ListenerCursor])
def test_with_every_permission_one_may_only_look(happen, model):
    """P-ALL-4: lists and rows open; add, change and delete are refused."""
    happen()
    seal_trail()
    ListenerCursor.objects.get_or_create(name="test.listener")
    page = admin.site.get_model_admin(model)
    row = model.objects.first()
    assert row in page.changelist_view(request()).context_data["cl"].result_list
    assert page.change_view(request(), str(row.pk)).status_code == 200
    for refused in (
        lambda: page.add_view(request()),
        lambda: page.change_view(request("post"), str(row.pk)),
        lambda: page.delete_view(request("post"), str(row.pk)),
    ):
        with pytest.raises(PermissionDenied):
            refused()


def test_what_is_personal_is_not_shown_in_the_list():
    """P-ALL-1: reading `before` and `after` is an act of its own."""
    assert {"before", "after"} <= set(admin.site.get_model_admin(Event).exclude)
