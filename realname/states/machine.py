"""The table of moves. Knows no database: who calls it saves."""

from collections.abc import Iterable, Mapping
from typing import ClassVar

from .errors import TransitionNotAllowed


class Machine:
    """The states of one kind of thing and the moves between them.

    `moves` maps every state to the states it may go to; a final state maps to an empty set. What is not named is refused.
    `states` (for instance the members of a TextChoices) makes the table complete: each must be a key, and no other may be.
    Raises ValueError at construction if a target is no key, or if the table and `states` differ.
    """

    def __init__(self, moves: Mapping[str, Iterable[str]], *, name: str = "", states: Iterable[str] | None = None) -> None:
        self.name = name
        self.moves = {_text(frm): frozenset(_text(to) for to in targets) for frm, targets in moves.items()}
        unknown = set().union(*self.moves.values()) - set(self.moves)
        if unknown:
            raise ValueError(f"{name or 'machine'}: moves to unknown states {sorted(unknown)}; a final state needs an empty set")
        if states is not None and (expected := {_text(state) for state in states}) != set(self.moves):
            raise ValueError(f"{name or 'machine'}: table and states differ in {sorted(expected ^ set(self.moves))}")

    def allows(self, frm: str, to: str) -> bool:
        """Whether the table names this move. Unknown states allow nothing."""
        return _text(to) in self.moves.get(_text(frm), frozenset())

    def check(self, frm: str, to: str) -> None:
        """Raises TransitionNotAllowed unless the table names this move. Staying in a state is a move too."""
        if not self.allows(frm, to):
            raise TransitionNotAllowed(_text(frm), _text(to), self.name)

    def terminal(self) -> frozenset[str]:
        """The states nothing leaves."""
        return frozenset(state for state, targets in self.moves.items() if not targets)

    def initial(self) -> frozenset[str]:
        """The states nothing leads to."""
        return frozenset(self.moves) - frozenset().union(*self.moves.values())

    def diagram(self) -> str:
        """A mermaid state diagram for the documentation, in the order of the table."""
        lines = ["stateDiagram-v2"]
        order = {state: position for position, state in enumerate(self.moves)}
        for state, targets in self.moves.items():
            lines += [f"    [*] --> {state}"] if state in self.initial() else []
            lines += [f"    {state} --> {target}" for target in sorted(targets, key=order.__getitem__)]
            lines += [f"    {state} --> [*]"] if not targets else []
        return "\n".join(lines) + "\n"


class StateMixin:
    """For models with a `status` field: set `machine` on the class. Changes memory only; the service saves."""

    machine: ClassVar[Machine]
    status: str

    def move(self, *, to: str) -> None:
        """Go to a state. Raises TransitionNotAllowed and leaves the status as it is."""
        self.machine.check(self.status, to)
        self.status = _text(to)

    def can_move(self, *, to: str) -> bool:
        """Whether `move` would succeed."""
        return self.machine.allows(self.status, to)


def _text(state: str) -> str:
    # Members of TextChoices are compared and stored as their values.
    return str(getattr(state, "value", state))
