"""P-REG-1: names as on the document."""

import pytest
from hypothesis import given

from realname.ids.names import MESSAGES, InvalidName, normalise, same_name

from .strategies import awkward


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("张三", "张三"),
        (" 张　三\n", "张三"),
        ("𠮷田", "𠮷田"),
        ("王\U00030edd", "王\U00030edd"),
        ("〇王", "〇王"),
        ("買買提", "買買提"),
        ("John  Smith", "John Smith"),
        ("Ｊｏｈｎ Ｓｍｉｔｈ", "John Smith"),
        ("José Ñúñez", "José Ñúñez"),
        ("O’Neill-Smith", "O'Neill-Smith"),
        ("John Q. Smith Jr.", "John Q. Smith Jr."),
    ],
)
def test_keeps_the_name_and_evens_its_writing(text, name):
    assert normalise(text) == name


@pytest.mark.parametrize("dot", ["·", "•", "‧", "・", ".", "．", "･", " · "])
def test_every_middle_dot_becomes_one(dot):
    assert normalise(f"买买提{dot}吐尔逊") == "买买提·吐尔逊"


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" 　\n", "empty"),
        ("张", "too_short"),
        ("张" * 31, "too_long"),
        ("张" * 100_000, "too_long"),
        ("张三1", "characters"),
        ("张三😀", "characters"),
        ("<b>张三</b>", "characters"),
        ("张三;", "characters"),
        ("·张三", "characters"),
        ("张三·", "characters"),
        ("张··三", "characters"),
        ("Иван Петров", "characters"),
        ("张\ue000", "characters"),
        ("张\u202e三", "control_characters"),
        ("张\u200b三", "control_characters"),
        ("张\ufeff三", "control_characters"),
        ("张\u0000三", "control_characters"),
        ("张\u2066三", "control_characters"),
        ("张\n三", "control_characters"),
        ("张\ud800三", "control_characters"),
    ],
)
def test_refuses(text, code):
    with pytest.raises(InvalidName) as caught:
        normalise(text)
    assert caught.value.code == code


def test_thirty_characters_are_accepted():
    assert len(normalise("张" * 30)) == 30


def test_writing_makes_no_other_name():
    assert same_name("买买提•吐尔逊", " 买买提．吐尔逊")
    assert same_name("张 三", "张三")
    assert same_name("JOHN SMITH", "Ｊｏｈｎ  Smith")


def test_other_characters_make_another_name():
    assert not same_name("张三", "张山")
    assert not same_name("買買提", "买买提")
    assert not same_name("买买提吐尔逊", "买买提·吐尔逊")
    assert not same_name("", " ")


@given(awkward)
def test_any_text_is_read_or_refused_by_name_and_normalising_twice_changes_nothing(text):
    try:
        once = normalise(text)
    except InvalidName as error:
        assert error.code in MESSAGES
    else:
        assert normalise(once) == once
        assert same_name(text, once)


@given(awkward, awkward)
def test_comparing_never_raises_and_has_no_direction(a, b):
    assert same_name(a, b) == same_name(b, a)
