"""What a parameter accepts."""

from datetime import timedelta

import pytest
from django.core.exceptions import ImproperlyConfigured
from hypothesis import given
from hypothesis import strategies as st

from realname.policy import Parameter, all_parameters
from realname.policy.errors import InvalidValue, UnknownParameter
from realname.policy.parameters import parameter


def make(**kwargs) -> Parameter:
    return Parameter(**{"key": "test.limit", "type": int, "default": 5, "label": "Limit"} | kwargs)


def test_declaring_registers_and_a_doubled_key_stops_the_start():
    limit = make()
    assert parameter("test.limit") is limit
    assert all_parameters() == (limit,)
    with pytest.raises(ImproperlyConfigured, match="twice"):
        make()


def test_an_unknown_key_is_refused():
    with pytest.raises(UnknownParameter):
        parameter("test.nothing")


@pytest.mark.parametrize("kwargs", [{"default": 51}, {"default": "5"}, {"default": True}, {"type": list, "default": []}])
def test_a_parameter_that_contradicts_itself_stops_the_start(kwargs):
    with pytest.raises(ImproperlyConfigured):
        make(maximum=50, **kwargs)
    assert all_parameters() == ()


@pytest.mark.parametrize(
    ("type_", "default", "given_", "code"),
    [
        (int, 5, "7", "type"),
        (int, 5, 7.0, "type"),
        (int, 5, True, "type"),
        (int, 5, None, "type"),
        (float, 0.5, float("nan"), "type"),
        (float, 0.5, float("inf"), "type"),
        (float, 0.5, False, "type"),
        (float, 0.5, 10**400, "type"),
        (float, 0.5, "0.5", "type"),
        (timedelta, timedelta(hours=1), 10**400, "type"),
        (bool, True, 1, "type"),
        (str, "a", 1, "type"),
        (timedelta, timedelta(hours=1), "3600", "type"),
        (timedelta, timedelta(hours=1), 1e300, "type"),
    ],
)
def test_refuses_another_type(type_, default, given_, code):
    with pytest.raises(InvalidValue) as caught:
        make(type=type_, default=default).clean(given_)
    assert (caught.value.key, caught.value.code) == ("test.limit", code)
    assert caught.value.message


def test_bounds_are_inclusive():
    limit = make(minimum=1, maximum=50)
    assert (limit.clean(1), limit.clean(50)) == (1, 50)
    for value, code in ((0, "too_small"), (51, "too_large")):
        with pytest.raises(InvalidValue, match=code):
            limit.clean(value)


def test_choices_are_the_only_values():
    algorithm = make(type=str, default="aes", choices=("aes", "sm4"))
    assert algorithm.clean("sm4") == "sm4"
    with pytest.raises(InvalidValue, match="choice"):
        algorithm.clean("rot13")


def test_an_int_is_taken_for_a_float():
    assert make(type=float, default=0.5).clean(1) == 1.0


def test_a_time_is_stored_in_seconds_and_read_back():
    deadline = make(type=timedelta, default=timedelta(hours=1))

    @given(st.integers(1, 10**9))
    def roundtrip(seconds: int) -> None:
        stored = deadline.stored(timedelta(seconds=seconds))
        assert stored == seconds
        assert deadline.clean(stored) == timedelta(seconds=seconds)

    roundtrip()


anything = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(), st.binary(), st.lists(st.integers()), st.timedeltas(), st.just(10**400)
)


@pytest.mark.parametrize(
    ("type_", "default", "bounds"),
    [
        (int, 5, {"minimum": 1, "maximum": 50}),
        (float, 0.5, {"minimum": 0.1, "maximum": 0.9}),
        (bool, True, {}),
        (str, "a", {"choices": ("a", "b")}),
        (timedelta, timedelta(hours=1), {"minimum": timedelta(seconds=1), "maximum": timedelta(days=9)}),
    ],
)
def test_whatever_is_given_is_within_bounds_or_refused(type_, default, bounds):
    one = make(type=type_, default=default, **bounds)

    @given(anything)
    def check(value) -> None:
        try:
            cleaned = one.clean(value)
        except InvalidValue as refusal:
            assert refusal.message
            return
        assert type(cleaned) is type_
        assert bounds.get("minimum", cleaned) <= cleaned <= bounds.get("maximum", cleaned)
        assert cleaned in bounds.get("choices", (cleaned,))
        # what is stored reads as the same
        assert one.clean(one.stored(value)) == cleaned

    check()
