"""Reviewers read words, not codes."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.utils.translation import override

from verification.desk.words import finding_in_words


@pytest.mark.parametrize(
    "source", [f"verification/engines/{name}.py" for name in ("quality", "document/recapture", "face/quality", "face/one_face")]
)
def test_every_finding_of_the_engines_has_words(source):
    """A new code gets its words in verification/desk/words.py."""
    text = (Path(settings.BASE_DIR) / source).read_text(encoding="utf-8")
    codes = set(re.findall(r'(?:_finding\(\s*|_share\(\s*|code=)"([a-z_]+)"', text))
    assert not {code for code in codes if finding_in_words(code) == code}


@pytest.mark.parametrize(
    "code, words",
    [
        ("name_differs", "Name differs"),
        ("id_number_doubtful", "ID number read with doubt"),
        ("birth_contradicts_number", "Date of birth contradicts the ID number"),
        ("document_front:glare", "Document, first photograph: Glare"),
        ("NO_RECORD", "The source has no record of this ID number"),
        ("something_new", "something_new"),
    ],
)
def test_words_of_codes(code, words):
    """Of fields, of sides, of sources; a code without words stays itself."""
    with override("en"):
        assert finding_in_words(code) == words
