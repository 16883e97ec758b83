"""Labelled presentations of faces, and the error rates of ISO/IEC 30107-3 over them."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from verification.console.lines import Line
from verification.engines.metrics import equal_error, rate

LABELS = {"live": "live", "bona_fide": "live", "1": "live", "attack": "attack", "spoof": "attack", "0": "attack"}
UNNAMED = "unnamed"  # the species of an attack that has none in the table


@dataclass(frozen=True, slots=True)
class Presentation:
    """A file that is known to be a live face, or an attack of a `species` ("" for a live face)."""

    path: str
    label: Literal["live", "attack"]
    species: str


def read_labels(table: str) -> list[Presentation]:
    """The rows of a CSV with columns path, label and perhaps species, in their order. Raises ValueError, naming the line."""
    if Path(table).exists() and not Path(table).is_file():
        raise ValueError(f"{table} is no file.")
    try:
        with Path(table).open(newline="", encoding="utf-8-sig") as stream:
            rows = csv.DictReader(stream)
            if missing := {"path", "label"} - set(rows.fieldnames or ()):
                raise ValueError(f"{table} has no column {' and no column '.join(sorted(missing))}.")
            presentations = [_presentation(row, rows.line_num, Path(table).parent) for row in rows]
    except (OSError, csv.Error, UnicodeDecodeError) as error:
        raise ValueError(f"{table} can't be read as a CSV: {error}") from error
    if not presentations:
        raise ValueError(f"{table} has no rows.")
    return presentations


def _presentation(row: dict, line: int, folder: Path) -> Presentation:
    path, label = (row["path"] or "").strip(), LABELS.get((row["label"] or "").strip().lower())
    if not path:
        raise ValueError(f"Line {line} names no path.")
    if label is None:
        raise ValueError(f"Line {line}: the label {row['label']!r} is none of {', '.join(LABELS)}.")
    species = "" if label == "live" else (row.get("species") or "").strip() or UNNAMED
    return Presentation(path=_found(path, folder), label=label, species=species)


def _found(path: str, folder: Path) -> str:
    """From the folder of the table, or as it stands where it isn't there. What no file system takes for a path is left as it is."""
    try:
        beside = folder / path
        return str(beside) if beside.exists() else path
    except (OSError, ValueError):
        return path


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
