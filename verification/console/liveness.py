"""`engine liveness FILE…`: whether a selfie is of a live face."""

import time
from collections.abc import Iterator

from django.core.management.base import CommandParser

from verification.console.lines import Line, Unjudged, judged, picture
from verification.console.presentations import Presentation, read_labels, summary
from verification.engines import engines
from verification.engines.base import Face, Finding
from verification.engines.face.one_face import several
from verification.engines.face.quality import face_quality
from verification.engines.liveness.passive import PASS

HELP = "Passive liveness of selfies; with labels it ends with APCER and BPCER (ISO/IEC 30107-3)."


def add_arguments(parser: CommandParser) -> None:
    """The files, or a table of them with labels."""
    parser.add_argument("files", nargs="*", metavar="FILE")
    parser.add_argument("--labels", metavar="CSV", help="columns path, label (live or attack) and, of attacks, species")


def run(*, files: list[str], labels: str | None = None, **_options) -> Iterator[Line]:
    """One line a file; with labels, a summary at the end. Raises ValueError for neither or both, or a wrong table."""
    if bool(files) == bool(labels):
        raise ValueError("Name files, or a table with --labels: one of the two.")
    if files:
        return judged(files, _judge)
    return _labelled(read_labels(labels))


def _labelled(presentations: list[Presentation]) -> Iterator[Line]:
    lines: list[Line] = []
    for presentation, line in zip(presentations, judged((each.place for each in presentations), _judge), strict=True):
        lines.append(line)
        yield {**line, "path": presentation.path, "label": presentation.label, "species": presentation.species}
    yield {"summary": summary(presentations, lines)}


def _judge(path: str) -> Line:
    bgr, detector, engine = picture(path), engines().face, engines().liveness
    started = time.perf_counter()
    face = _one_face(detector.detect(bgr))
    found = time.perf_counter()
    liveness = engine.judge(bgr, face, threshold=PASS)
    ended = time.perf_counter()
    quality = face_quality(bgr, face)
    return {
        "score": round(liveness.score, 5),
        "decision": "live" if liveness.live else "spoof",
        "threshold": liveness.threshold,
        "cues": {"model": _model(liveness.model, liveness.threshold), **{cue.code: _plain(cue) for cue in liveness.cues}},
        "face": {
            "box": [round(value) for value in face.box],
            "size": round(quality.size, 1),
            "asymmetry": round(quality.asymmetry, 3),
            "sharpness": round(quality.sharpness, 1),
        },
        "milliseconds": {"detect": round((found - started) * 1000, 1), "liveness": round((ended - found) * 1000, 1)},
    }


def _one_face(faces: tuple[Face, ...]) -> Face:
    """The face that is meant. Raises Unjudged."""
    if not faces:
        raise Unjudged("no_face", "no_face")
    if several(faces):
        raise Unjudged("several_faces", "several_faces")
    return faces[0]


def _model(score: float, threshold: float) -> Line:
    return {"score": round(score, 5), "threshold": threshold, "unit": "probability of a live face", "found": score < threshold}


def _plain(cue: Finding) -> Line:
    return {"score": cue.score, "threshold": cue.threshold, "unit": cue.unit, "found": cue.found}
