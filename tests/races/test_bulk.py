"""Two at the same list of people, or at two lists with the same people: every person is invited once (P-REG-5, R-03)."""

import itertools

import pytest

from realname.trail.models import Event
from registration.errors import BulkRefused
from registration.models import BulkImport, BulkRow, Delivery
from registration.services.bulk import take_over as taking
from registration.services.bulk import work_through as working
from registration.services.bulk.take_in import cancel_bulk_import, confirm_bulk_import
from registration.services.bulk.work_through import outcomes_of, work_through
from registration.states import BulkStatus
from tests.factories import access
from tests.factories.bulk import confirmed, row, the_organisation, uploaded
from tests.factories.organisation import suspended
from tests.races.at_once import at_once

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def _small_chunks(monkeypatch):
    """So that there are many transactions in between which others can come."""
    monkeypatch.setattr(taking, "CHUNK", 3)
    monkeypatch.setattr(working, "CHUNK", 3)


def work(bulk: BulkImport) -> None:
    while work_through(import_id=bulk.pk):
        pass


def test_two_clerks_confirm_the_same_file_and_one_is_told():
    people = [row(), row()]
    lists = [uploaded(*people) for _ in range(2)]
    assert lists[0].staff != lists[1].staff

    answers = at_once(
        *(lambda one=one: confirm_bulk_import(actor=access.staff_actor(one.staff), staff=one.staff, import_id=one.pk) for one in lists)
    )

    refused = [answer for answer in answers if isinstance(answer, BulkRefused)]
    assert [refusal.code for refusal in refused] == ["bulk_same_file"]
    assert sorted(BulkImport.objects.values_list("status", flat=True)) == [BulkStatus.CONFIRMED, BulkStatus.UPLOADED]


def test_four_workers_at_one_list_do_each_row_once():
    bulk = confirmed(*[row() for _ in range(20)], row(name=""))

    assert at_once(*[lambda: work(bulk)] * 4) == [None] * 4

    bulk.refresh_from_db()
    assert (bulk.status, outcomes_of(bulk)) == (BulkStatus.DONE, {"invited": 20, "name_invalid": 1})
    assert sorted(bulk.rows.values_list("number", flat=True)) == list(range(2, 23))
    assert Delivery.objects.filter(kind="bulk_invitation").count() == 20
    events = Event.objects.filter(name__startswith="bulk_")
    assert [events.filter(name=name).count() for name in ("bulk_row.invited", "bulk_import.taken_over", "bulk_import.done")] == [20, 1, 1]


def test_who_stands_in_two_lists_worked_through_at_once_is_invited_once():
    people = [row() for _ in range(9)]
    lists = [confirmed(*people, row()), confirmed(*reversed(people), row())]

    assert at_once(*(lambda one=one: work(one) for one in lists)) == [None] * 2

    assert {one.status for one in BulkImport.objects.all()} == {BulkStatus.DONE}
    assert sum(outcomes_of(one)["invited"] for one in lists) == 11
    assert sum(outcomes_of(one).get("already_invited", 0) for one in lists) == 9
    assert Delivery.objects.count() == Event.objects.filter(name="bulk_row.invited").count() == 11
    assert set(BulkRow.objects.filter(outcome="already_invited").values_list("name", "phone_index")) == {(None, None)}


@pytest.mark.parametrize("act", ["suspend", "cancel"])
def test_what_stops_a_list_while_it_is_worked_through_leaves_no_row_half_done(act, monkeypatch):
    """Whoever was invited has an event and a message, whoever was not is forgotten; a chunk is never torn."""
    bulk = confirmed(*[row() for _ in range(30)])
    organisation, actor = the_organisation(), access.staff_actor(bulk.staff)
    calls = itertools.count(1)
    begun, act_once = working.send_messages, []

    def send(**kwargs):
        # the second chunk is under way when the other comes, who must wait for its end
        if next(calls) == 2:
            act_once.append(True)
        return begun(**kwargs)

    monkeypatch.setattr(working, "send_messages", send)

    def stop() -> None:
        while not act_once:
            pass
        if act == "suspend":
            suspended(organisation)
        else:
            cancel_bulk_import(actor=actor, staff=bulk.staff, import_id=bulk.pk)

    assert at_once(lambda: work(bulk), stop) == [None, None]

    bulk.refresh_from_db()
    outcomes = outcomes_of(bulk)
    assert bulk.status == BulkStatus.CANCELLED
    assert set(outcomes) == {"invited", "cancelled"} and sum(outcomes.values()) == 30
    assert outcomes["invited"] % 3 == 0 and 6 <= outcomes["invited"] < 30
    assert Delivery.objects.count() == Event.objects.filter(name="bulk_row.invited").count() == outcomes["invited"]
    left = bulk.rows.filter(outcome="cancelled")
    assert set(left.values_list("name", "id_number", "phone", "phone_index")) == {(None,) * 4}
