"""The queue: what waits, most urgent first, masked (P-VER-5)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from realname.access.models import Role
from realname.vault.keys import forget_cached_keys
from risk.states import RiskLevel
from tests.factories import desk
from tests.factories.access import staff_actor
from verification.models import Review
from verification.services.take_for_review import take_for_review

pytestmark = pytest.mark.django_db
QUEUE = "/admin/verification/review/"
# what the page costs however many rows it has: session, staff and their permissions, the filters, rows, keys
QUERIES = 14


def references(response) -> list[str]:
    return [review.application.reference for review in response.context["cl"].result_list]


def test_gravest_first_then_by_deadline():
    """P-VER-5."""
    later, low, critical = desk.in_review(), desk.in_review(level=RiskLevel.LOW), desk.in_review(level=RiskLevel.CRITICAL)
    sooner = desk.in_review()
    Review.objects.filter(pk=sooner.pk).update(deadline_at=timezone.now())
    response = desk.signed_in(Role.REVIEWER).get(QUEUE)
    assert references(response) == [review.application.reference for review in (critical, sooner, later, low)]


def test_shows_reasons_in_words_and_nothing_unmasked():
    """P-ALL-1: masked by default."""
    review = desk.in_review(name="张三丰")
    page = desk.signed_in(Role.REVIEWER).get(QUEUE, headers={"Accept-Language": "en"}).content.decode()
    assert "Entered against OCR: see the fields that differ." in page
    assert "张*丰" in page
    for secret in ("张三丰", review.application.id_number, review.application.phone):
        assert secret not in page


def test_overdue_is_marked():
    """Against the clock of now."""
    review = desk.in_review()
    client = desk.signed_in(Role.REVIEWER)
    assert "desk-badge--bad" not in client.get(QUEUE).content.decode()
    Review.objects.filter(pk=review.pk).update(deadline_at=timezone.now() - timedelta(minutes=1))
    assert "desk-badge--bad" in client.get(QUEUE).content.decode()


@pytest.mark.parametrize(
    "query, expected",
    [
        ("level=critical", {"grave"}),
        ("reason=NOT_CHECKED", {"grave"}),
        ("claim=mine", {"mine"}),
        ("claim=others", {"theirs"}),
        ("claim=free", {"grave", "late"}),
        ("overdue=yes", {"late"}),
        ("overdue=no", {"grave", "mine", "theirs"}),
    ],
)
def test_filters(query, expected):
    """By level, reason, claim and deadline."""
    client, other = desk.signed_in(Role.REVIEWER), desk.signed_in(Role.REVIEWER)
    cases = {
        "grave": desk.in_review(level=RiskLevel.CRITICAL, reasons=("RISK_HIGH", "NOT_CHECKED")),
        "late": desk.in_review(),
        "mine": desk.in_review(),
        "theirs": desk.in_review(),
    }
    for name, user in (("mine", client.user), ("theirs", other.user)):
        take_for_review(actor=staff_actor(user), application_id=cases[name].application_id, reviewer=user)
    Review.objects.filter(pk=cases["late"].pk).update(deadline_at=timezone.now() - timedelta(hours=1))
    found = set(references(client.get(f"{QUEUE}?{query}")))
    assert found == {cases[name].application.reference for name in expected}


def test_says_who_holds_a_case_and_until_when():
    """So that nobody begins what somebody judges already."""
    other = desk.signed_in(Role.REVIEWER).user
    review = desk.in_review()
    take_for_review(actor=staff_actor(other), application_id=review.application_id, reviewer=other)
    page = desk.signed_in(Role.REVIEWER).get(QUEUE).content.decode()
    assert other.username in page
    Review.objects.update(claimed_until=timezone.now())
    assert other.username not in desk.signed_in(Role.REVIEWER).get(QUEUE).content.decode()


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)  # keys made in the same transaction are not kept ready: rows must be committed
def test_fifty_rows_cost_no_more_queries_than_two():
    """The page costs the same however long the queue is."""
    client = desk.signed_in(Role.REVIEWER)
    counts = []
    for wanted in (2, 50):
        while Review.objects.count() < wanted:
            desk.in_review()
        forget_cached_keys()
        with CaptureQueriesContext(connection) as queries:
            assert len(references(client.get(QUEUE))) == wanted
        counts.append(len(queries))
    assert counts[1] <= counts[0] <= QUERIES, counts
