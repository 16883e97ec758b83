"""Who acts, where one browser may be both a staff member's and an applicant's."""

from types import SimpleNamespace

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import RequestFactory
from django.urls import resolve

from realname.access.actor import actor_from_request, client_ip
from realname.access.models import Role, Staff

STAFF = Staff(username="reviewer-1", role=Role.REVIEWER)
PERSON = {"person_id": "7d0a1c6e-0000-4000-8000-000000000000"}


def asked(path: str, *, user=None, session=None, **meta):
    request = RequestFactory().get(path, **meta)
    request.user, request.session = user or AnonymousUser(), session or {}
    request.resolver_match = resolve(path)
    return request


@pytest.mark.parametrize(
    "_case, path, user, session, kind",
    [
        ("staff at the desk", "/admin/", STAFF, {}, "staff"),
        ("staff at the desk, an applicant before", "/admin/", STAFF, PERSON, "staff"),
        ("an applicant", "/help", None, PERSON, "person"),
        ("an applicant, who is also staff", "/help", STAFF, PERSON, "person"),
        ("staff on a public page", "/help", STAFF, {}, "staff"),
        ("nobody known", "/help", None, {}, "person"),
    ],
)
def test_the_page_decides_who_acts(_case, path, user, session, kind):
    """A reviewer who registers a line of their own does so as a person."""
    actor = actor_from_request(asked(path, user=user, session=session))
    expected = {"staff": (str(STAFF.pk), "reviewer-1", "reviewer"), "person": (session.get("person_id", "anonymous"), "", "")}
    assert (actor.kind, (actor.id, actor.name, actor.role)) == (kind, expected[kind])


@pytest.mark.parametrize(
    "proxies, forwarded, address",
    [
        (0, "198.51.100.7", "203.0.113.9"),
        (1, "6.6.6.6, 198.51.100.7", "198.51.100.7"),
        (1, "", "203.0.113.9"),
        (2, "198.51.100.7", "203.0.113.9"),
    ],
)
def test_only_our_own_proxies_are_believed(settings, proxies, forwarded, address):
    """What a client writes into X-Forwarded-For itself changes nothing."""
    settings.TRUSTED_PROXIES = proxies
    request = SimpleNamespace(META={"HTTP_X_FORWARDED_FOR": forwarded, "REMOTE_ADDR": "203.0.113.9"})
    assert client_ip(request) == address
