"""Specimen resident ID cards and photographs of them, drawn by the project and marked SPECIMEN.

They exist to try and to test the product. The marking cannot be switched off, the emblem is a plain
shape, and the people are invented.
"""

from demo.specimens.card import IdCard, check_digit
from demo.specimens.draw import CARD_SIZE, draw_back, draw_front
from demo.specimens.fonts import FontMissing
from demo.specimens.photograph import CONDITIONS, SELFIE_CONDITIONS, photograph, selfie, to_jpeg
from demo.specimens.portrait import crop_portrait, crop_selfie

__all__ = [
    "CARD_SIZE",
    "CONDITIONS",
    "SELFIE_CONDITIONS",
    "FontMissing",
    "IdCard",
    "check_digit",
    "crop_portrait",
    "crop_selfie",
    "draw_back",
    "draw_front",
    "photograph",
    "selfie",
    "to_jpeg",
]
