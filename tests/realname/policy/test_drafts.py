"""Two people for every change of policy: one drafts, another publishes (R-29)."""

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db import DatabaseError, connection, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from realname import policy
from realname.access.actor import SYSTEM, Actor
from realname.policy.errors import InvalidValue, Refused, UnknownParameter
from realname.policy.models import PolicyDraft, PolicyVersion
from realname.policy.parameters import out_of_order
from realname.policy.services.cancel_version import cancel_version
from realname.policy.services.edit_draft import edit_draft, explain_draft
from realname.policy.services.propose_draft import propose_draft, renew_draft, return_draft, withdraw_draft
from realname.policy.services.publish_draft import publish_draft
from realname.policy.services.start_draft import start_draft
from realname.trail.models import Event
from tests.factories import policy as make
from tests.factories.policy import DRAFTER, PUBLISHER

pytestmark = pytest.mark.django_db

THIRD = make.officer("third")
REVIEWER = Actor(kind="staff", id="9", name="reviewer", role="reviewer")


@pytest.fixture
def wait(limit) -> policy.Parameter[timedelta]:
    """A time, an hour by default."""
    return policy.Parameter(key="test.wait", type=timedelta, default=timedelta(hours=1), label="Wait")


def publish(draft: PolicyDraft, actor: Actor = PUBLISHER) -> PolicyVersion:
    return publish_draft(actor=actor, draft_id=draft.pk, revision=draft.revision)


def refused(code: str):
    return pytest.raises(Refused, match=f"^{code}$")


def test_several_changes_are_drafted_by_one_and_published_by_another(wait):
    draft = make.proposed({"test.limit": 3, "test.wait": timedelta(minutes=5)}, note=" Stricter. ")
    assert (policy.value(wait), policy.version()) == (timedelta(hours=1), 0)
    version = publish(draft)
    assert (version.number, version.values) == (1, {"test.limit": 3, "test.wait": 300.0})
    assert (version.drafter_id, version.publisher_id, version.reason) == (DRAFTER.id, PUBLISHER.id, "Stricter.")
    assert version.changes == [{"key": "test.limit", "old": 5, "new": 3}, {"key": "test.wait", "old": 3600.0, "new": 300.0}]
    assert (policy.value(wait), policy.version()) == (timedelta(minutes=5), 1)
    draft.refresh_from_db()
    assert (draft.status, draft.version) == ("published", 1)


def test_both_people_stand_in_the_trail(limit):
    draft = make.proposed({"test.limit": 3}, note="Stricter.")
    version = publish(draft)
    names = Event.objects.filter(name__startswith="policy.").order_by("id").values_list("name", "actor_id")
    assert list(names) == [
        ("policy.drafted", DRAFTER.id),
        ("policy.edited", DRAFTER.id),
        ("policy.edited", DRAFTER.id),
        ("policy.proposed", DRAFTER.id),
        ("policy.published", PUBLISHER.id),
    ]
    event = Event.objects.get(name="policy.published")
    assert (event.subject_id, event.related_id, event.reason) == ("1", str(draft.pk), "Stricter.")
    assert event.data == {
        "changes": [{"key": "test.limit", "old": 5, "new": 3}],
        "base": 0,
        "acts_from": version.acts_from.isoformat(),
        "drafter": DRAFTER.id,
        "drafter_name": "drafter",
    }


def test_the_drafter_cannot_publish(limit):
    draft = make.proposed({"test.limit": 3})
    with refused("same_person"):
        publish(draft, DRAFTER)
    assert not PolicyVersion.objects.exists()
    assert policy.version() == 0


@pytest.mark.parametrize(
    "actor", [SYSTEM, REVIEWER, Actor(kind="person", id="1", name=""), Actor(kind="staff", id="2", name="admin", role="administrator")]
)
def test_nobody_but_compliance_touches_the_policy(limit, actor):
    """Not even the program itself: there is no way past two people."""
    draft = make.proposed({"test.limit": 3})
    scheduled = make.drafted({"test.limit": 4})
    for act in (
        lambda: start_draft(actor=actor),
        lambda: publish(draft, actor),
        lambda: return_draft(actor=actor, draft_id=draft.pk, note="why"),
        lambda: edit_draft(actor=actor, draft_id=scheduled.pk, revision=2, values={"test.limit": 7}),
        lambda: withdraw_draft(actor=actor, draft_id=draft.pk),
        lambda: cancel_version(actor=actor, number=1, reason="why"),
    ):
        with refused("not_compliance"):
            act()
    assert not PolicyVersion.objects.exists()
    assert PolicyDraft.objects.count() == 2


def test_only_the_drafter_changes_proposes_or_withdraws_a_draft(limit):
    draft = make.drafted({"test.limit": 3})
    for act in (
        lambda: edit_draft(actor=PUBLISHER, draft_id=draft.pk, revision=draft.revision, values={"test.limit": 50}),
        lambda: explain_draft(actor=PUBLISHER, draft_id=draft.pk, revision=draft.revision, reason="mine", acts_from=None),
        lambda: propose_draft(actor=PUBLISHER, draft_id=draft.pk, revision=draft.revision),
        lambda: renew_draft(actor=PUBLISHER, draft_id=draft.pk, revision=draft.revision),
        lambda: withdraw_draft(actor=PUBLISHER, draft_id=draft.pk),
    ):
        with refused("not_the_drafter"):
            act()
    draft.refresh_from_db()
    assert (draft.status, draft.changes, draft.reason) == ("drafting", {"test.limit": 3}, "test")


def test_what_is_not_proposed_is_not_published(limit):
    draft = make.drafted({"test.limit": 3})
    with refused("draft_closed"):
        publish(draft)


def test_a_proposed_draft_is_fixed_until_it_is_returned(limit):
    draft = make.proposed({"test.limit": 3})
    with refused("draft_closed"):
        edit_draft(actor=DRAFTER, draft_id=draft.pk, revision=draft.revision, values={"test.limit": 50})
    return_draft(actor=PUBLISHER, draft_id=draft.pk, note="Too strict.")
    edit_draft(actor=DRAFTER, draft_id=draft.pk, revision=draft.revision, values={"test.limit": 4})
    # what the publisher had looked at is not what would be published now
    propose_draft(actor=DRAFTER, draft_id=draft.pk, revision=draft.revision + 1)
    with refused("draft_moved"):
        publish(draft)


def test_another_moment_is_not_published_by_who_looked_at_the_first(limit):
    """R-29: what the second person agreed to is what acts, its moment too."""
    later = timezone.now() + timedelta(days=30)
    seen = make.proposed({"test.limit": 3}, acts_from=later)
    draft = return_draft(actor=DRAFTER, draft_id=seen.pk, note="Sooner.")
    draft = explain_draft(actor=DRAFTER, draft_id=seen.pk, revision=draft.revision, reason="Sooner.", acts_from=None)
    propose_draft(actor=DRAFTER, draft_id=seen.pk, revision=draft.revision)
    with refused("draft_moved"):
        publish(seen)
    assert policy.version() == 0


@pytest.mark.parametrize("end", [withdraw_draft, lambda **kwargs: publish_draft(**kwargs | {"actor": PUBLISHER, "revision": 3})])
def test_a_draft_that_has_ended_stays_so(limit, end):
    draft = make.proposed({"test.limit": 3})
    end(actor=DRAFTER, draft_id=draft.pk)
    for act in (
        lambda: publish(draft),
        lambda: withdraw_draft(actor=DRAFTER, draft_id=draft.pk),
        lambda: return_draft(actor=PUBLISHER, draft_id=draft.pk, note="why"),
    ):
        with refused("draft_closed"):
            act()


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"test.limit": "3"}, "type"),
        ({"test.limit": True}, "type"),
        ({"test.limit": None}, "type"),
        ({"test.limit": 10**400}, "too_large"),
        ({"test.limit": 0}, "too_small"),
        ({"test.limit": 51}, "too_large"),
        ({"test.limit": 3, "test.wait": "soon"}, "type"),
    ],
)
def test_a_refused_value_changes_nothing(wait, values, code):
    draft = make.drafted({"test.limit": 4})
    with pytest.raises(InvalidValue, match=code):
        edit_draft(actor=DRAFTER, draft_id=draft.pk, revision=draft.revision, values=values)
    draft.refresh_from_db()
    assert (draft.changes, draft.revision) == ({"test.limit": 4}, 3)


def test_an_unknown_parameter_is_refused(limit):
    draft = make.drafted({"test.limit": 4})
    with pytest.raises(UnknownParameter):
        edit_draft(actor=DRAFTER, draft_id=draft.pk, revision=draft.revision, values={"test.nothing": 1})


def test_two_tabs_of_one_drafter_do_not_overwrite_each_other(limit):
    draft = make.drafted({"test.limit": 4})
    edit_draft(actor=DRAFTER, draft_id=draft.pk, revision=3, values={"test.limit": 7})
    with refused("draft_moved"):
        edit_draft(actor=DRAFTER, draft_id=draft.pk, revision=3, values={"test.limit": 8})


def test_a_value_set_back_to_the_base_is_no_change(limit):
    draft = make.drafted({"test.limit": 4})
    draft = edit_draft(actor=DRAFTER, draft_id=draft.pk, revision=draft.revision, values={"test.limit": 5})
    assert draft.changes == {}
    with refused("nothing_changed"):
        propose_draft(actor=DRAFTER, draft_id=draft.pk, revision=draft.revision)


@pytest.mark.parametrize("note", ["", "  ", "a\0b"])
def test_no_change_without_a_reason(limit, note):
    draft = start_draft(actor=DRAFTER)
    draft = edit_draft(actor=DRAFTER, draft_id=draft.pk, revision=1, values={"test.limit": 4})
    with pytest.raises(InvalidValue, match="note"):
        explain_draft(actor=DRAFTER, draft_id=draft.pk, revision=draft.revision, reason=note, acts_from=None)
    with pytest.raises(InvalidValue, match="note"):
        propose_draft(actor=DRAFTER, draft_id=draft.pk, revision=draft.revision)


def test_values_that_belong_together_stay_in_order(limit, monkeypatch):
    monkeypatch.setattr("realname.policy.parameters._ascending", [])
    high = policy.Parameter(key="test.high", type=int, default=9, label="High")
    policy.ascending(limit, high)
    draft = make.drafted({"test.limit": 9})
    with pytest.raises(InvalidValue, match="test.high: order"):
        edit_draft(actor=DRAFTER, draft_id=draft.pk, revision=draft.revision, values={"test.limit": 10})
    draft = edit_draft(actor=DRAFTER, draft_id=draft.pk, revision=draft.revision, values={"test.limit": 10, "test.high": 10})
    assert draft.changes == {"test.limit": 10, "test.high": 10}


def test_order_is_found_wherever_it_breaks(limit, monkeypatch):
    monkeypatch.setattr("realname.policy.parameters._ascending", [])
    three = [policy.Parameter(key=f"test.p{i}", type=int, default=i, label="P") for i in range(3)]
    policy.ascending(*three)

    @given(st.tuples(*[st.integers(-3, 3)] * 3))
    def check(numbers):
        given_ = dict(zip((each.key for each in three), numbers, strict=True))
        assert (out_of_order(lambda each: given_[each.key]) == ()) == (list(numbers) == sorted(numbers))

    check()


# two on the same base


def test_the_second_to_publish_is_told_what_changed_underneath_and_looks_again(wait):
    mine, theirs = make.proposed({"test.limit": 3}), make.proposed({"test.wait": 60}, actor=THIRD)
    publish(theirs)
    with pytest.raises(Refused) as caught:
        publish(mine)
    assert (caught.value.code, caught.value.keys) == ("base_moved", ("test.wait",))
    assert policy.version() == 1
    return_draft(actor=PUBLISHER, draft_id=mine.pk, note="Look again.")
    mine = renew_draft(actor=DRAFTER, draft_id=mine.pk, revision=mine.revision)
    publish(propose_draft(actor=DRAFTER, draft_id=mine.pk, revision=mine.revision))
    assert PolicyVersion.objects.get(number=2).values == {"test.limit": 3, "test.wait": 60.0}


def test_what_the_newest_version_brought_by_itself_is_no_change_any_more(limit):
    mine, theirs = make.drafted({"test.limit": 3}), make.proposed({"test.limit": 3}, actor=THIRD)
    publish(theirs)
    assert renew_draft(actor=DRAFTER, draft_id=mine.pk, revision=mine.revision).changes == {}


# from when it acts


def test_a_scheduled_version_takes_effect_by_itself(limit):
    with time_machine.travel(datetime(2026, 12, 1, 8, tzinfo=UTC), tick=False) as clock:
        publish(make.proposed({"test.limit": 3}, acts_from=datetime(2026, 12, 2, tzinfo=UTC)))
        assert (policy.value(limit), policy.version()) == (5, 0)
        clock.move_to(datetime(2026, 12, 1, 23, 59, 59, tzinfo=UTC))
        assert (policy.value(limit), policy.version()) == (5, 0)
        clock.move_to(datetime(2026, 12, 2, tzinfo=UTC))
        assert (policy.value(limit), policy.version()) == (3, 1)


def test_no_version_acts_in_the_past(limit):
    now = datetime(2026, 12, 1, 8, tzinfo=UTC)
    with time_machine.travel(now, tick=False) as clock:
        draft = make.drafted({"test.limit": 3})
        with refused("acts_in_past"):
            explain_draft(actor=DRAFTER, draft_id=draft.pk, revision=draft.revision, reason="r", acts_from=now - timedelta(seconds=1))
        draft = make.proposed({"test.limit": 4}, acts_from=now + timedelta(hours=1))
        # the second person comes too late
        clock.shift(3601)
        with refused("acts_in_past"):
            publish(draft)
    assert not PolicyVersion.objects.exists()


def test_a_version_never_acts_before_one_that_is_scheduled(limit):
    later = timezone.now() + timedelta(days=1)
    publish(make.proposed({"test.limit": 3}, acts_from=later))
    with refused("acts_too_early"):
        publish(make.proposed({"test.limit": 4}))
    publish(make.proposed({"test.limit": 4}, acts_from=later))
    with time_machine.travel(later, tick=False):
        assert (policy.value(limit), policy.version()) == (4, 2)


def test_a_scheduled_version_is_cancelled_by_one_person_and_never_acts(limit):
    later = timezone.now() + timedelta(days=1)
    publish(make.proposed({"test.limit": 3}, acts_from=later))
    draft = make.drafted({"test.limit": 4})
    assert draft.base == 1
    with pytest.raises(InvalidValue, match="note"):
        cancel_version(actor=THIRD, number=1, reason=" ")
    cancel_version(actor=THIRD, number=1, reason="Misread the law.")
    with time_machine.travel(later + timedelta(days=1)):
        assert (policy.value(limit), policy.version()) == (5, 0)
    # what was laid upon it must be looked at again, and numbers are not used twice
    with refused("base_moved"):
        propose_draft(actor=DRAFTER, draft_id=draft.pk, revision=draft.revision)
    assert make.published({"test.limit": 7}).number == 2
    assert Event.objects.get(name="policy.cancelled").reason == "Misread the law."


def test_what_acts_or_carries_another_is_not_cancelled(limit):
    make.published({"test.limit": 3})
    with refused("acts_already"):
        cancel_version(actor=THIRD, number=1, reason="why")
    for days, value in ((1, 4), (2, 6)):
        publish(make.proposed({"test.limit": value}, acts_from=timezone.now() + timedelta(days=days)))
    with refused("not_newest"):
        cancel_version(actor=THIRD, number=2, reason="why")


def test_a_rollback_is_a_draft_of_older_values(wait):
    make.published({"test.limit": 3})
    make.published({"test.limit": 4, "test.wait": 60})
    draft = start_draft(actor=DRAFTER, like=1)
    assert draft.changes == {"test.limit": 3, "test.wait": 3600.0}
    draft = start_draft(actor=DRAFTER, like=0)
    assert draft.changes == {"test.limit": 5, "test.wait": 3600.0}


# what is kept


def test_what_was_published_is_append_only_even_by_sql(limit):
    version = make.published({"test.limit": 3})
    with pytest.raises(TypeError):
        version.save()
    with pytest.raises(TypeError):
        version.delete()
    publish(make.proposed({"test.limit": 4}, acts_from=timezone.now() + timedelta(days=1)))
    cancel_version(actor=THIRD, number=2, reason="why")
    for sql in (
        "UPDATE policy_policyversion SET reason = ''",
        "DELETE FROM policy_policyversion",
        "DELETE FROM policy_policycancellation",
        "UPDATE policy_policycancellation SET reason = ''",
    ):
        with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(sql)
