"""Error rates and their intervals: what any evaluation of the engines rests on (P-VER-7)."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from verification.engines import metrics
from verification.engines.metrics import equal_error, false_matches, false_non_matches, pairs_needed, rate, threshold_for

scores = st.lists(st.floats(-1, 1), min_size=1, max_size=60)
counts = st.integers(1, 100_000).flatmap(lambda total: st.tuples(st.integers(0, total), st.just(total)))


@pytest.fixture(autouse=True)
def few_resamples(monkeypatch):
    monkeypatch.setattr(metrics, "RESAMPLES", 50)


@pytest.mark.parametrize(
    ("count", "total", "low", "high"),
    [
        # Wilson's interval as R. G. Newcombe tabulates it (Statistics in Medicine 17, 1998, table I, method 3)
        (81, 263, 0.2553, 0.3662),
        (15, 148, 0.0624, 0.1605),
        (0, 20, 0.0, 0.1611),
        (1, 29, 0.0061, 0.1718),
    ],
)
def test_the_interval_is_the_published_one(count, total, low, high):
    found = rate(count, total)
    assert (round(found.low, 4), round(found.high, 4)) == (low, high)


def test_of_nothing_nothing_is_known():
    assert rate(0, 0).plain() == {"count": 0, "total": 0, "rate": None, "low": 0.0, "high": 1.0}


@given(counts)
def test_the_interval_holds_the_rate_and_stays_within_bounds(case):
    found = rate(*case)
    assert 0 <= found.low <= found.rate <= found.high <= 1


@given(counts)
def test_the_interval_is_symmetric_in_errors_and_successes(case):
    count, total = case
    errors, successes = rate(count, total), rate(total - count, total)
    assert errors.low == pytest.approx(1 - successes.high, abs=1e-9)


@given(st.integers(1, 10_000), st.integers(2, 50))
def test_more_pairs_narrow_the_interval(errors, factor):
    few, many = rate(errors, errors * 2), rate(errors * factor, errors * 2 * factor)
    assert many.high - many.low < few.high - few.low


@given(st.lists(st.floats(-1, 1), min_size=1, max_size=60, unique=True))
@settings(deadline=None)
def test_what_tells_nothing_apart_errs_half_the_time(same):
    assert equal_error(same, same).rate == pytest.approx(0.5)


@given(scores, scores)
@settings(deadline=None)
def test_what_separates_wholly_never_errs_and_a_few_pairs_prove_little(genuine, impostor):
    apart = equal_error([score + 3 for score in genuine], impostor)
    assert (apart.rate, apart.low) == (0, 0)
    assert apart.high == rate(0, min(len(genuine), len(impostor))).high
    assert max(impostor) < apart.threshold <= min(genuine) + 3


@given(st.lists(st.integers(-50, 50), min_size=1, max_size=60), st.lists(st.integers(-50, 50), min_size=1, max_size=60))
@settings(deadline=None)
def test_the_equal_error_lies_between_the_two_errors_at_its_threshold(genuine, impostor):
    found = equal_error(genuine, impostor)
    errors = sorted((false_matches(impostor, found.threshold).rate, false_non_matches(genuine, found.threshold).rate))
    assert errors[0] - 1e-9 <= found.rate <= errors[1] + 1e-9
    assert 0 <= found.low <= found.rate <= found.high <= 1


def test_the_equal_error_of_a_known_set():
    """One of four genuine pairs lies below one of four impostors: both err once in four at 0.5."""
    found = equal_error([0.4, 0.6, 0.7, 0.8], [0.1, 0.2, 0.3, 0.5])
    assert (found.rate, found.threshold) == (0.25, 0.5)
    assert found.low <= 0.25 <= found.high


@pytest.mark.parametrize(("genuine", "impostor"), [([], [0.1]), ([0.1], []), ([], [])])
def test_without_one_kind_of_pairs_there_is_no_equal_error(genuine, impostor):
    assert equal_error(genuine, impostor) is None


@given(scores, st.floats(-1, 1), st.floats(0, 1))
def test_a_stricter_threshold_passes_no_more_and_refuses_no_fewer(some, threshold, more):
    stricter = threshold + more
    assert false_matches(some, stricter).count <= false_matches(some, threshold).count
    assert false_non_matches(some, stricter).count >= false_non_matches(some, threshold).count
    assert false_matches(some, threshold).count + false_non_matches(some, threshold).count == len(some)


@given(st.lists(st.floats(-1, 1), min_size=80, max_size=400), st.floats(0.05, 0.4))
def test_the_threshold_keeps_what_was_asked_for_and_no_lower_one_does(impostor, fmr):
    found = threshold_for(impostor, fmr)
    assert false_matches(impostor, found).high <= fmr
    lower = max((score for score in impostor if score < found), default=None)
    if lower is not None:
        assert false_matches(impostor, lower).high > fmr


@given(st.lists(st.floats(-1, 1), min_size=80, max_size=200), st.floats(0.05, 0.3), st.floats(0.01, 0.3))
def test_a_looser_rate_never_asks_for_a_higher_threshold(impostor, fmr, more):
    assert threshold_for(impostor, fmr + more) <= threshold_for(impostor, fmr)


@pytest.mark.parametrize("fmr", [0.1, 0.01, 0.001])
def test_too_few_impostors_support_no_rate(fmr):
    """ISO/IEC 19795-1, rule of 3: about 3 / FMR pairs at the least."""
    needed = pairs_needed(fmr)
    assert 3 / fmr < needed < 4 / fmr
    assert threshold_for([0.0] * needed, fmr) > 0
    with pytest.raises(ValueError, match="are needed"):
        threshold_for([0.0] * (needed - 1), fmr)
