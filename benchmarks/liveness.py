#!/usr/bin/env python
"""What passive liveness lets pass and whom it refuses, per species of attack (ISO/IEC 30107-3), and how long it takes.

Simulated: public-domain portraits before simulated cameras, also among blinds, fences, frames and tiles (`demo.specimens.surroundings`),
and pictures of them shown again (`demo.specimens.attacks`). D-EER is over those in a room, not among lines. Three ways
of judging in one run on the same pictures: the model alone; the model and the colour ripple of all around the face, which is
what was done before; and the engine as it is. Real sheets and screens are not in it: see docs/engines/liveness.md.
"""

import argparse
import json
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import numpy as np
from PIL import Image

from demo.specimens.attacks import BONA_FIDE, GENUINE, SPECIES, present
from realname.paths import models_dir
from verification.engines.base import Face, Liveness
from verification.engines.document.recapture import colour_ripple
from verification.engines.liveness.passive import PASS
from verification.engines.metrics import Rate, equal_error, rate
from verification.engines.registry import Engines

PORTRAITS = ("obama.jpg", "obama2.jpg", "obama3.jpg", "biden.jpg", "grace_hopper.jpg", "astronaut.png")
# the limits of the cues were set on pictures of lower seeds
FIRST_SEED = 10_000
# the ripple's limits where it was the only cue beside the model: Lab units, and times the median wave
RIPPLE_BEFORE, PROMINENCE_BEFORE = 3.5, 130.0
WAYS = ("model alone", "model, ripple", "engine")


def main() -> None:
    """Print the table; `--json` also writes it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument(
        "--each", type=int, default=5, help="pictures of each portrait and species; three times as many genuine in a room (default 5)"
    )
    parser.add_argument("--json", help="also write the figures to this file")
    options = parser.parse_args()
    figures, times = _measure(options.each)
    print(f"{'':<24}{'n':>5}{'none':>6}" + "".join(f"{way:>24}" for way in WAYS))
    for species, row in figures.items():
        kind = "BPCER" if species in GENUINE else "APCER"
        rates = "".join(f"{_percent(row[way]):>24}" for way in WAYS)
        print(f"{species:<24}{row['count']:>5}{row['unanswered']:>6}{rates}  {kind}")
    print(f"{'D-EER':<24}{'':>11}" + "".join(f"{100 * times['D-EER'][way]:>17.1f} %     " for way in WAYS if way in times["D-EER"]))
    model, engine = times["model"], times["engine"]
    print(f"model {model:.1f} ms, whole engine {engine:.1f} ms (medians), engine / model {engine / model:.2f}")
    if options.json:
        plain = {
            species: {key: value.plain() if isinstance(value, Rate) else value for key, value in row.items()}
            for species, row in figures.items()
        }
        Path(options.json).write_text(json.dumps({"species": plain, **times}, indent=2) + "\n")


def _measure(each: int) -> tuple[dict[str, dict], dict]:
    engines = Engines()
    figures, scores = {}, {"model alone": ([], []), "engine": ([], [])}
    model_ms, engine_ms = [], []
    for species in (*GENUINE, *SPECIES):
        judged = {way: [] for way in WAYS}
        count = unanswered = 0
        for bgr in _pictures(engines, species, 3 * each if species == BONA_FIDE else each):
            count += 1
            faces = engines.face.detect(bgr)
            if not faces:
                unanswered += 1
                continue
            started = time.perf_counter()
            liveness = engines.liveness.judge(bgr, faces[0])
            engine_ms.append((time.perf_counter() - started) * 1000)
            model_ms.append(_model_ms(engines, bgr, faces[0]))
            for way, live in zip(WAYS, _live(bgr, faces[0], liveness), strict=True):
                judged[way].append(live)
            side = 0 if species in GENUINE else 1
            if species in (BONA_FIDE, *SPECIES):  # people among lines, of ten kinds, would be most of the genuine
                scores["model alone"][side].append(liveness.model)
                scores["engine"][side].append(liveness.score)
        wrong = species not in GENUINE  # of an attack "live" is wrong, of a person anything else
        rates = {way: rate(sum(live is wrong for live in answers), len(answers)) for way, answers in judged.items()}
        figures[species] = {"count": count, "unanswered": unanswered, **rates}
    equal = {way: found.rate for way, (live, attack) in scores.items() if (found := equal_error(live, attack))}
    return figures, {"model": statistics.median(model_ms), "engine": statistics.median(engine_ms), "D-EER": equal}


def _pictures(engines: Engines, species: str, each: int) -> Iterator[np.ndarray]:
    for number, name in enumerate(PORTRAITS):
        photo = Image.open(models_dir() / name).convert("RGB")
        box = engines.face.detect(np.ascontiguousarray(np.asarray(photo)[:, :, ::-1]))[0].box
        for seed in range(each):
            made = present(photo, box, species=species, seed=FIRST_SEED + 100 * number + seed)
            yield np.ascontiguousarray(np.asarray(made)[:, :, ::-1])


def _live(bgr: np.ndarray, face: Face, liveness: Liveness) -> tuple[bool, bool, bool]:
    """The verdict in each of WAYS."""
    x, y, width, height = face.box
    ripple = colour_ripple(bgr, np.array([[x - width, y - height], [x + 2 * width, y + 2 * height]], np.float32))
    rippled = ripple.amplitude >= RIPPLE_BEFORE and ripple.prominence >= PROMINENCE_BEFORE
    model = liveness.model >= PASS
    return model, model and not rippled, liveness.live


def _model_ms(engines: Engines, bgr: np.ndarray, face: Face) -> float:
    started = time.perf_counter()
    engines.liveness.model_crops(bgr, face)
    return (time.perf_counter() - started) * 1000


def _percent(found: Rate) -> str:
    if found.rate is None:
        return "-"
    return f"{100 * found.rate:.0f} % ({100 * found.low:.0f} to {100 * found.high:.0f})"


if __name__ == "__main__":
    main()
