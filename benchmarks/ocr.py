#!/usr/bin/env python
"""How well and how fast cards are read, on the standard synthetic set (demo/specimens/standard.py), made on the fly and never kept.

Beside the engine, in the same run on the same photographs: the plain pipeline, rapidocr with PP-OCRv6 small on the flattened card and,
where fields are missing, on the whole picture. Both locate the card and understand its lines in the same way. One thread.

Accuracy with 95 % intervals (Wilson). A photograph is right when every field of its side is. `passed wrong` is the share of photographs
with a wrong field that the engine did not flag for review.
"""

import argparse
import json
import os
import statistics
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from PIL import Image

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from plain import PlainReader

from demo.specimens.fonts import typefaces
from demo.specimens.standard import Photograph, one_of_the_set
from realname.paths import models_dir
from verification.engines.base import BACK_FIELDS, FRONT_FIELDS, DocumentReading
from verification.engines.document.locate import Locator
from verification.engines.document.reader import DocumentReader
from verification.engines.metrics import rate

PORTRAITS = ("obama.jpg", "grace_hopper.jpg", "biden.jpg")


@dataclass
class Tally:
    """What one reader made of the set. `right` by field, `seconds` by side, wall and processor."""

    right: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    seconds: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    cpu: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))
    whole: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    conditions: dict[str, list[bool]] = field(default_factory=lambda: defaultdict(list))
    passed_wrong: list[bool] = field(default_factory=list)
    flagged_right: list[bool] = field(default_factory=list)
    stages: dict[str, list[float]] = field(default_factory=lambda: defaultdict(list))

    def add(self, photograph: Photograph, reading: DocumentReading, seconds: float, cpu: float) -> list[str]:
        """Count one photograph; the names of its wrong or missing fields."""
        wrong = [name for name, text in photograph.expected.items() if reading.text(name) != text]
        for name in photograph.expected:
            self.right[name].append(name not in wrong)
        self.whole[photograph.side].append(not wrong)
        self.conditions[photograph.condition].append(not wrong)
        self.seconds[photograph.side].append(seconds)
        self.cpu[photograph.side].append(cpu)
        mistaken = reading.side not in (photograph.side, "other")
        self.passed_wrong.append(mistaken or any(name in reading.fields and not reading.fields[name].review for name in wrong))
        self.flagged_right.append(not wrong and any(read.review for read in reading.fields.values()))
        for stage, spent in reading.milliseconds.items():
            self.stages[f"{photograph.side} {stage}"].append(spent)
        return wrong


def main() -> None:
    """Read the set with both and print the table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--count", type=int, default=300, help="photographs; best a multiple of 20, for conditions take turns (default 300)"
    )
    parser.add_argument("--seed", type=int, default=0, help="another number is another set of the same kind (default 0)")
    parser.add_argument("--without-plain", action="store_true", help="only the engine")
    parser.add_argument("--show", action="store_true", help="print what was read wrongly")
    parser.add_argument("--json", help="also write the figures to this file")
    options = parser.parse_args()
    reader = DocumentReader(models_dir())
    readers: dict[str, Callable[[np.ndarray], DocumentReading]] = {reader.name: reader.read}
    if not options.without_plain:
        readers["plain small"] = PlainReader(Locator(models_dir())).read
    tallies = _run(readers, options.count, options.seed, show=options.show)
    print(f"{options.count} photographs, seed {options.seed}, typefaces {', '.join(typefaces())}")
    figures = {name: _figures(tally) for name, tally in tallies.items()}
    _print(figures)
    if options.json:
        Path(options.json).write_text(json.dumps(figures, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def _run(readers: Mapping[str, Callable], count: int, seed: int, *, show: bool) -> dict[str, Tally]:
    portraits = tuple(Image.open(path).convert("RGB") for name in PORTRAITS if (path := models_dir() / name).exists())
    tallies = {name: Tally() for name in readers}
    for number in range(-1, count):
        photograph = one_of_the_set(max(0, number), seed=seed, portraits=portraits)
        bgr = np.ascontiguousarray(photograph.picture[..., ::-1])
        for name, read in readers.items():
            started, spent = time.perf_counter(), time.process_time()
            reading = read(bgr)
            took = time.perf_counter() - started, time.process_time() - spent
            if number < 0:
                continue  # the first call plans and allocates
            wrong = tallies[name].add(photograph, reading, *took)
            if show and wrong:
                seen = {key: (reading.text(key), key in reading.fields and reading.fields[key].review) for key in wrong}
                print(f"{name} {number} {photograph.condition}: { ({key: photograph.expected[key] for key in wrong}) } read {seen}")
    return tallies


def _figures(tally: Tally) -> dict:
    wholes = {side: rate(sum(tally.whole[side]), len(tally.whole[side])).plain() for side in ("front", "back")}
    all_whole = [right for rights in tally.whole.values() for right in rights]
    return {
        "fields": {name: rate(sum(tally.right[name]), len(tally.right[name])).plain() for name in (*FRONT_FIELDS, *BACK_FIELDS)},
        "whole": {**wholes, "all": rate(sum(all_whole), len(all_whole)).plain()},
        "passed wrong": rate(sum(tally.passed_wrong), len(tally.passed_wrong)).plain(),
        "right but flagged": rate(sum(tally.flagged_right), len(tally.flagged_right)).plain(),
        "milliseconds": {side: round(1000 * statistics.median(spent)) for side, spent in tally.seconds.items()},
        "processor milliseconds": {side: round(1000 * statistics.median(spent)) for side, spent in tally.cpu.items()},
        "stages": {stage: round(statistics.median(spent), 1) for stage, spent in tally.stages.items()},
        "conditions": {name: f"{sum(rights)}/{len(rights)}" for name, rights in tally.conditions.items()},
    }


def _print(figures: Mapping[str, dict]) -> None:
    names = list(figures)
    print(f"{'':<26}" + "".join(f"{name:>34}" for name in names))
    for group in ("fields", "whole"):
        for key in figures[names[0]][group]:
            print(f"{group + ' ' + key:<26}" + "".join(f"{_percent(figures[name][group][key]):>34}" for name in names))
    for key in ("passed wrong", "right but flagged"):
        print(f"{key:<26}" + "".join(f"{_percent(figures[name][key]):>34}" for name in names))
    for key in ("milliseconds", "processor milliseconds"):
        for side in figures[names[0]][key]:
            print(f"{key + ' ' + side:<30}"[:30].ljust(30) + "".join(f"{figures[name][key][side]:>34}"[-34:] for name in names))
    for condition in figures[names[0]]["conditions"]:
        print(f"{'right ' + condition:<26}" + "".join(f"{figures[name]['conditions'][condition]:>34}" for name in names))
    print("stages, median ms: " + ", ".join(f"{stage} {spent}" for stage, spent in figures[names[0]]["stages"].items()))


def _percent(found: Mapping) -> str:
    if found["rate"] is None:
        return "none"
    return f"{100 * found['rate']:.1f} % ({100 * found['low']:.1f} to {100 * found['high']:.1f}) of {found['total']}"


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "realname.settings")
    main()
