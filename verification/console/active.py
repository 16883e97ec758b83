"""`engine active --challenge STEP,… FILE|DIR|VIDEO…`: whether the steps of a challenge were done."""

import re
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from django.core.management.base import CommandParser

from realname import decoding
from verification.console.lines import Line, Unjudged, judged, picture
from verification.engines import engines
from verification.engines.liveness.active import MAX_FRAMES, SIDE, Activity, Frame
from verification.engines.liveness.steps import STEPS, Step, StepResult

HELP = "Whether each step of a challenge was done, at which frame, and why not."

RATE = 8.0  # frames a second that are looked at, of a film or a burst
VIDEOS = {".mp4", ".m4v", ".mov", ".webm", ".mkv"}
PICTURES = {".jpg", ".jpeg", ".png", ".webp", ".heic", ".heif", ".bmp", ".tif", ".tiff", ".ppm", ".pgm"}


def add_arguments(parser: CommandParser) -> None:
    """The challenge and the frames."""
    parser.add_argument("--challenge", required=True, metavar="STEP,…", help=f"in their order, of: {', '.join(STEPS)}")
    parser.add_argument("--selfie", metavar="FILE", help="a photograph whose face must be the one of the frames")
    parser.add_argument("--rate", type=float, default=RATE, help="frames a second of a folder or burst (default %(default)s)")
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE|DIR|VIDEO",
        help="each folder (frames in the order of their names) and each video is one answer; picture files together are one",
    )


def run(*, challenge: str, files: list[str], selfie: str | None = None, rate: float = RATE, **options) -> Iterator[Line]:
    """One line for each video, folder or burst. Raises ValueError for an unknown step, a rate that is none or a selfie without a face."""
    steps = _steps(challenge)
    if not 0 < rate <= 120:
        raise ValueError(f"--rate {rate}: must lie between 0 and 120 frames a second")
    return _lines(steps, files, selfie, rate)


def _lines(steps: tuple[Step, ...], files: list[str], selfie: str | None, rate: float) -> Iterator[Line]:
    template = _template(selfie) if selfie else None
    for name, paths in _answers(files):
        yield from judged([name], lambda _name, paths=paths: _judged(paths, steps, rate, template))


def _judged(paths: list[Path], steps: tuple[Step, ...], rate: float, template: np.ndarray | None) -> Line:
    """Raises Unjudged."""
    told = _told(engines().active.judge(_frames(paths, rate), steps, selfie=template))
    return told if len(paths) == 1 else {"files": [str(path) for path in paths], **told}


def _steps(challenge: str) -> tuple[Step, ...]:
    steps = tuple(step.strip() for step in challenge.split(","))
    unknown = [step for step in steps if step not in STEPS]
    if unknown:
        raise ValueError(f"--challenge: no step {', '.join(map(repr, unknown))}; known: {', '.join(STEPS)}")
    return steps


def _answers(files: list[str]) -> Iterator[tuple[str, list[Path]]]:
    """What each answer is called and which files it is; pictures are one burst, named by the first, where that stands.

    What is neither picture nor video by its name is an answer by itself, so that it is told, and no frame among others.
    """
    burst = [path for path in files if _is_picture(path)]
    for index, file in enumerate(files):
        if Path(file).is_dir():
            yield file, sorted((path for path in Path(file).iterdir() if _is_picture(path)), key=_in_order)
        elif not _is_picture(file):
            yield file, [Path(file)]
        elif index == files.index(burst[0]):
            yield file, [Path(path) for path in burst]


def _in_order(path: Path) -> list[tuple[int, str]]:
    """By the numbers in its name, so that 2 comes before 10."""
    return [(int(part), "") if part.isdecimal() else (-1, part) for part in re.split(r"(\d+)", path.name)]


def _is_video(path: Path) -> bool:
    return path.suffix.lower() in VIDEOS


def _is_picture(path: str | Path) -> bool:
    return Path(path).suffix.lower() in PICTURES and not Path(path).is_dir()


def _frames(paths: list[Path], rate: float) -> Iterator[Frame]:
    """The frames of one answer. Raises Unjudged."""
    if not paths:
        raise Unjudged("unreadable", "no_pictures")
    if not _is_picture(paths[0]):
        if not _is_video(paths[0]):
            raise Unjudged("unreadable", "unknown_ending")
        yield from _of_video(paths[0])
        return
    # one more than is looked at: the engine then says that it is too long
    for index, path in enumerate(paths[: MAX_FRAMES + 1]):
        try:
            yield Frame(picture(str(path)), index * 1000 / rate)
        except Unjudged as why:
            raise Unjudged(why.status, why.reason, file=str(path)) from why


def _of_video(path: Path) -> Iterator[Frame]:
    try:
        if path.exists() and not path.is_file():
            # a pipe would be waited for, a device read for ever
            raise Unjudged("unreadable", "not_a_file")
        with path.open("rb") as stream:
            content = stream.read(decoding.video.MAX_BYTES + 1)
        video = decoding.frames(content, rate=RATE, max_side=SIDE)
    except OSError as error:
        raise Unjudged("unreadable", "no_such_file" if isinstance(error, FileNotFoundError) else "not_a_file") from error
    except decoding.VideoRefused as refusal:
        raise Unjudged("unreadable", refusal.code) from refusal
    for bgr, milliseconds in zip(video.frames, video.times, strict=True):
        yield Frame(bgr, float(milliseconds))


def _template(selfie: str) -> np.ndarray:
    try:
        bgr, face = picture(selfie), engines().face
    except Unjudged as why:
        raise ValueError(f"--selfie {selfie}: {why.reason}") from why
    found = face.detect(bgr)
    if not found:
        raise ValueError(f"--selfie {selfie}: no_face")
    return face.embed(bgr, found[0])


def _told(activity: Activity) -> Line:
    return {
        "decision": "passed" if activity.passed else "failed",
        "reason": activity.reason or None,
        "steps": [_step(result) for result in activity.steps],
        "frames": activity.frames,
        "milliseconds": round(activity.milliseconds),
        "likeness": _rounded(activity.likeness),
        "selfie": _rounded(activity.selfie),
    }


def _step(result: StepResult) -> Line:
    at = None if result.milliseconds is None else round(result.milliseconds)
    return {"step": result.step, "met": result.met, "frame": result.frame, "milliseconds": at, "reason": result.reason or None}


def _rounded(cosine: float | None) -> float | None:
    return None if cosine is None else round(cosine, 4)
