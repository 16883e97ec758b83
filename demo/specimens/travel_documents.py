"""Specimen passports and travel permits: made-up people of the made-up state UTO (ICAO Doc 9303-3), our own layout, marked SPECIMEN."""

import random
from dataclasses import dataclass
from datetime import date, timedelta

from PIL import Image, ImageDraw, ImageFont, ImageOps

from demo.specimens.artwork import background, mark_specimen, placeholder_portrait
from demo.specimens.fonts import font, machine_font
from realname.ids.mrz import FILLER, check_digit

PAGE_SIZE = (1240, 873)  # px; ID-3, 125 x 88 mm (Doc 9303-4), about 252 dots an inch
PERMIT_SIZE = (1024, 646)  # ID-1

_INK, _LABEL = (28, 28, 32), (84, 96, 120)
_SURNAMES = ("ERIKSSON", "DE VRIES", "OKONKWO", "SAINT MARTIN", "KOWALSKA", "TANAKA", "MUELLER", "NGUYEN")
_GIVEN = ("ANNA MARIA", "LARS", "CHIDI", "JEAN PIERRE", "ZOFIA", "HARUKA", "JUERGEN", "THI HOA")
_CHINESE = (("CHAN", "TAI MAN"), ("LEE", "SIU MING"), ("WONG", "KA YAN"), ("LIN", "CHIH HAO"))


@dataclass(frozen=True)
class Traveller:
    """What one travel document says; `number` is of at most nine characters."""

    surname: str
    given_names: str
    number: str
    birth: date
    sex: str
    valid_from: date
    valid_to: date
    state: str = "UTO"

    @classmethod
    def passport(cls, seed: int | str = 0, **fields) -> "Traveller":
        """An invented foreigner with a passport of UTO, the same for the same arguments."""
        rng = random.Random(f"passport:{seed}")
        letters = "".join(rng.choice("ABCDEFGHJKLMNPRSTUVWXYZ") for _ in range(rng.choice((1, 2))))
        number = letters + "".join(rng.choice("0123456789") for _ in range(9 - len(letters)))
        return cls(
            **{**_somebody(rng, years=10), "surname": rng.choice(_SURNAMES), "given_names": rng.choice(_GIVEN), "number": number, **fields}
        )

    @classmethod
    def permit(cls, seed: int | str = 0, **fields) -> "Traveller":
        """An invented holder of a travel permit for Hong Kong or Macao residents."""
        rng = random.Random(f"permit:{seed}")
        surname, given = rng.choice(_CHINESE)
        number = rng.choice("HM") + "".join(rng.choice("0123456789") for _ in range(8))
        somebody = _somebody(rng, years=10)
        return cls(**{**somebody, "surname": surname, "given_names": given, "number": number, **fields})

    @property
    def name(self) -> str:
        """Surname, then given names."""
        return f"{self.surname} {self.given_names}"

    @property
    def sex_letter(self) -> str:
        """As zones have it."""
        return "M" if self.sex == "male" else "F"


def passport_zone(who: Traveller) -> tuple[str, str]:
    """The two lines of a passport (Doc 9303-4, 4.2.2)."""
    first = f"P{FILLER}{who.state:<3}{who.surname}{FILLER * 2}{who.given_names}".replace(" ", FILLER).ljust(44, FILLER)[:44]
    number, birth, end, rest = _digit(who.number.ljust(9, FILLER)), _digit(_day(who.birth)), _digit(_day(who.valid_to)), _digit(FILLER * 14)
    second = f"{number}{who.state.ljust(3, FILLER)}{birth}{who.sex_letter}{end}{rest}"
    return first, second + check_digit(number + birth + end + rest)


def permit_zone(who: Traveller, *, renewals: int = 1) -> tuple[str, str, str]:
    """The three lines of a travel permit (`realname.ids.mrz`)."""
    number, times = _digit(who.number.ljust(9, FILLER)), _digit(f"{renewals:02d}")
    first = f"CR{number}{times}{_digit(_day(who.valid_to))}{who.sex_letter}{_digit(_day(who.birth))}"
    held = _digit(FILLER * 9)
    century = {18: "A", 19: "B", 20: "C"}[who.birth.year // 100]
    second = f"{FILLER * 18}{century}{held}" + check_digit(first[2:22] + first[23:30] + held)
    third = f"{who.surname}{FILLER * 2}{who.given_names}".replace(" ", FILLER).ljust(30, FILLER)[:30]
    return first, second, third


def draw_passport(who: Traveller, portrait: Image.Image | None = None) -> Image.Image:
    """The data page, RGB, 1240 x 873."""
    image = background(PAGE_SIZE, seed=5)
    draw = ImageDraw.Draw(image)
    _text(draw, 60, 40, "PASSPORT  UTOPIA", size=44)
    _text(draw, 900, 50, f"P   {who.state}   {who.number}", size=32)
    box = (60, 130, 390, 570)
    image.paste(_portrait(portrait, (box[2] - box[0], box[3] - box[1])), box[:2])
    rows = (
        ("Surname", who.surname), ("Given names", who.given_names), ("Nationality", "UTOPIAN"), ("Date of birth", f"{who.birth:%d %m %Y}"),
        ("Sex", who.sex_letter), ("Date of issue", f"{who.valid_from:%d %m %Y}"), ("Date of expiry", f"{who.valid_to:%d %m %Y}"),
    )  # fmt: skip
    for row, (label, value) in enumerate(rows):
        _text(draw, 440, 130 + row * 72, label, size=22, fill=_LABEL)
        _text(draw, 440, 154 + row * 72, value, size=34)
    marked = mark_specimen(image, note_at=(225, 612))
    _zone(marked, passport_zone(who), top=690, left=52, pitch=26)
    return marked


def draw_permit_back(who: Traveller) -> Image.Image:
    """The side with the zone, RGB, 1024 x 646."""
    image = background(PERMIT_SIZE, seed=7)
    _text(ImageDraw.Draw(image), 60, 60, "UTOPIA  TRAVEL PERMIT", size=40)
    marked = mark_specimen(image, note_at=(780, 240))
    _zone(marked, permit_zone(who), top=400, left=52, pitch=31)
    return marked


def _somebody(rng: random.Random, *, years: int) -> dict:
    birth = date(1955, 1, 1) + timedelta(days=rng.randrange(18000))
    begin = date(rng.randint(2021, 2025), rng.randint(1, 12), rng.randint(1, 28))
    return {"birth": birth, "sex": rng.choice(("male", "female")), "valid_from": begin, "valid_to": begin.replace(year=begin.year + years)}


def _digit(field: str) -> str:
    return field + check_digit(field)


def _day(day: date) -> str:
    return f"{day:%y%m%d}"


def _text(draw: ImageDraw.ImageDraw, x: int, y: int, text: str, *, size: int, fill: tuple[int, int, int] = _INK) -> None:
    draw.text((x, y), text, font=font(size), fill=fill)


def _zone(image: Image.Image, lines: tuple[str, ...], *, top: int, left: int, pitch: int) -> None:
    """Lines on a fixed pitch; ten characters an inch and three to six lines (Doc 9303-3, 4.2)."""
    draw = ImageDraw.Draw(image)
    letter: ImageFont.FreeTypeFont = machine_font(round(pitch * 1.5))
    for row, line in enumerate(lines):
        for place, character in enumerate(line):
            draw.text((left + place * pitch + pitch // 2, top + row * round(pitch * 2.5)), character, font=letter, fill=_INK, anchor="ma")


def _portrait(portrait: Image.Image | None, size: tuple[int, int]) -> Image.Image:
    if portrait is None:
        return placeholder_portrait(size)
    return ImageOps.fit(portrait.convert("RGB"), size, Image.Resampling.LANCZOS, centering=(0.5, 0.3))
