"""R-31: the copy of one's data can be read by a person: words for names, lists as lists."""

from datetime import UTC, date, datetime

import pytest
from django.template.loader import render_to_string

from registration.export.gather import gather
from registration.export.page import Shown, shown
from registration.export.words import WORDS
from tests.factories.registration import complete


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),
        ("", "–"),
        ([], "–"),
        (True, "yes"),
        (False, "no"),
        (date(1990, 1, 31), "1990-01-31"),
        (datetime(2026, 1, 31, 20, 5, tzinfo=UTC), "2026-02-01 04:05"),
        (["a", "b"], "a; b"),
        (3, "3"),
    ],
)
def test_values_are_told_in_words(value, text, settings):
    settings.LANGUAGE_CODE = "en"
    assert shown("name", value).text == text


def test_lists_of_things_are_rows_of_labelled_values():
    found = shown("lines", [{"number": "13800000000"}, {"number": "13900000000"}])
    assert [[part.text for part in row] for row in found.rows] == [["13800000000"], ["13900000000"]]


def test_a_page_escapes_what_people_entered():
    page = render_to_string("registration/export/data.html", {"sections": [Shown("x", text="<script>")], "language": "en"})
    assert "&lt;script&gt;" in page


@pytest.mark.django_db
def test_every_name_has_a_word():
    """Whoever gathers more gives it a word too."""
    application = complete()

    def names(value):
        if isinstance(value, dict):
            return set(value) | {name for inner in value.values() for name in names(inner)}
        return {name for inner in value for name in names(inner)} if isinstance(value, list) else set()

    assert names(gather(application.person)) <= set(WORDS)
