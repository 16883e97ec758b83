"""Cleaning of typed text: what people paste is seldom what they see."""

import unicodedata

# Unicode 15 Bidi_Control: they make text read other than it is stored.
BIDI_CONTROLS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
# Invisible, and without meaning in Chinese or English: soft hyphen, zero-width space, (non-)joiner, word joiner, BOM.
INVISIBLE = frozenset("\u00ad\u200b\u200c\u200d\u2060\ufeff")


class BidiControl(ValueError):
    """The text carries characters that change its reading direction."""


def clean_text(text: str, *, compatible: bool = True, lines: bool = False) -> str:
    """Text without controls and invisible characters, runs of space made one, in NFKC (`compatible`) or NFC.

    NFKC turns full-width letters and digits into plain ones: right for names, numbers and codes; free text such as an
    address keeps its full-width punctuation with `compatible=False`. `lines` keeps line breaks.
    Raises BidiControl: such a character is never typed by accident, and removing it would hide an attempt to deceive.
    """
    if not BIDI_CONTROLS.isdisjoint(text):
        raise BidiControl
    text = unicodedata.normalize("NFKC" if compatible else "NFC", text)
    if not lines:
        return " ".join(_visible(text).split())
    kept = [" ".join(_visible(line).split()) for line in text.splitlines()]
    return "\n".join(kept).strip("\n")


def _visible(text: str) -> str:
    """The text with each control as a space (a tab or line break separates words) and invisible characters gone."""
    kept = (character for character in text if character not in INVISIBLE)
    return "".join(" " if unicodedata.category(character) == "Cc" else character for character in kept)
