"""A visible watermark burnt into a picture before it leaves: operator, purpose, date and viewer (R-04)."""

import io
import math
from functools import cache
from pathlib import Path

from PIL import Image, ImageDraw, ImageFont

# degrees; lines that cross the whole picture survive cropping
ANGLE = 28
# of 255: plainly seen on dark and light, and what lies under it can still be compared
STRENGTH = 84
# share of the longer side
LINE_HEIGHT = 0.024
# px; a reviewer's screen needs no more, and a twelve-megapixel picture is drawn three times as fast
LONGEST_SIDE = 2000


def watermark(content: bytes, *, text: str) -> bytes:
    """The picture as a JPEG with `text` across all of it and on a band below. Raises OSError for bytes that are no picture."""
    with Image.open(io.BytesIO(content)) as opened:
        opened.draft("RGB", (LONGEST_SIDE, LONGEST_SIDE))
        picture = opened.convert("RGB")
    picture.thumbnail((LONGEST_SIDE, LONGEST_SIDE))
    size = max(14, round(max(picture.size) * LINE_HEIGHT))
    text = drawable(text)
    # light letters with a dark edge: one of the two stands out on any ground
    light, dark = _tiled(text, size, picture.size)
    picture.paste((0, 0, 0), (0, 0), dark)
    picture.paste((255, 255, 255), (0, 0), light)
    out = io.BytesIO()
    _with_band(picture, text, size).save(out, format="JPEG", quality=88)
    return out.getvalue()


def drawable(text: str) -> str:
    """What the font can draw: without a Chinese font other letters become `?`, and the band still names the viewer."""
    return text if _font_file() else text.encode("ascii", "replace").decode()


def _tiled(text: str, size: int, area: tuple[int, int]) -> tuple[Image.Image, Image.Image]:
    """Two masks over the area, for the light and the dark strokes."""
    font = _font(size)
    width = math.ceil(font.getlength(text)) + 4 * size
    tile = Image.new("L", (width, 4 * size), 0)
    ImageDraw.Draw(tile).text((0, 0), text, fill=STRENGTH, font=font)
    side = math.ceil(math.hypot(*area))
    sheet = Image.new("L", (side, side), 0)
    for row, y in enumerate(range(0, side, tile.height)):
        for x in range(-(row % 2) * (width // 2), side, width):
            sheet.paste(tile, (x, y))
    turned = sheet.rotate(ANGLE, resample=Image.Resampling.BILINEAR)
    left, top = (side - area[0]) // 2, (side - area[1]) // 2
    edge = max(1, size // 16)
    return (
        turned.crop((left, top, left + area[0], top + area[1])),
        turned.crop((left - edge, top - edge, left - edge + area[0], top - edge + area[1])),
    )


def _with_band(picture: Image.Image, text: str, size: int) -> Image.Image:
    """The picture with a plain line of the same text below it, so that nothing of it is hidden there."""
    while size > 9 and _font(size).getlength(text) > picture.width - size:
        size -= 1
    height = round(size * 1.8)
    whole = Image.new("RGB", (picture.width, picture.height + height), "white")
    whole.paste(picture, (0, 0))
    ImageDraw.Draw(whole).text((size // 2, picture.height + size // 4), text, fill=(60, 60, 60), font=_font(size))
    return whole


@cache
def _font(size: int) -> ImageFont.FreeTypeFont | ImageFont.ImageFont:
    file = _font_file()
    return ImageFont.truetype(file, size) if file else ImageFont.load_default(size)


@cache
def _font_file() -> str:
    """Noto Sans CJK from its package, else from Debian's place for it; else nothing."""
    try:
        from noto_cjk_sans_otc import FONT_PATH
    except ImportError:
        FONT_PATH = ""
    places = (str(FONT_PATH), "/usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc")
    return next((place for place in places if place and Path(place).is_file()), "")
