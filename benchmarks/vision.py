#!/usr/bin/env python
"""How fast the models work in our hands: the vision part of one applicant, against the bare models and against the usual pipeline.

Of each applicant in turn, on the same decoded pictures: our code; the bare models (one run each of PP-OCRv6 small on both flattened
cards, YuNet and SFace on card and selfie, liveness on its crops, with the settings that were measured best); the very calls our code
made of its models, alone; and what one would put together from face_recognition and tesseract. Milliseconds depend on the machine,
ratios hardly. Needs no server.
"""

import argparse
import json
import os
import re
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parent), str(HERE)]

import cv2  # noqa: E402
import numpy as np  # noqa: E402
import recorded  # noqa: E402
import usual  # noqa: E402
from plain import PlainReader  # noqa: E402

recorded.put_in_place()

from demo import faces as portraits  # noqa: E402
from demo.specimens import IdCard, draw_back, draw_front, photograph, selfie, to_jpeg  # noqa: E402
from realname import decoding  # noqa: E402
from realname.images import decode  # noqa: E402
from verification.engines import engines  # noqa: E402
from verification.engines.face.same_picture import picture_likeness  # noqa: E402
from verification.engines.quality import examine, examine_selfie  # noqa: E402

MOST_OVER_BARE, LEAST_OVER_USUAL, MOST_MIB, MOST_MS = 1.10, 3.0, 900, 30
CONDITIONS = ("clean", "tilted", "blur", "glare")  # a telephone's everyday
PEOPLE = ("obama", "obama2", "obama3", "biden", "grace_hopper", "astronaut")
LARGEST = 4096  # px: intake keeps no longer side (realname/images.py)


@dataclass(frozen=True)
class Applicant:
    """Three decoded pictures (BGR), and what is written on the card."""

    card: IdCard
    front: np.ndarray
    back: np.ndarray
    selfie: np.ndarray

    @property
    def written(self) -> dict[str, str]:
        """Field by field, as a reading gives it."""
        card = self.card
        dates = {name: getattr(card, name) for name in ("birth", "valid_from", "valid_to")}
        texts = {name: getattr(card, name) for name in ("name", "sex", "ethnicity", "address", "id_number", "authority")}
        return texts | {name: day.isoformat() if day else "long_term" for name, day in dates.items()}


def applicant(number: int) -> Applicant:
    """The same at every run."""
    card, condition = IdCard.make(number), CONDITIONS[number % len(CONDITIONS)]
    front = photograph(draw_front(card, portraits.portrait("obama")), condition=condition, seed=number)
    back = photograph(draw_back(card), condition=condition, seed=number + 1)
    face = selfie(portraits.selfie("obama2"), seed=number)
    return Applicant(card, *(decode(to_jpeg(image)).bgr for image in (front, back, face)))


class Stopwatch:
    """Milliseconds of processor by stage: of one thread, so the same as by the clock where nothing else runs, and steady where it does.

    `calls` says which of the recorded calls each stage made.
    """

    def __init__(self) -> None:
        self.spent: dict[str, float] = defaultdict(float)
        self.calls: dict[str, slice] = {}

    @contextmanager
    def stage(self, name: str) -> Iterator[None]:
        """Count what happens inside."""
        started, first = time.process_time(), recorded.count()
        yield
        self.spent[name] += (time.process_time() - started) * 1000
        self.calls[name] = slice(first, recorded.count())


def ours(one: Applicant, watch: Stopwatch) -> dict[str, str]:
    """What the first look and the checks do with an applicant's pictures; the fields that were read."""
    reader, face_engine, liveness = engines().document, engines().face, engines().liveness
    read: dict[str, str] = {}
    for side, picture in (("portrait side", one.front), ("emblem side", one.back)):
        with watch.stage(f"{side}: locate"):
            located = reader.locate(picture)
        with watch.stage(f"{side}: quality"):
            examine(picture, located)
        with watch.stage(f"{side}: read"):
            read |= {name: field.text for name, field in reader.read(picture, located=located).fields.items()}
    with watch.stage("selfie: faces"):
        found = face_engine.detect(one.selfie)
    with watch.stage("selfie: quality"):
        examine_selfie(one.selfie, found)
    with watch.stage("face match"):
        pairs = ((one.front, face_engine.detect(one.front)[0]), (one.selfie, found[0]))
        face_engine.compare(*(face_engine.embed(picture, face) for picture, face in pairs))
        picture_likeness(*pairs[0], *pairs[1])
    with watch.stage("passive liveness"):
        liveness.judge(one.selfie, found[0])
    return read


def usually(one: Applicant, front: bytes, back: bytes) -> dict[str, str]:
    """The usual pipeline on the same pictures; the fields that were read."""
    read = {name: field.text for png in (front, back) for name, field in usual.read(png).fields.items()}
    usual.same_person(one.front, one.selfie)
    return read


def measure(count: int) -> dict[str, float]:
    """All figures but memory. The first applicant warms everything up and is not counted."""
    stages: list[dict[str, float]] = []
    times: dict[str, list[float]] = defaultdict(list)
    right: dict[str, int] = defaultdict(int)
    plain = PlainReader(engines().locator)
    for number in range(count + 1):
        one, watch = applicant(number), Stopwatch()
        recorded.start()
        started = time.perf_counter()
        read = ours(one, watch)
        took = {"ours by the clock": (time.perf_counter() - started) * 1000}
        calls = recorded.stop()
        of_faces = [call for stage, made in watch.calls.items() if "side" not in stage for call in calls[made]]
        took |= {
            "ours": sum(watch.spent.values()),
            "bare models": recorded.again(_plain_calls(one, plain) + of_faces),
            "our calls alone": recorded.again(calls),
        }
        reads = {"ours": read}
        if usual.TESSERACT:
            pngs = usual.as_png(one.front), usual.as_png(one.back)
            started = time.perf_counter()
            reads["usual"] = usually(one, *pngs)
            took["usual by the clock"] = (time.perf_counter() - started) * 1000
        if number == 0:
            continue
        stages.append(watch.spent)
        for who, milliseconds in took.items():
            times[who].append(milliseconds)
        for who, fields in reads.items():
            right[who] += sum(fields.get(name) == text for name, text in one.written.items())
    return {
        **{f"{name}, ms": statistics.median(stage[name] for stage in stages) for name in stages[0]},
        **{f"{who}, ms": statistics.median(each) for who, each in times.items()},
        **{f"{who}, fields right of {count * len(one.written)}": float(right[who]) for who in right},
        "ours / bare models": _median_ratio(times["ours"], times["bare models"]),
        "ours / our calls alone": _median_ratio(times["ours"], times["our calls alone"]),
        **(
            {"usual / ours, by the clock": _median_ratio(times["usual by the clock"], times["ours by the clock"])}
            if usual.TESSERACT
            else {}
        ),
    }


def _plain_calls(one: Applicant, plain: PlainReader) -> list[recorded.Call]:
    """The calls that read both flattened cards by PP-OCRv6 small."""
    cards = [engines().locator.locate(picture).card for picture in (one.front, one.back)]
    recorded.start()
    for card in cards:
        plain.lines(card)
    return recorded.stop()


def _median_ratio(over: list[float], under: list[float]) -> float:
    return statistics.median(one / other for one, other in zip(over, under, strict=True))


def pairs() -> dict[str, float]:
    """Public-domain portraits, each with each: is it said rightly whether they show one person? What goes to review is not right."""
    engine = engines().face
    pictures = {name: cv2.cvtColor(np.asarray(portraits.selfie(name)), cv2.COLOR_RGB2BGR) for name in PEOPLE}
    templates = {name: engine.embed(picture, engine.detect(picture)[0]) for name, picture in pictures.items()}
    both = list(combinations(PEOPLE, 2))
    one_person = {(one, other): one[:5] == other[:5] for one, other in both}
    said = {
        "ours": {pair: engine.compare(*(templates[name] for name in pair)).verdict for pair in both},
        "usual": {pair: "match" if usual.same_person(*(pictures[name] for name in pair)) else "no_match" for pair in both},
    }
    wanted = {pair: "match" if same else "no_match" for pair, same in one_person.items()}
    return {f"{who}, pairs right of {len(both)}": float(sum(said[who][pair] == wanted[pair] for pair in both)) for who in said}


def isolation(rounds: int = 7) -> dict[str, float]:
    """What it costs to decode a stranger's 12 megapixels in a process of its own, to BGR, in turn with decoding them here."""
    content = to_jpeg(photograph(draw_front(IdCard.make(1), portraits.portrait("obama")), seed=1).resize((4000, 3000)))
    ways = {"here": decode, "in the decoding process": decoding.decode}
    times: dict[str, list[float]] = defaultdict(list)
    for number in range(rounds + 1):
        for name, way in ways.items():
            started = time.perf_counter()
            way(content).bgr  # noqa: B018 - reading it is what is measured
            if number > 0:
                times[name].append((time.perf_counter() - started) * 1000)
    # the best of each: two processes can't be counted by one's processor time
    here, there = (min(each) for each in times.values())
    return {
        **{f"decoding 12 megapixels {name}, ms": value for name, value in zip(ways, (here, there), strict=True)},
        "cost of the process of its own, ms": there - here,
    }


def memory() -> float:
    """The peak of a vision worker's process in MiB, measured in one: all engines, and pictures as large as intake keeps them."""
    done = subprocess.run([sys.executable, __file__, "--memory"], capture_output=True, text=True, check=True)
    return float(done.stdout.splitlines()[-1])


def _worker() -> None:
    """Be a vision worker of one applicant; print the peak."""
    # the settings want an address; none is reached
    os.environ |= {
        "DATABASE_URL": "postgresql://nobody@127.0.0.1:1/none",
        "REALNAME_DEVELOPMENT": "1",
        "REDIS_URL": "redis://127.0.0.1:1/0",
    }
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "realname.settings")
    import django

    django.setup()
    import verification.tasks  # noqa: F401 - what a worker has loaded

    one = applicant(1)
    large = Applicant(one.card, *(_enlarged(picture) for picture in (one.front, one.back, one.selfie)))
    for each in (one, large, large):
        ours(each, Stopwatch())
    # not getrusage: its peak begins with that of the process that started this one
    (peak,) = re.findall(r"VmHWM:\s+(\d+) kB", Path("/proc/self/status").read_text())
    print(int(peak) / 1024)


def _enlarged(bgr: np.ndarray) -> np.ndarray:
    scale = LARGEST / max(bgr.shape[:2])
    return cv2.resize(bgr, None, fx=scale, fy=scale, interpolation=cv2.INTER_LINEAR)


def _verdict(name: str, value: float) -> str:
    goals = {
        "ours / bare models": (value <= MOST_OVER_BARE, f"at most {MOST_OVER_BARE}"),
        "usual / ours, by the clock": (value >= LEAST_OVER_USUAL, f"at least {LEAST_OVER_USUAL}"),
        "cost of the process of its own, ms": (value < MOST_MS, f"under {MOST_MS}"),
        "peak of a vision worker, MiB": (value < MOST_MIB, f"under {MOST_MIB}"),
    }
    if name not in goals:
        return ""
    kept, goal = goals[name]
    return f"  {goal}: {'kept' if kept else 'NOT KEPT'}"


def main() -> None:
    """Measure, print a table."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--applicants", type=int, default=10, help="how many are measured; the median counts (default 10)")
    parser.add_argument("--json", metavar="FILE", help="also write the figures to this file")
    parser.add_argument("--memory", action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.memory:
        _worker()
        return
    figures = {**measure(options.applicants), **pairs(), **isolation(), "peak of a vision worker, MiB": memory()}
    for name, value in figures.items():
        print(f"{name:<44} {value:>10,.2f}{_verdict(name, value)}")
    if not usual.TESSERACT:
        print(f"usual pipeline: not measured, there is no tesseract ({usual.INSTALL})")
    if options.json:
        Path(options.json).write_text(json.dumps(figures, indent=2) + "\n")


if __name__ == "__main__":
    main()
