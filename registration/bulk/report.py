"""The report on a list as a CSV file: row, code, and the sentence in both languages. It repeats nothing of the list."""

import csv
import io
from collections.abc import Iterable

from django.utils import translation

from registration.bulk.outcomes import Outcome

HEADINGS = ("row", "code", "说明", "explanation")
# what spreadsheets take for the beginning of a formula (OWASP, CSV Injection)
_FORMULA = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def report_csv(rows: Iterable[tuple[int, str]]) -> bytes:
    """In UTF-8 with a byte order mark, without which Excel takes it for the local encoding."""
    sentences = {str(outcome): [_in(language, outcome) for language in ("zh-hans", "en")] for outcome in Outcome}
    out = io.StringIO()
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows([number, code, *map(guarded, sentences.get(code, ("", "")))] for number, code in rows)
    return out.getvalue().encode("utf-8-sig")


def guarded(text: str) -> str:
    """The text so that no spreadsheet takes it for a formula."""
    return f"'{text}" if text.startswith(_FORMULA) else text


def _in(language: str, outcome: Outcome) -> str:
    with translation.override(language):
        return str(outcome.label)
