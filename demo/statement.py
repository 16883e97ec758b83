"""A short video for the way without face recognition: a plain card that says what it is."""

import tempfile
from pathlib import Path

import cv2
import numpy as np


def statement_video() -> bytes:
    """One second of MP4 that says SPECIMEN STATEMENT: no face, since a reviewer watches it only to try the desk."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "statement.mp4"
        writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*"mp4v"), 10, (320, 240))
        for number in range(10):
            frame = np.full((240, 320, 3), 235, np.uint8)
            cv2.putText(frame, "SPECIMEN STATEMENT", (20, 110), cv2.FONT_HERSHEY_SIMPLEX, 0.75, (60, 60, 60), 2)
            cv2.putText(frame, str(number), (150, 170), cv2.FONT_HERSHEY_SIMPLEX, 1, (60, 60, 60), 2)
            writer.write(frame)
        writer.release()
        return path.read_bytes()
