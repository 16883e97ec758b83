"""The Chinese catalogue says everything the code says, and nothing that would break a page: what `msgfmt --check` looks for, and more."""

import ast
import re
from pathlib import Path

import polib
import pytest
from django.utils.translation.template import templatize

from realname.paths import REPO

APPS = ("realname", "registration", "risk", "verification", "changes", "monitoring", "demo", "sandbox")
# which arguments of a call are texts: the singular and the plural
CALLS = {
    "_": (0,), "gettext": (0,), "gettext_lazy": (0,), "gettext_noop": (0,), "ngettext": (0, 1), "ngettext_lazy": (0, 1),
    "pgettext": (1,), "pgettext_lazy": (1,),
}  # fmt: skip
PLACEHOLDER = re.compile(r"%\(\w+\)[\d.]*[sdf]|%%|%[sdf]")
# what templatize makes of {% translate %} and {% blocktranslate %}
IN_TEMPLATE = re.compile(r"""\b(?:n?gettext|_)\((?:u?'((?:[^'\\]|\\.)*)'|u?"((?:[^"\\]|\\.)*)")""")


@pytest.fixture(scope="module")
def catalogue() -> polib.POFile:
    """What people wrote."""
    return polib.pofile(str(REPO / "locale/zh_Hans/LC_MESSAGES/django.po"))


def texts_of_code(path: Path) -> set[str]:
    """The first text of each call that translates."""
    found = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in CALLS:
            place = CALLS[node.func.id][0]
            if len(node.args) > place and isinstance(text := node.args[place], ast.Constant) and isinstance(text.value, str):
                found.add(text.value)
    return found


def texts_of_template(path: Path) -> set[str]:
    """The first text of each tag that translates."""
    source = templatize(path.read_text(encoding="utf-8"), origin=str(path))
    return {ast.literal_eval(f'"""{single or double}"""') for single, double in IN_TEMPLATE.findall(source)}


def test_every_text_has_its_translation(catalogue):
    """P-REG-8: nobody meets a sentence in the other language."""
    said: set[str] = set()
    for app in APPS:
        for path in (REPO / app).rglob("*.py"):
            said |= texts_of_code(path)
    for path in (REPO / "templates").rglob("*.html"):
        said |= texts_of_template(path)
    assert len(said) > 1000
    assert sorted(said - {entry.msgid for entry in catalogue} - {""}) == []


def test_nothing_is_guessed_or_left_open(catalogue):
    """No fuzzy entry, none without its Chinese, none twice, none of a test's."""
    assert [entry.msgid for entry in catalogue.fuzzy_entries()] == []
    assert [entry.msgid for entry in catalogue.untranslated_entries()] == []
    keys = [(entry.msgctxt, entry.msgid) for entry in catalogue]
    assert sorted({str(key) for key in keys if keys.count(key) > 1}) == []
    assert [entry.msgid for entry in catalogue if any(place.startswith("tests/") for place, _ in entry.occurrences)] == []


def test_placeholders_are_the_same(catalogue):
    """One that is missing hides a fact; one too many is an error on the page."""
    wrong = []
    for entry in catalogue:
        wanted = {match.group() for text in (entry.msgid, entry.msgid_plural) for match in PLACEHOLDER.finditer(text)}
        for text in entry.msgstr_plural.values() or [entry.msgstr]:
            if "format" in " ".join(entry.flags) and {match.group() for match in PLACEHOLDER.finditer(text)} != wanted:
                wrong.append(entry.msgid)
    assert wrong == []


def test_each_plural_has_the_one_form_chinese_has(catalogue):
    """And each sentence begins and ends its lines as the original does."""
    assert catalogue.metadata["Plural-Forms"] == "nplurals=1; plural=0;"
    assert [entry.msgid for entry in catalogue if entry.msgid_plural and set(entry.msgstr_plural) != {0}] == []
    assert [
        entry.msgid
        for entry in catalogue
        for text in entry.msgstr_plural.values() or [entry.msgstr]
        if (entry.msgid.startswith("\n"), entry.msgid.endswith("\n")) != (text.startswith("\n"), text.endswith("\n"))
    ] == []
