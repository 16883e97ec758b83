"""One side of a pair: its picture looked at once per run, however many pairs it is in."""

import time
from collections import OrderedDict
from dataclasses import asdict, dataclass, field

import numpy as np

from verification.console.lines import Line, Unjudged, picture
from verification.engines import engines
from verification.engines.base import Face, FaceEngine, Finding
from verification.engines.face.one_face import printed_face, second_face, several, several_faces
from verification.engines.face.quality import face_findings, face_quality

# About 2 kB each: a template, the quality, no picture.
KEPT = 20_000


@dataclass(frozen=True, slots=True)
class Side:
    """What one picture gave: a template and its quality, or `status` and `reason` why not. `seconds` are what its stages took."""

    status: str = "ok"
    reason: str = ""
    template: np.ndarray | None = None
    quality: Line = field(default_factory=dict)
    seconds: dict[str, float] = field(default_factory=dict)


class Sides:
    """Pictures by path, the latest KEPT of them remembered."""

    def __init__(self, engine: FaceEngine, kept: int = KEPT) -> None:
        self._engine = engine
        self._kept = kept
        self._seen: OrderedDict[str, Side] = OrderedDict()

    def look(self, path: str) -> tuple[Side, bool]:
        """The side, and whether it was known already."""
        known = path in self._seen
        if not known:
            self._seen[path] = self._look(path)
            if len(self._seen) > self._kept:
                self._seen.popitem(last=False)
        self._seen.move_to_end(path)
        return self._seen[path], known

    def _look(self, path: str) -> Side:
        try:
            bgr = picture(path)
        except Unjudged as why:
            return Side(status=why.status, reason=why.reason)
        started = time.perf_counter()
        faces = self._engine.detect(bgr)
        found = time.perf_counter()
        spent = {"detect": found - started}
        if not faces:
            return Side(status="no_face", reason="no_face", seconds=spent)
        others = _others(bgr, faces)
        if several(faces):
            reason = "printed_face" if any(finding.code == "printed_face" for finding in others) else "several_faces"
            return Side(status="several_faces", reason=reason, quality={"faces": len(faces), "findings": _plain(others)}, seconds=spent)
        embedding = time.perf_counter()
        template = self._engine.embed(bgr, faces[0])
        spent["embed"] = time.perf_counter() - embedding
        measured = face_quality(bgr, faces[0])
        findings = [*others, *(finding for finding in face_findings(measured) if finding.found)]
        numbers = {name: round(value, 3) for name, value in asdict(measured).items()}
        return Side(template=template, quality={"faces": len(faces), **numbers, "findings": _plain(findings)}, seconds=spent)


def _others(bgr: np.ndarray, faces: tuple[Face, ...]) -> list[Finding]:
    """What there is to say of further faces: passers-by, a second person, a picture of a face."""
    findings = (several_faces(faces), second_face(faces), printed_face(faces, lambda face: engines().liveness.judge(bgr, face).live))
    return [finding for finding in findings if finding.found]


def _plain(findings: list[Finding]) -> list[Line]:
    return [
        {"code": finding.code, "score": finding.score, "threshold": finding.threshold, "unit": finding.unit, "level": finding.level}
        for finding in findings
    ]
