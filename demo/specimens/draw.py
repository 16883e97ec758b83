"""Draws both sides of a specimen card: the official layout, our own artwork, and the SPECIMEN marking."""

from collections.abc import Iterator
from dataclasses import dataclass

from PIL import Image, ImageDraw, ImageFilter, ImageFont, ImageOps

from demo.specimens.artwork import background, hills, mark_specimen, medallion, placeholder_portrait
from demo.specimens.card import IdCard
from demo.specimens.fonts import SANS, font

# 85.6 x 54.0 mm (ISO/IEC 7810 ID-1) at 304 dots an inch.
CARD_SIZE = (1024, 646)
PORTRAIT_BOX = (640, 74, 952, 458)

_LABEL = (62, 110, 158)
_INK = (28, 28, 32)
_LABEL_SIZE = 32
_LEFT, _VALUE_LEFT = 66, 172
_ADDRESS_WIDTH = PORTRAIT_BOX[0] - _VALUE_LEFT - 24


@dataclass(frozen=True)
class Style:
    """How a card is printed: its typeface (`fonts.typefaces()`), how far the print is off its place in px, the paper's pattern.

    The default is the standard's layout.
    """

    typeface: str = SANS
    off: tuple[int, int] = (0, 0)
    pattern: int = 0


class _Pen:
    """Writes on a card in its style."""

    def __init__(self, image: Image.Image, style: Style) -> None:
        self._draw, self._style = ImageDraw.Draw(image), style

    def font(self, size: int) -> ImageFont.FreeTypeFont:
        return font(size, self._style.typeface)

    def write(self, x: float, y: float, text: str, *, size: int, fill: tuple[int, int, int], anchor: str = "la") -> None:
        dx, dy = self._style.off
        self._draw.text((x + dx, y + dy), text, font=self.font(size), fill=fill, anchor=anchor)


def draw_front(card: IdCard, portrait: Image.Image | None = None, style: Style | None = None) -> Image.Image:
    """The portrait side, RGB, 1024 x 646. `portrait` is head and shoulders; None draws a plain silhouette."""
    style = style or Style()
    image = background(CARD_SIZE, seed=1 + style.pattern)
    draw = _Pen(image, style)
    _label(draw, _LEFT, 74, "姓名")
    _fitted(draw, _VALUE_LEFT, 68, card.name, size=44, width=PORTRAIT_BOX[0] - _VALUE_LEFT - 24)
    _label(draw, _LEFT, 152, "性别")
    _value(draw, _VALUE_LEFT, 149, card.sex_label)
    _label(draw, 286, 152, "民族")
    _value(draw, 388, 149, card.ethnicity)
    _draw_birth(draw, card)
    _label(draw, _LEFT, 308, "住址")
    _paragraph(draw, _VALUE_LEFT, 304, card.address, width=_ADDRESS_WIDTH, lines=4)
    _label(draw, _LEFT, 553, "公民身份号码")
    _spaced(draw, 322, 543, card.id_number, size=48, step=34)
    image.paste(_portrait(portrait), PORTRAIT_BOX[:2])
    return mark_specimen(image, note_at=((PORTRAIT_BOX[0] + PORTRAIT_BOX[2]) // 2, 494))


def draw_back(card: IdCard, style: Style | None = None) -> Image.Image:
    """The emblem side, RGB, 1024 x 646."""
    style = style or Style()
    image = background(CARD_SIZE, seed=2 + style.pattern)
    hills(image)
    medallion(image, centre=(164, 166), radius=92)
    draw = _Pen(image, style)
    _spaced(draw, 318, 66, "中华人民共和国", size=66, step=88)
    _spaced(draw, 318, 170, "居民身份证", size=86, step=122)
    _label(draw, 208, 456, "签发机关", fill=_INK)
    _paragraph(draw, 386, 452, card.authority, width=520, lines=2, centre_on=475)
    _label(draw, 208, 554, "有效期限", fill=_INK)
    _value(draw, 386, 551, card.validity_label)
    return mark_specimen(image, note_at=(164, 312))


def _draw_birth(draw: _Pen, card: IdCard) -> None:
    _label(draw, _LEFT, 230, "出生")
    _value(draw, _VALUE_LEFT, 227, str(card.birth.year))
    _label(draw, 268, 230, "年")
    _value(draw, 330, 227, str(card.birth.month), anchor="ma")
    _label(draw, 366, 230, "月")
    _value(draw, 432, 227, str(card.birth.day), anchor="ma")
    _label(draw, 466, 230, "日")


def _label(draw: _Pen, x: int, y: int, text: str, *, fill: tuple[int, int, int] = _LABEL) -> None:
    draw.write(x, y, text, size=_LABEL_SIZE, fill=fill)


def _value(draw: _Pen, x: int, y: int, text: str, *, size: int = 36, anchor: str = "la") -> None:
    draw.write(x, y, text, size=size, fill=_INK, anchor=anchor)


def _fitted(draw: _Pen, x: int, y: int, text: str, *, size: int, width: int) -> None:
    """One line, made smaller until it fits; cards do the same with long names."""
    fitting = next((s for s in range(size, 15, -1) if draw.font(s).getlength(text) <= width), 16)
    lines = list(wrap(text, width=width, font=draw.font(fitting)))
    for number, line in enumerate(lines[:2]):
        _value(draw, x, y + (size - fitting) // 2 + number * (fitting + 4), line, size=fitting)


def _spaced(draw: _Pen, x: int, y: int, text: str, *, size: int, step: int) -> None:
    """Characters on a fixed pitch, as the number and the title are printed."""
    for position, character in enumerate(text):
        _value(draw, x + position * step + step // 2, y, character, size=size, anchor="ma")


def _paragraph(draw: _Pen, x: int, y: int, text: str, *, width: int, lines: int, centre_on: int | None = None) -> None:
    """Text wrapped at `width`, in a smaller size if it needs more than `lines` lines."""
    size = next((s for s in range(36, 13, -2) if len(list(wrap(text, width=width, font=draw.font(s)))) <= lines * 36 // s), 14)
    wrapped = list(wrap(text, width=width, font=draw.font(size)))
    pitch = size + 16 if size == 36 else size + 8
    if centre_on is not None:
        y = centre_on - pitch * len(wrapped) // 2
    for number, line in enumerate(wrapped):
        _value(draw, x, y + number * pitch, line, size=size)


def wrap(text: str, *, width: int, font: ImageFont.FreeTypeFont) -> Iterator[str]:
    """Lines of `text` no wider than `width` pixels, broken between any two characters as on the card."""
    line = ""
    for character in text:
        if line and font.getlength(line + character) > width:
            yield line
            line = ""
        line += character
    yield line


def _portrait(portrait: Image.Image | None) -> Image.Image:
    size = (PORTRAIT_BOX[2] - PORTRAIT_BOX[0], PORTRAIT_BOX[3] - PORTRAIT_BOX[1])
    if portrait is None:
        return placeholder_portrait(size)
    fitted = ImageOps.fit(portrait.convert("RGB"), size, Image.Resampling.LANCZOS, centering=(0.5, 0.3))
    # Printed portraits are a little softer and paler than the photograph they came from.
    softened = fitted.filter(ImageFilter.GaussianBlur(0.6))
    return Image.blend(softened, Image.new("RGB", size, (238, 240, 244)), 0.08)
