"""What one would put together from what is at hand: face_recognition at its defaults, tesseract with chi_sim.

It reads both sides and compares the faces; it judges neither the photographs nor whether the face is live.
"""

import shutil
import subprocess

import cv2
import numpy as np

from verification.engines.base import DocumentReading, TextLine
from verification.engines.ocr.parse import parse_card

TESSERACT = shutil.which("tesseract")
INSTALL = "apt-get install tesseract-ocr tesseract-ocr-chi-sim"
TOLERANCE = 0.6  # face_recognition's own


def read(png: bytes) -> DocumentReading:
    """Both the words and where they are, for our own parser: tesseract is judged by its reading, not by a poorer parser."""
    command = (TESSERACT, "stdin", "stdout", "-l", "chi_sim", "tsv")
    table = subprocess.run(command, input=png, capture_output=True, check=True).stdout.decode()
    side, fields = parse_card(_lines(table))
    return DocumentReading(side=side, fields=fields, located=None)


def as_png(bgr: np.ndarray) -> bytes:
    """What tesseract is given."""
    return cv2.imencode(".png", bgr, [cv2.IMWRITE_PNG_COMPRESSION, 1])[1].tobytes()


def same_person(one: np.ndarray, other: np.ndarray) -> bool:
    """The largest face of each picture (BGR), at the library's defaults. False where one has no face."""
    import face_recognition

    templates = []
    for bgr in (one, other):
        rgb = cv2.cvtColor(bgr, cv2.COLOR_BGR2RGB)
        places = face_recognition.face_locations(rgb)
        if not places:
            return False
        largest = max(places, key=lambda place: (place[2] - place[0]) * (place[1] - place[3]))
        templates.append(face_recognition.face_encodings(rgb, [largest])[0])
    return bool(face_recognition.compare_faces([templates[0]], templates[1], tolerance=TOLERANCE)[0])


def _lines(table: str) -> list[TextLine]:
    """Tesseract's words joined to its lines; confidence is the least sure word's."""
    lines: dict[tuple[str, ...], list[tuple[str, float, int, int, int, int]]] = {}
    for row in table.splitlines()[1:]:
        level, _page, block, paragraph, line, _word, left, top, width, height, confidence, text = row.split("\t", 11)
        if level == "5" and text.strip():
            box = int(left), int(top), int(left) + int(width), int(top) + int(height)
            lines.setdefault((block, paragraph, line), []).append((text, float(confidence) / 100, *box))
    return [_line(words) for words in lines.values()]


def _line(words: list[tuple[str, float, int, int, int, int]]) -> TextLine:
    texts, confidences, lefts, tops, rights, bottoms = zip(*words, strict=True)
    left, top, right, bottom = min(lefts), min(tops), max(rights), max(bottoms)
    quad = np.array([[left, top], [right, top], [right, bottom], [left, bottom]], np.float32)
    return TextLine(text="".join(texts), confidence=min(confidences), quad=quad)
