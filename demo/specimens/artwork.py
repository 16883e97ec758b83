"""The project's own artwork on a card: pale waves, hills, a plain medallion, and the SPECIMEN marking."""

import numpy as np
from PIL import Image, ImageDraw

from demo.specimens.fonts import font

_MARK = (200, 30, 40)


def background(size: tuple[int, int], *, seed: int) -> Image.Image:
    """Pale blue to pink paper with fine crossing waves, after no real pattern."""
    width, height = size
    y, x = np.mgrid[0:height, 0:width].astype(np.float32)
    phase = seed * 1.7
    across = np.clip(x / width + 0.15 * np.sin(y / height * 3 + phase), 0, 1)[..., None]
    paper = (1 - across) * np.array([226, 238, 246]) + across * np.array([246, 236, 236])
    waves = np.zeros((height, width), np.float32)
    for number in range(3):
        bend = 22 * np.sin(x / (90 + 35 * number) + phase + number) + 9 * np.sin(y / 60 + number)
        waves += np.maximum(0, np.cos((y + bend) * 2 * np.pi / 17)) ** 8
    paper = paper - waves[..., None] * np.array([9, 5, 3])
    return Image.fromarray(np.clip(paper, 0, 255).astype(np.uint8))


def hills(image: Image.Image) -> None:
    """A quiet landscape of three curves for the back."""
    width, height = image.size
    draw = ImageDraw.Draw(image, "RGBA")
    for number, colour in enumerate(((170, 196, 214, 46), (150, 184, 200, 40), (196, 176, 180, 40))):
        xs = np.arange(0, width + 8, 8)
        ys = height * (0.52 + 0.09 * number) - 42 * np.sin(xs / (150 + 40 * number) + number * 2)
        points = [*zip(xs.tolist(), ys.tolist(), strict=True), (width, height), (0, height)]
        draw.polygon(points, fill=colour)


def medallion(image: Image.Image, *, centre: tuple[int, int], radius: int) -> None:
    """Where the emblem stands on a real card: a disc in two rings, deliberately not the emblem."""
    draw = ImageDraw.Draw(image)
    x, y = centre
    for share, colour in ((1.0, (196, 70, 64)), (0.86, (240, 212, 190)), (0.72, (206, 96, 84)), (0.34, (240, 212, 190))):
        r = int(radius * share)
        draw.ellipse((x - r, y - r, x + r, y + r), fill=colour)


def placeholder_portrait(size: tuple[int, int]) -> Image.Image:
    """A plain silhouette, for a card without a portrait."""
    width, height = size
    image = Image.new("RGB", size, (232, 236, 240))
    draw = ImageDraw.Draw(image)
    draw.ellipse((width * 0.28, height * 0.16, width * 0.72, height * 0.62), fill=(150, 160, 170))
    draw.ellipse((width * 0.08, height * 0.66, width * 0.92, height * 1.5), fill=(150, 160, 170))
    return image


def mark_specimen(image: Image.Image, *, note_at: tuple[int, int]) -> Image.Image:
    """The card marked as a specimen: words across all of it, and a plain red note centred on `note_at`.

    The words across are pale so that text below them can still be read.
    """
    width, height = image.size
    layer = Image.new("RGBA", (width * 2, width * 2), (*_MARK, 0))
    draw = ImageDraw.Draw(layer)
    for row in range(9):
        offset = (row % 2) * 240
        for column in range(4):
            place = (column * 560 - offset + 60, row * 190 + 330)
            draw.text(place, "SPECIMEN 样本", font=font(64), fill=(*_MARK, 30))
    layer = layer.rotate(24, resample=Image.Resampling.BICUBIC)
    left, top = width - width // 2, width - height // 2
    marked = image.convert("RGBA")
    marked.alpha_composite(layer.crop((left, top, left + width, top + height)))
    ImageDraw.Draw(marked).text(note_at, "样本 SPECIMEN", font=font(30), fill=(*_MARK, 255), anchor="mm")
    return marked.convert("RGB")
