"""A list of people: taken in, confirmed, worked through; each row once, whatever dies on the way (P-REG-5, R-01)."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from realname.trail.models import Event
from registration.bulk.outcomes import Outcome
from registration.errors import BulkRefused, OrganisationRefused
from registration.models import Application, BulkImport, BulkRow, Delivery, Person
from registration.services.bulk import take_over as taking
from registration.services.bulk import work_through as working
from registration.services.bulk.forget import forget_what_is_over
from registration.services.bulk.take_in import cancel_bulk_import, confirm_bulk_import, preview
from registration.services.bulk.work_through import outcomes_of, work_through
from registration.states import BulkStatus
from registration.tasks import resend_bulk_imports
from tests.factories import access
from tests.factories.bulk import confirmed, row, the_organisation, uploaded, worked_through
from tests.factories.organisation import approved, suspended, with_papers

pytestmark = pytest.mark.django_db


def test_an_uploaded_list_is_shown_and_nothing_follows_from_it():
    person = row()
    bulk = uploaded(person, ("", *person[1:]), row(phone="1"))

    shown = preview(bulk)

    assert (shown.total, shown.good, shown.faults) == (3, 1, {"name_invalid": 1, "phone_invalid": 1})
    assert [judged.name for _, judged in shown.first] == ["王小明", "", ""]
    assert (BulkRow.objects.count(), Person.objects.count(), Delivery.objects.count()) == (0, 0, 0)


def test_a_confirmed_list_invites_the_good_rows_and_keeps_nothing_of_the_bad_ones():
    person = row()
    bulk = worked_through(person, row(name="=1+1"), person, row(id_number="1.10E+17"), row())

    rows = list(bulk.rows.order_by("number"))
    assert [each.outcome for each in rows] == ["invited", "name_invalid", "doubled", "id_number_damaged", "invited"]
    assert [each.number for each in rows] == [2, 3, 4, 5, 6]
    assert [(each.name, each.id_number, each.phone) for each in rows[:4]] == [person, *[(None,) * 3] * 3]
    assert bulk.status == BulkStatus.DONE
    assert set(Delivery.objects.filter(kind="bulk_invitation").values_list("about", flat=True)) == {rows[0].pk, rows[4].pk}
    # who was named is nobody of ours before they agree
    assert (Person.objects.count(), Application.objects.count()) == (0, 0)
    bulk.file.refresh_from_db()
    assert bulk.file.erased_at is not None
    outcomes = {"invited": 2, "name_invalid": 1, "doubled": 1, "id_number_damaged": 1}
    assert Event.objects.get(name="bulk_import.done").data == {"outcomes": outcomes}


def dies_at(monkeypatch, module, name: str, *, first: bool) -> None:
    """The first call of this dies before it acts, or every second call does."""
    act, calls = getattr(module, name), []

    def dying(*args, **kwargs):
        calls.append(name)
        if len(calls) == 1 or not first and len(calls) % 4 == 0:
            raise MemoryError
        return act(*args, **kwargs)

    monkeypatch.setattr(module, name, dying)


def test_a_death_anywhere_neither_loses_nor_doubles_a_row(monkeypatch):
    monkeypatch.setattr(working, "CHUNK", 4)
    bulk = confirmed(*[row() for _ in range(10)])
    monkeypatch.setattr(taking, "CHUNK", 3)
    for module, name in [(taking, "record"), (working, "record_each"), (working, "send_messages"), (working, "record")]:
        dies_at(monkeypatch, module, name, first=True)
    dies_at(monkeypatch, taking, "_row", first=False)
    more = True
    deaths = 0
    while more:
        try:
            more = work_through(import_id=bulk.pk)
        except MemoryError:
            deaths += 1

    assert deaths == 4 + 5
    assert outcomes_of(bulk) == {"invited": 10}
    assert sorted(bulk.rows.values_list("number", flat=True)) == list(range(2, 12))
    assert Event.objects.filter(name="bulk_import.taken_over").count() == 1
    assert Delivery.objects.filter(kind="bulk_invitation").count() == 10
    assert Event.objects.filter(name="bulk_row.invited").count() == 10


def test_a_list_half_of_which_is_bad_invites_the_other_half_and_keeps_nothing_of_the_bad():
    bad = [row(name=""), row(id_number="110101199003070135"), row(phone="12345"), row(name="=HYPERLINK(A1)"), row(id_number="1.1E+17")]
    rows = [each for pair in zip([row() for _ in range(100)], bad * 20, strict=True) for each in pair]

    bulk = worked_through(*rows)

    faults = {"name_invalid": 40, "id_number_invalid": 20, "phone_invalid": 20, "id_number_damaged": 20}
    assert outcomes_of(bulk) == {"invited": 100, **faults}
    assert Event.objects.get(name="bulk_import.taken_over").data == {"rows": 200, "faults": faults}
    assert [each.number for each in bulk.rows.invited()] == list(range(2, 202, 2))
    others = bulk.rows.exclude(outcome=Outcome.INVITED)
    assert set(others.values_list("name", "id_number", "phone", "phone_index", "key")) == {(None, None, None, None, "")}
    assert Delivery.objects.filter(kind="bulk_invitation").count() == 100


# the list's key is made and committed before, as it is when somebody uploads a list
@pytest.mark.django_db(transaction=True)
def test_a_row_more_costs_no_query_more():
    """P-REG-5: a transaction is some statements, however many rows it has: ten thousand take seconds."""
    few, many = confirmed(row()), confirmed(*[row() for _ in range(60)], row(name=""))
    of_few = queries_of(few)
    assert queries_of(many) <= of_few <= 40
    assert outcomes_of(many) == {"invited": 60, "name_invalid": 1}


def test_many_messages_are_handed_over_by_few_tasks(django_capture_on_commit_callbacks):
    bulk = confirmed(*[row() for _ in range(25)])
    work_through(import_id=bulk.pk)

    with django_capture_on_commit_callbacks() as hints:
        work_through(import_id=bulk.pk)

    assert len(hints) <= 3 + 1  # ten in each, and one to the trail's dispatcher
    assert Delivery.objects.filter(kind="bulk_invitation").count() == 25


def queries_of(bulk: BulkImport) -> int:
    with CaptureQueriesContext(connection) as captured:
        while work_through(import_id=bulk.pk):
            pass
    return len(captured)


def test_a_list_that_is_done_is_not_done_again():
    bulk = worked_through(row())

    assert work_through(import_id=bulk.pk) is False
    assert Delivery.objects.filter(kind="bulk_invitation").count() == 1


def test_a_stalled_list_is_taken_up_by_the_sweeper():
    bulk = confirmed(row())
    assert resend_bulk_imports() == 0

    BulkImport.objects.update(touched_at=timezone.now() - timedelta(hours=1))

    assert resend_bulk_imports() == 1
    BulkImport.objects.filter(pk=bulk.pk).update(status=BulkStatus.DONE)
    assert resend_bulk_imports() == 0


def test_the_same_file_is_told_and_not_done_twice():
    people = [row(), row()]
    first, second = uploaded(*people), uploaded(*people)
    confirm_bulk_import(actor=access.staff_actor(first.staff), staff=first.staff, import_id=first.pk)

    with pytest.raises(BulkRefused, match="bulk_same_file"):
        confirm_bulk_import(actor=access.staff_actor(second.staff), staff=second.staff, import_id=second.pk)
    with pytest.raises(BulkRefused, match="bulk_same_file"):
        uploaded(*people)


def test_who_stands_in_two_lists_of_an_organisation_is_invited_once():
    person = row()
    worked_through(person)

    again = worked_through(person, row())
    other = worked_through(person, organisation=approved(name="另一家有限公司"))

    assert outcomes_of(again) == {"already_invited": 1, "invited": 1}
    assert outcomes_of(other) == {"invited": 1}  # what one organisation hands in tells another nothing


def test_cancelling_forgets_what_was_not_reached_and_leaves_who_was_invited(monkeypatch):
    monkeypatch.setattr(working, "CHUNK", 2)
    bulk = confirmed(*[row() for _ in range(5)])
    work_through(import_id=bulk.pk)
    work_through(import_id=bulk.pk)

    cancel_bulk_import(actor=access.staff_actor(bulk.staff), staff=bulk.staff, import_id=bulk.pk)

    assert work_through(import_id=bulk.pk) is False
    assert outcomes_of(bulk) == {"invited": 2, "cancelled": 3}
    left = bulk.rows.filter(outcome=Outcome.CANCELLED)
    assert {(each.name, each.id_number, each.phone, each.phone_index) for each in left} == {(None,) * 4}
    with pytest.raises(BulkRefused, match="bulk_over"):
        cancel_bulk_import(actor=access.staff_actor(bulk.staff), staff=bulk.staff, import_id=bulk.pk)


def test_another_clerk_s_list_does_not_exist():
    bulk, other = uploaded(row()), access.staff("enterprise_clerk")

    for act in (confirm_bulk_import, cancel_bulk_import):
        with pytest.raises(BulkImport.DoesNotExist):
            act(actor=access.staff_actor(other), staff=other, import_id=bulk.pk)
    bulk.refresh_from_db()
    assert bulk.status == BulkStatus.UPLOADED


def test_what_nobody_confirms_or_answers_is_forgotten():
    unconfirmed, unanswered = uploaded(row()), worked_through(row())
    assert forget_what_is_over() == 0
    BulkImport.objects.filter(pk=unconfirmed.pk).update(created_at=timezone.now() - timedelta(days=4))
    unanswered.rows.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert forget_what_is_over() == 2

    unconfirmed.refresh_from_db()
    gone = unanswered.rows.get()
    assert unconfirmed.status == BulkStatus.CANCELLED
    assert (gone.outcome, gone.name, gone.id_number, gone.phone, gone.phone_index) == (Outcome.EXPIRED, None, None, None, None)
    assert forget_what_is_over() == 0


def test_only_an_approved_organisation_s_list_is_taken_in_and_confirmed():
    """R-03: nobody is invited in the name of an organisation that nobody has judged, or that was suspended."""
    with pytest.raises(OrganisationRefused, match="organisation_not_approved"):
        uploaded(row(), organisation=with_papers())
    bulk = uploaded(row())
    suspended(the_organisation())

    with pytest.raises(OrganisationRefused, match="organisation_not_approved"):
        confirm_bulk_import(actor=access.staff_actor(bulk.staff), staff=bulk.staff, import_id=bulk.pk)

    bulk.refresh_from_db()
    assert (bulk.status, BulkRow.objects.count()) == (BulkStatus.UPLOADED, 0)


@pytest.mark.parametrize("_taken_over", [False, True])
def test_a_suspension_stops_a_list_and_nothing_is_kept_of_whom_it_named(_taken_over):
    """R-03, R-28."""
    bulk = confirmed(row())
    if _taken_over:
        work_through(import_id=bulk.pk)
    suspended(the_organisation())

    assert work_through(import_id=bulk.pk) is False

    bulk.refresh_from_db()
    assert (bulk.status, bulk.file.erased_at is None) == (BulkStatus.CANCELLED, False)
    assert set(BulkRow.objects.values_list("outcome", "name")) <= {(Outcome.CANCELLED, None)}
    assert not Delivery.objects.exists()
    assert work_through(import_id=bulk.pk) is False
