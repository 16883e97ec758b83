"""P-MON-1: KPIs folded from the trail, once, in any slices, and rebuilt to the same numbers."""

import pytest
from django.db import connection, transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from monitoring import fold
from monitoring.fold import fold_slice
from monitoring.models import FoldCursor, KeptStart, Rollup
from monitoring.services.fold_events import active_generation, fold_events
from monitoring.services.rebuild_rollups import rebuild_rollups
from tests.monitoring.conftest import Teller

pytestmark = pytest.mark.django_db(transaction=True)

APPLICATIONS = st.integers(0, 4)
OUTCOMES = st.sampled_from(["approve", "review", "resubmit", "reject"])
ACTS = st.one_of(
    st.tuples(st.just("started"), APPLICATIONS, st.sampled_from(["face", "face_free"])),
    st.tuples(st.just("submitted"), APPLICATIONS, st.sampled_from(["face", "face_free"]), st.integers(1, 3)),
    st.tuples(st.just("decided"), APPLICATIONS, OUTCOMES),
    st.tuples(st.just("review_opened"), APPLICATIONS),
    st.tuples(st.just("review_closed"), APPLICATIONS, OUTCOMES, st.booleans()),
    st.tuples(
        st.just("check"),
        st.sampled_from(["face_match", "ocr_front"]),
        st.sampled_from(["passed", "failed", "error"]),
        st.none() | st.integers(0, 9000),
    ),
    st.tuples(st.just("code"), APPLICATIONS, st.sampled_from(["sent", "failed", "refused"])),
    st.tuples(st.just("graded"), APPLICATIONS, st.sampled_from(["low", "high"])),
    st.tuples(st.just("change"), st.sampled_from(["requested", "applied", "stopped"])),
)


def numbers() -> dict:
    """Everything that is counted in the active generation."""
    generation = active_generation()
    rows = Rollup.objects.filter(generation=generation)
    kept = KeptStart.objects.filter(generation=generation).values_list("kpi", "subject_id", "at")
    return {
        "rollups": sorted((r.day, r.kpi, r.dimensions, r.count, r.measured, r.total, sorted(r.buckets.items())) for r in rows),
        "kept": sorted(kept),
    }


def counted(kpi: str) -> dict[str, int]:
    return dict(Rollup.objects.filter(generation=active_generation(), kpi=kpi).values_list("dimensions", "count"))


def test_each_event_is_counted_once_however_often_it_is_folded(teller):
    teller.started(1)
    teller.started(2, path="face_free")
    assert fold_events() == 2
    assert fold_events() == 0
    assert counted("applications_started") == {"path=face": 1, "path=face_free": 1}
    teller.started(3)
    assert fold_events() == 1
    assert counted("applications_started") == {"path=face": 2, "path=face_free": 1}


def test_a_slice_that_fails_leaves_nothing_and_is_made_up_for(teller, monkeypatch):
    teller.started(1)
    teller.submitted(1)
    with monkeypatch.context() as patch:
        patch.setattr(fold._Tally, "write", lambda self: Rollup.objects.create(**{"count": 1}))
        with pytest.raises(Exception, match="null value"):
            fold_events()
    assert not Rollup.objects.exists()
    assert fold_events() == 2


def test_what_commits_late_is_not_skipped(teller):
    """An older transaction is still open while newer events are folded: its event is counted when it commits."""
    import threading

    written, go_on = threading.Event(), threading.Event()

    def slow():
        with transaction.atomic():
            teller.started(1)
            written.set()
            go_on.wait(10)
        connection.close()

    thread = threading.Thread(target=slow)
    thread.start()
    written.wait(10)
    teller.started(2)
    assert fold_events() == 0
    go_on.set()
    thread.join(10)
    assert fold_events() == 2


def test_while_one_process_folds_another_does_nothing(teller):
    import threading

    teller.started(1)
    generation, folded = active_generation(), []

    def other():
        folded.append(fold_slice(generation))
        connection.close()

    with transaction.atomic():
        FoldCursor.objects.select_for_update().get(pk=generation)
        thread = threading.Thread(target=other)
        thread.start()
        thread.join(10)
    assert folded == [0]
    assert fold_events() == 1


def test_a_rebuild_leaves_one_generation_and_the_same_numbers(teller):
    teller.submitted(1)
    teller.decided(1, "approve")
    teller.submitted(2)
    fold_events()
    before = numbers()
    assert rebuild_rollups(limit=1) == 3
    assert numbers() == before
    assert FoldCursor.objects.get().active
    assert set(Rollup.objects.values_list("generation", flat=True)) == {FoldCursor.objects.get().generation}
    teller.decided(2, "reject")
    assert fold_events() == 1


def test_a_rebuild_makes_good_what_somebody_spoilt(teller):
    teller.started(1)
    fold_events()
    Rollup.objects.update(count=99)
    rebuild_rollups()
    assert counted("applications_started") == {"path=face": 1}


@pytest.mark.slow
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(st.tuples(ACTS, st.booleans()), max_size=30), first=st.integers(1, 7), again=st.integers(1, 50))
def test_any_slicing_comes_to_the_numbers_of_a_rebuild(acts, first, again):
    """P-MON-1: folded as it grows, in slices of any size, some of them delivered twice, or rebuilt at once: the same."""
    teller = Teller()
    for (act, *values), fold_now in acts:
        getattr(teller, act)(*values)
        if fold_now:
            fold_slice(active_generation(), limit=first)
    fold_events(limit=first)
    folded = numbers()
    fold_events(limit=again)
    assert numbers() == folded
    rebuild_rollups(limit=again)
    assert numbers() == folded
