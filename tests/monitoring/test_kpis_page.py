"""P-MON-1, P-MON-7: the page of live KPIs and who may see it."""

import re

import pytest
from django.db import transaction
from django.urls import reverse

from monitoring import health
from monitoring.services.fold_events import fold_events
from realname.access.models import Role
from realname.trail.models import ListenerCursor
from tests.factories.access import sign_in

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "/admin/monitoring/kpis/"


def body(response) -> str:
    return response.content.decode()


def test_it_stands_where_staff_know_it():
    assert reverse("admin:monitoring_kpis_changelist") == PAGE


@pytest.mark.parametrize("role", [Role.COMPLIANCE, Role.ADMINISTRATOR])
@pytest.mark.parametrize("part", ["", "live/"])
def test_who_may_see_it(client, role, part):
    sign_in(client, role)
    assert client.get(PAGE + part).status_code == 200


@pytest.mark.parametrize("role", [Role.REVIEWER, Role.SENIOR_REVIEWER, Role.RISK_OFFICER, Role.CLERK])
@pytest.mark.parametrize("part", ["", "live/"])
def test_who_may_not(client, role, part):
    sign_in(client, role)
    assert client.get(PAGE + part).status_code == 403


def test_strangers_sign_in_first(client):
    assert client.get(PAGE).status_code == 302


def test_numbers_appear_when_they_are_folded(client, teller):
    sign_in(client, Role.COMPLIANCE)
    for number in range(17):
        teller.started(number)
    fold_events()
    page = body(client.get(PAGE + "?days=1", headers={"accept-language": "en"}))
    assert re.search(r'Applications started</h2>\s*<p class="kpi-headline">17 ', page)


def test_the_page_renews_itself_without_inline_scripts_and_rests_at_last(client):
    sign_in(client, Role.COMPLIANCE)
    part = body(client.get(PAGE + "live/?days=7&turn=3"))
    assert 'hx-trigger="every 15s"' in part
    assert "days=7&amp;turn=4" in part
    assert "style=" not in part
    assert "<script" not in part
    assert "hx-get" not in body(client.get(PAGE + "live/?turn=59"))


@pytest.mark.parametrize("query", ["?days=abc", "?days=-1", "?days=99999", "?days=٣", "?turn=x"])
def test_odd_questions_are_answered_with_the_week(client, query):
    sign_in(client, Role.COMPLIANCE)
    response = client.get(PAGE + query)
    assert (response.status_code, response.context["days"]) == (200, 7)


def test_every_table_has_a_caption_and_headings(client, teller):
    teller.started(1)
    fold_events()
    sign_in(client, Role.COMPLIANCE)
    page = body(client.get(PAGE))
    tables = re.findall(r'<table class="kpi-table">.*?</table>', page, re.S)
    assert len(tables) >= 3
    for table in tables:
        assert "<caption" in table
        assert 'scope="col"' in table


def test_health_names_a_failing_listener_by_the_type_of_its_error_only():
    with transaction.atomic():
        ListenerCursor.objects.create(name="x.y", failures=3, last_error="ValueError: 张三 13800138000")
    sign = next(sign for sign in health.signs() if sign.label == "x.y")
    assert (sign.tone, sign.note) == ("bad", "ValueError")


def test_health_says_how_long_events_wait_for_their_seal(teller, settings, tmp_path):
    from realname.trail.seal import seal_trail

    # an anchor file of this test's own: one of an earlier run would know seals that this database never had
    settings.TRAIL_ANCHOR_FILE = tmp_path / "heads.log"
    seal_trail()
    assert health.signs()[0].value == "0 s"
    teller.started(1)
    assert health.signs()[0].value.endswith(" s")
    assert health.signs()[1].value == "1"
