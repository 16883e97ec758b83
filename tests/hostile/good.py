"""Good small files of every accepted kind, for the fuzzer to damage."""

import functools
import io
import tempfile
from pathlib import Path

import cv2
import numpy as np
from PIL import Image

import realname.images  # noqa: F401 - HEIC is made known to Pillow there

SIZE = (240, 210)


@functools.cache
def files() -> dict[str, bytes]:
    """By kind. The picture has ramps and noise, so that every part of a decoder is used."""
    image, exif = scene(), Image.Exif()
    exif[0x0112] = 6
    return {
        "jpeg": encoded(image, "JPEG", quality=85, exif=exif.tobytes()),
        "jpeg progressive": encoded(image, "JPEG", quality=85, progressive=True),
        "png": encoded(image, "PNG"),
        "png palette": encoded(image.convert("P"), "PNG", transparency=3),
        "webp": encoded(image, "WEBP", quality=80, exif=exif.tobytes()),
        "webp lossless": encoded(image.convert("RGBA"), "WEBP", lossless=True),
        "heic": encoded(image, "HEIF", quality=70),
        "mp4": video("mp4v", ".mp4"),
        "webm": video("VP80", ".webm"),
    }


def scene(size: tuple[int, int] = SIZE) -> Image.Image:
    """Ramps of colour with noise over them, RGB."""
    across, down = np.meshgrid(np.linspace(0, 255, size[0]), np.linspace(0, 255, size[1]))
    noise = np.random.default_rng(1).normal(0, 12, (size[1], size[0], 3))
    return Image.fromarray((np.dstack([across, down, 255 - across]) + noise).clip(0, 255).astype(np.uint8))


def encoded(image: Image.Image, form: str, **options) -> bytes:
    """The file's bytes."""
    out = io.BytesIO()
    image.save(out, format=form, **options)
    return out.getvalue()


def video(codec: str, suffix: str, *, size: tuple[int, int] = SIZE, frames: int = 12) -> bytes:
    """The scene, sliding past."""
    picture = np.asarray(scene(size))[:, :, ::-1]
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"video{suffix}"
        writer = cv2.VideoWriter(str(path), cv2.VideoWriter_fourcc(*codec), 10.0, size)
        for number in range(frames):
            writer.write(np.ascontiguousarray(np.roll(picture, 9 * number, axis=1)))
        writer.release()
        return path.read_bytes()
