"""Which characters are letters, which are dangerous, and how full-width forms are folded. Shared by names and addresses."""

import unicodedata

# Full-width ASCII (U+FF01-FF5E) and the ideographic space. NFKC would do this too, but also turns ㎡, ½ or ﷺ into something the
# person did not write.
FULL_WIDTH = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: 0x20}

# By range and not by unicodedata: Python's tables are older than the newest extensions, and a rare character in a name must not
# be refused for that. 〇 (U+3007) is used in given names. F900-FAFF: the characters that NFC leaves there are true ideographs.
HAN_RANGES = ((0x3007, 0x3007), (0x3400, 0x4DBF), (0x4E00, 0x9FFF), (0xF900, 0xFAFF), (0x20000, 0x2FFFD), (0x30000, 0x3FFFD))

LATIN_RANGES = ((0x41, 0x5A), (0x61, 0x7A), (0xC0, 0xD6), (0xD8, 0xF6), (0xF8, 0x24F), (0x1E00, 0x1EFF))

# Cc controls, Cf formats (bidirectional marks, zero-width characters, BOM, tags), Cs lone surrogates, Zl and Zp separators.
DANGEROUS_CATEGORIES = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})


def _within(char: str, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= ord(char) <= last for first, last in ranges)


def is_han(char: str) -> bool:
    """Whether this is a Chinese character, extensions included."""
    return _within(char, HAN_RANGES)


def is_latin(char: str) -> bool:
    """Whether this is a Latin letter, with or without marks."""
    return _within(char, LATIN_RANGES)


def is_dangerous(char: str) -> bool:
    """Whether this character is invisible or reorders the text around it."""
    return unicodedata.category(char) in DANGEROUS_CATEGORIES


def fold_width(text: str) -> str:
    """Full-width ASCII to ASCII, then NFC."""
    return unicodedata.normalize("NFC", text.translate(FULL_WIDTH))
