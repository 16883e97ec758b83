"""Labelled presentations of faces, and the error rates of ISO/IEC 30107-3 over them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from verification.console.lines import Line
from verification.console.table import Row, Table, read_table
from verification.engines.metrics import equal_error, rate

# as written in a table, in lower case, with "_" for spaces and hyphens
LIVE = ("live", "bona_fide", "bonafide", "genuine", "real", "1")
ATTACK = ("attack", "spoof", "fake", "0")
UNNAMED = "unnamed"  # the species of an attack that has none in the table


@dataclass(frozen=True, slots=True)
class Presentation:
    """A file that is known to be a live face, or an attack of a `species` ("" for a live face).

    `path` is as written in the table, `place` where the file lies.
    """

    path: str
    place: str
    label: Literal["live", "attack"]
    species: str


def read_labels(path: str) -> list[Presentation]:
    """The rows of a table with columns path, label and perhaps species, in their order. Raises ValueError, naming the line."""
    table = read_table(path, needs=("path", "label"), once=("species",))
    return [_presentation(row, table) for row in table.rows]


def _presentation(row: Row, table: Table) -> Presentation:
    cells = row.cells
    label = _label(cells["label"])
    if not cells["path"]:
        raise ValueError(f"{row.where} names no path.")
    if label is None:
        raise ValueError(f"{row.where}: the label {cells['label']!r} is none of {', '.join((*LIVE, *ATTACK))}.")
    species = "" if label == "live" else cells.get("species") or UNNAMED
    return Presentation(path=cells["path"], place=table.place(cells["path"]), label=label, species=species)


def _label(written: str) -> Literal["live", "attack"] | None:
    word = re.sub(r"[\s-]+", "_", written.lower())
    return "live" if word in LIVE else "attack" if word in ATTACK else None


def summary(presentations: Sequence[Presentation], lines: Sequence[Line]) -> Line:
    """APCER of each species and the highest of them, BPCER, non-response rates, and the D-EER over all; intervals of 95 %.

    A presentation without a decision (no face, several, unreadable) is a non-response; the error rates are over those with one.
    """
    pairs = list(zip(presentations, lines, strict=True))
    live = [line for presentation, line in pairs if presentation.label == "live"]
    species = {name: [line for presentation, line in pairs if presentation.species == name] for name in _species(presentations)}
    attacks = {name: {"count": len(of), "APCER": _decided(of, "live"), "APNRR": _unanswered(of)} for name, of in species.items()}
    answered = {name: rates["APCER"] for name, rates in attacks.items() if rates["APCER"]["total"]}
    worst = max(answered, key=lambda name: answered[name]["rate"], default=None)
    equal = equal_error(_scores(live), _scores([line for of in species.values() for line in of]))
    return {
        "standard": "ISO/IEC 30107-3",
        "bona_fide": {"count": len(live), "BPCER": _decided(live, "spoof"), "BPNRR": _unanswered(live)},
        "attacks": attacks,
        "APCER_max": None if worst is None else {"species": worst, **answered[worst]},
        "D-EER": None if equal is None else equal.plain(),
    }


def _species(presentations: Sequence[Presentation]) -> list[str]:
    return sorted({presentation.species for presentation in presentations if presentation.label == "attack"})


def _scores(lines: Sequence[Line]) -> list[float]:
    return [line["score"] for line in lines if line["status"] == "ok"]


def _decided(lines: Sequence[Line], decision: str) -> Line:
    answered = [line for line in lines if line["status"] == "ok"]
    return rate(sum(line["decision"] == decision for line in answered), len(answered)).plain()


def _unanswered(lines: Sequence[Line]) -> Line:
    return rate(sum(line["status"] != "ok" for line in lines), len(lines)).plain()
