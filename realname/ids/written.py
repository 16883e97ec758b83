"""How numbers of documents are brought into their one written form, before anybody asks whether they can exist."""

import re
import unicodedata

SEPARATORS = re.compile(r"[\s\-\u2010-\u2015\u2212]+")
# Longer input is no number of a document, and is not worth normalising.
LONGEST_INPUT = 64


def compact(text: str) -> str:
    """Full-width to ASCII (NFKC), without blanks and hyphens, in capitals. Says nothing about validity; done twice it is the same."""
    folded = SEPARATORS.sub("", unicodedata.normalize("NFKC", text[: LONGEST_INPUT + 1]).upper())
    return SEPARATORS.sub("", unicodedata.normalize("NFKC", folded))[: LONGEST_INPUT + 1]
