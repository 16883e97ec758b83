"""Translations are compiled without the gettext programs, which a bare machine lacks."""

import gettext
import os

from realname.ui.compile_messages import compile_messages

CATALOGUE = """
msgid ""
msgstr "Content-Type: text/plain; charset=UTF-8\\nPlural-Forms: nplurals=1; plural=0;\\n"

msgid "Your application was approved."
msgstr "您的申请已通过。"

#, fuzzy
msgid "Your application was rejected."
msgstr "您的申请已通过。"

msgid "One line."
msgid_plural "%(n)s lines."
msgstr[0] "%(n)s 条线路。"
"""


def write(folder, text=CATALOGUE):
    source = folder / "zh_Hans" / "LC_MESSAGES" / "django.po"
    source.parent.mkdir(parents=True, exist_ok=True)
    source.write_text(text, encoding="utf-8")
    return source


def test_a_catalogue_becomes_what_gettext_reads(tmp_path):
    [made] = compile_messages(write(tmp_path).parent.parent.parent)
    with made.open("rb") as file:
        translations = gettext.GNUTranslations(file)
    assert translations.gettext("Your application was approved.") == "您的申请已通过。"
    assert translations.ngettext("One line.", "%(n)s lines.", 3) == "%(n)s 条线路。"


def test_a_guess_is_left_out(tmp_path):
    """A fuzzy entry may say the opposite of what is meant."""
    write(tmp_path)
    [made] = compile_messages(tmp_path)
    with made.open("rb") as file:
        assert gettext.GNUTranslations(file).gettext("Your application was rejected.") == "Your application was rejected."


def test_only_a_changed_catalogue_is_compiled_again(tmp_path):
    source = write(tmp_path)
    [made] = compile_messages(tmp_path)
    assert compile_messages(tmp_path) == []
    later = made.stat().st_mtime + 5
    os.utime(source, (later, later))
    assert compile_messages(tmp_path) == [made]
