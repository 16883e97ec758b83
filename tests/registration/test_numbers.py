"""Which numbers may be chosen, who held one when, and whether it changed hands (P-PAR-1)."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection, transaction
from django.utils import timezone

from realname.access.actor import SYSTEM
from realname.trail.dispatch import dispatch
from realname.vault.erase import erase_person
from registration import numbers as questions
from registration.models import Line, Number
from registration.services.return_numbers import return_numbers
from registration.services.terminate_line import terminate_line
from registration.states import EndReason, Pattern
from tests.factories import registration as make

pytestmark = pytest.mark.django_db
NUMBER = "19200000001"


def found(**wish) -> list[str]:
    return [number.number for number in questions.available_numbers(**wish)]


class TestAvailable:
    """Only what is in stock, a page at a time, and nothing twice."""

    @pytest.fixture(autouse=True)
    def stock(self):
        make.in_stock(*(f"1920000{serial:04d}" for serial in range(0, 9999, 11)))

    def test_pages_follow_each_other(self):
        seen, after = [], ""
        while page := questions.available_numbers(after=after):
            assert len(page) <= questions.PAGE
            seen += [number.number for number in page]
            after = seen[-1]
        assert seen == sorted(seen) == list(Number.objects.order_by("number").values_list("number", flat=True))

    def test_pages_of_an_ending_follow_each_other(self):
        seen, after = [], ""
        while page := found(ending="8", after=after):
            seen += page
            after = page[-1]
        wanted = Number.objects.filter(number__endswith="8").values_list("number", flat=True)
        assert sorted(seen) == sorted(wanted)
        assert len(seen) == len(set(seen)) > questions.PAGE

    def test_by_pattern_and_without_four(self):
        assert found(pattern=Pattern.PAIRS, limit=3) == ["19200000011", "19200000022", "19200000033"]
        assert "19200000044" in found(pattern=Pattern.PAIRS) and "19200000044" not in found(pattern=Pattern.PAIRS, without_four=True)
        assert found(ending="8888") == ["19200008888"]

    def test_a_reserved_one_is_not_shown(self):
        make.choosing(make.drafted(), "19200008888")
        assert found(ending="8888") == []

    def test_what_contradicts_itself_is_not_looked_for(self, django_assert_num_queries):
        with django_assert_num_queries(0):
            assert found(ending="14", without_four=True) == []

    @pytest.mark.parametrize("ending", ["%", "_", "' OR 1=1 --", "99999"])
    def test_what_is_no_ending_finds_nothing(self, ending):
        assert found(ending=ending) == []


@pytest.mark.parametrize(
    ("wish", "index"),
    [
        ({}, "number_available"),
        ({"after": "19200050000"}, "number_available"),
        ({"pattern": Pattern.ALIKE}, "number_by_pattern"),
        ({"without_four": True}, "number_without_four"),
        ({"ending": "88"}, "number_by_ending"),
        ({"ending": "8", "without_four": True, "after": "19200055558"}, "number_by_ending"),
    ],
)
def test_every_way_of_looking_reads_a_page_from_an_index(wish, index, django_assert_num_queries):
    """Of a hundred thousand numbers, most of them in use: nothing is sorted, and no table is read through."""
    _fill(100_000)
    with django_assert_num_queries(1) as caught:
        questions.available_numbers(**wish)
    with connection.cursor() as cursor:
        # costs rest on a random sample; what is told here is whether an index can give the order
        cursor.execute("SET LOCAL enable_bitmapscan = off; SET LOCAL enable_sort = off")
        cursor.execute("EXPLAIN " + caught.captured_queries[0]["sql"])
        plan = "\n".join(row[0] for row in cursor.fetchall())
    assert index in plan, plan
    assert "Sort" not in plan and "Seq Scan" not in plan, plan


def _fill(count: int) -> None:
    """Numbers as the service would stock them; two of three are in use."""
    with connection.cursor() as cursor:
        cursor.execute(
            """INSERT INTO registration_number (number, mirrored, status, stocked, pattern, has_four, of_things, region, created_at)
            SELECT n, reverse(n), CASE WHEN i %% 3 = 0 THEN 'available' ELSE 'in_use' END, true,
                CASE WHEN right(n, 4) ~ '^(.)\\1\\1\\1$' THEN 'alike' WHEN right(n, 4) ~ '^(.)\\1(.)\\2$' THEN 'pairs' ELSE 'plain' END,
                substr(n, 4) LIKE '%%4%%', false, '', now()
            FROM (SELECT i, (19200000000 + i)::text AS n FROM generate_series(0, %s) AS i) AS numbers""",
            [count - 1],
        )
        cursor.execute("ANALYZE registration_number")


class TestHistory:
    """Two holders, one after the other, with a rest between them."""

    FIRST = datetime(2024, 1, 10, 12, tzinfo=UTC), datetime(2025, 1, 10, 12, tzinfo=UTC)
    SECOND = datetime(2025, 5, 1, 12, tzinfo=UTC)

    @pytest.fixture
    def lines(self) -> tuple[Line, Line]:
        first = make.line_on(NUMBER)
        terminate_line(actor=SYSTEM, line_id=first.pk, reason=EndReason.HOLDER)
        Number.objects.filter(number=NUMBER).update(quarantine_until=timezone.localdate(), freed_on=date(2025, 1, 10))
        return_numbers()
        second = make.line_on(NUMBER)
        Line.objects.filter(pk=first.pk).update(activated_at=self.FIRST[0], ended_at=self.FIRST[1])
        Line.objects.filter(pk=second.pk).update(activated_at=self.SECOND)
        return first, second

    @pytest.mark.parametrize(
        ("moment", "holder"),
        [
            (datetime(2024, 1, 10, 11, 59, tzinfo=UTC), None),
            (datetime(2024, 1, 10, 12, tzinfo=UTC), 0),
            (datetime(2025, 1, 10, 11, 59, tzinfo=UTC), 0),
            (datetime(2025, 1, 10, 12, tzinfo=UTC), None),
            (datetime(2025, 3, 1, tzinfo=UTC), None),
            (datetime(2025, 5, 1, 12, tzinfo=UTC), 1),
            (datetime(2026, 1, 1, tzinfo=UTC), 1),
        ],
    )
    def test_who_held_it_then(self, lines, moment, holder):
        assert questions.holder_on(NUMBER, moment) == (None if holder is None else lines[holder].person)

    @pytest.mark.parametrize(
        ("moment", "recycled"),
        [
            (datetime(2024, 6, 1, tzinfo=UTC), True),
            (datetime(2025, 1, 10, 8, tzinfo=UTC), True),
            (datetime(2025, 3, 1, tzinfo=UTC), True),
            (datetime(2025, 5, 2, tzinfo=UTC), False),
        ],
    )
    def test_whether_it_changed_hands_since(self, lines, moment, recycled):
        assert questions.recycled_since(NUMBER, moment) is recycled

    def test_since_when_its_holder_has_it(self, lines):
        assert questions.tenure(NUMBER) - (timezone.now() - self.SECOND) < timedelta(seconds=5)
        assert questions.tenure("19200000002") is None

    @pytest.mark.django_db(transaction=True)
    def test_an_erased_holder_is_forgotten_and_the_change_of_hands_is_not(self, lines):
        """R-28, P-PAR-1."""
        with transaction.atomic():
            erase_person(lines[0].person_id)
        dispatch(only="registration.forget_indexes")
        assert questions.holder_on(NUMBER, datetime(2024, 6, 1, tzinfo=UTC)) is None
        assert questions.recycled_since(NUMBER, datetime(2024, 6, 1, tzinfo=UTC)) is True


def test_a_number_with_its_first_holder_has_not_changed_hands():
    make.line_on(NUMBER)
    assert questions.recycled_since(NUMBER, datetime(2020, 1, 1, tzinfo=UTC)) is False
    assert questions.recycled_since("19299999999", datetime(2020, 1, 1, tzinfo=UTC)) is False


def test_a_number_at_rest_has_changed_hands():
    terminate_line(actor=SYSTEM, line_id=make.line_on(NUMBER).pk, reason=EndReason.MISUSE)
    assert questions.recycled_since(NUMBER, timezone.now() - timedelta(days=1)) is True
    assert questions.freed_on(NUMBER) == timezone.localdate()
