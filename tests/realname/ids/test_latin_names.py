"""Doc 9303-3, 6: a name as people write it against the one of a machine-readable zone."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from realname.ids import latin_names
from realname.ids.errors import InvalidInput
from realname.ids.latin_names import letters, normalise, same


@pytest.mark.parametrize(
    ("entered", "surname", "given_names"),
    [
        ("Anna Maria Eriksson", "ERIKSSON", "ANNA MARIA"),
        ("ERIKSSON, ANNA MARIA", "ERIKSSON", "ANNA MARIA"),
        ("Jürgen Müller", "MUELLER", "JUERGEN"),
        ("Jurgen Muller", "MULLER", "JURGEN"),
        ("Jürgen Müller", "MULLER", "JURGEN"),
        ("Björn Ångström", "AANGSTROEM", "BJOERN"),
        ("Björn Ångström", "ANGSTROM", "BJORN"),
        ("Seán O'Connor", "OCONNOR", "SEAN"),
        ("Jean-Pierre Saint-Martin", "SAINT MARTIN", "JEAN PIERRE"),
        ("José Muñoz", "MUNOZ", "JOSE"),
        ("Łukasz Żółć", "ZOLC", "LUKASZ"),
        ("Weiß Groß", "GROSS", "WEISS"),
        ("Nguyễn Thị Hoà", "NGUYEN", "THI HOA"),
        ("Sukarno", "SUKARNO", ""),
    ],
)
def test_spellings_of_one_name(entered, surname, given_names):
    assert same(entered, surname, given_names)


@pytest.mark.parametrize(
    ("entered", "surname", "given_names"),
    [
        ("Anna Eriksson", "ERIKSSON", "ANNA MARIA"),
        ("Anna Maria Ericsson", "ERIKSSON", "ANNA MARIA"),
        ("Maria Anna Eriksson", "ERIKSSON", "ANNA MARIA"),
        ("陈大文", "CHAN", "TAI MAN"),
        ("", "CHAN", "TAI MAN"),
        ("---", "", ""),
    ],
)
def test_different_names_stay_different(entered, surname, given_names):
    assert not same(entered, surname, given_names)


def test_a_cut_name_need_only_begin_so():
    assert same("Papandropoulous Jonathon Alec Theodore", "PAPANDROPOULOUS", "JONATHON ALE", cut=True)
    assert not same("Papandropoulous Jonathon Alec Theodore", "PAPANDROPOULOUS", "JONATHON ALE")


@given(st.text(max_size=80))
def test_letters_are_capital_letters_only(text):
    assert all("A" <= char <= "Z" for two in (True, False) for char in letters(text, two=two))


@given(st.text(st.characters(codec="utf-8"), max_size=100))
def test_normalising_is_idempotent_or_refuses_by_name(text):
    try:
        name = normalise(text)
    except InvalidInput as invalid:
        assert str(invalid.message)
        return
    assert normalise(name) == name


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("张三", "latin"),
        ("Li 李", "latin"),
        ("A" * 81, "too_long"),
        ("", "empty"),
        ("A\u202eB", "control_characters"),
        ("A1", "characters"),
    ],
)
def test_refusals_have_names(text, code):
    with pytest.raises(latin_names.InvalidLatinName) as caught:
        normalise(text)
    assert caught.value.code == code
