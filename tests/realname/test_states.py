"""STYLE 6: a state machine is one table, and what it does not name is refused."""

import enum

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from realname.states import Machine, StateMixin, TransitionNotAllowed


class Status(enum.StrEnum):
    DRAFT = "draft"
    SENT = "sent"
    DONE = "done"
    GONE = "gone"


MACHINE = Machine(
    {Status.DRAFT: {Status.SENT, Status.GONE}, Status.SENT: {Status.DRAFT, Status.DONE}, Status.DONE: set(), Status.GONE: set()},
    name="letter",
    states=Status,
)


class Letter(StateMixin):
    machine = MACHINE

    def __init__(self) -> None:
        self.status = "draft"


def test_a_named_move_changes_the_status():
    letter = Letter()
    assert letter.can_move(to=Status.SENT)
    letter.move(to=Status.SENT)
    assert letter.status == "sent"
    assert type(letter.status) is str


def test_an_unnamed_move_is_refused_and_changes_nothing():
    letter = Letter()
    with pytest.raises(TransitionNotAllowed) as caught:
        letter.move(to=Status.DONE)
    assert letter.status == "draft"
    assert (caught.value.frm, caught.value.to, caught.value.machine) == ("draft", "done", "letter")
    assert str(caught.value) == "letter: draft -> done is not allowed"
    with translation.override("en"):
        assert caught.value.message.startswith("This is not possible any more")  # a code is no word for a person


@pytest.mark.parametrize(("frm", "to"), [("draft", "draft"), ("nowhere", "sent"), ("draft", "nowhere"), ("done", "draft")])
def test_staying_and_unknown_states_are_refused(frm, to):
    with pytest.raises(TransitionNotAllowed):
        MACHINE.check(frm, to)


def test_a_target_that_is_no_state_stops_the_start():
    with pytest.raises(ValueError, match="unknown states.*sent"):
        Machine({"draft": {"sent"}})


def test_a_state_forgotten_in_the_table_stops_the_start():
    with pytest.raises(ValueError, match="differ in.*gone"):
        Machine({"draft": {"sent"}, "sent": {"done"}, "done": set()}, states=Status)


def test_final_and_first_states_are_derived():
    assert MACHINE.terminal() == {"done", "gone"}
    assert Machine({"a": {"b"}, "b": set()}).initial() == {"a"}


def test_the_diagram_has_every_move_once_in_the_order_of_the_table():
    assert Machine({"a": {"c", "b"}, "b": {"c"}, "c": set()}).diagram() == (
        "stateDiagram-v2\n    [*] --> a\n    a --> b\n    a --> c\n    b --> c\n    c --> [*]\n"
    )


@given(st.dictionaries(st.sampled_from("abcdef"), st.sets(st.sampled_from("abcdef"))), st.text(max_size=2), st.text(max_size=2))
def test_check_agrees_with_the_table(moves, frm, to):
    moves = {state: targets & set(moves) for state, targets in moves.items()}
    machine = Machine(moves)
    if to in moves.get(frm, set()):
        machine.check(frm, to)
    else:
        with pytest.raises(TransitionNotAllowed):
            machine.check(frm, to)
