"""Forms speak in whole sentences of the page's language and tie each one to its field."""

import datetime as dt
import re

import pytest
from django import forms
from django.template.loader import render_to_string

from realname.ui.forms import DateField, Form, TextField
from realname.ui.widgets import CaptureInput


class Application(Form):
    """A form with a field of each kind."""

    name = TextField(label="Name", limit=5, help_text="As on the card.")
    address = TextField(label="Address", lines=True, compatible=False, required=False)
    until = DateField(label="Valid until", required=False)
    way = forms.ChoiceField(label="Way", choices=[("a", "A"), ("b", "B")], widget=forms.RadioSelect)
    agree = forms.BooleanField(label="I agree")
    photo = forms.FileField(label="Front", widget=CaptureInput(facing="environment", outline="card"))


def error(field: str, **data) -> str:
    """The code of the field's first error, or an empty string."""
    errors = Application(data, {}).errors.get_json_data()
    return errors[field][0]["code"] if field in errors else ""


def test_empty_form_says_what_each_field_needs():
    """One sentence for a text, a choice, a tick and a photograph."""
    messages = {name: errors[0]["message"] for name, errors in Application({}, {}).errors.get_json_data().items()}
    assert set(messages) == {"name", "way", "agree", "photo"}
    assert len(set(messages.values())) == 4
    assert all(message[-1] in ".。" for message in messages.values())


def test_page_is_drawn_with_labels_hints_and_errors():
    """Every control has a label; hint and error are tied to it (R-34)."""
    html = Application({}, {}).render()
    ids = set(re.findall(r'<(?:input|textarea)[^>]* id="([^"]+)"', html))
    assert {"id_name", "id_address", "id_until_0", "id_until_1", "id_until_2", "id_way_0", "id_agree", "id_photo"} <= ids
    assert ids <= set(re.findall(r'<label[^>]* for="([^"]+)"', html))
    assert 'aria-describedby="id_name_helptext id_name_error"' in html
    assert 'id="id_name_helptext"' in html
    assert 'id="id_name_error"' in html
    assert " required" not in html


def test_summary_leads_to_the_first_control_of_each_field():
    """Also where a field is several controls."""
    html = render_to_string("components/error_summary.html", {"form": Application({"until_year": "2020"}, {})})
    assert re.findall(r'href="#([^"]+)"', html) == ["id_name", "id_until_0", "id_way_0", "id_agree", "id_photo"]


def test_new_form_has_no_summary():
    """Nothing is wrong before anything is sent."""
    assert "error-summary" not in render_to_string("components/error_summary.html", {"form": Application()})


def test_text_is_cleaned_before_it_is_measured():
    """Five characters fit, however wide they were typed."""
    assert error("name", name="１２\u200b３４５ ") == ""
    assert error("name", name="123456") == "too_long"
    assert error("name", name="a\u202eb") == "bidi"
    assert error("name", name="\u200b \x00") == "required"


@pytest.mark.parametrize(
    ("parts", "code"),
    [
        (("2030", "2", "28"), ""),
        (("２０３０", "０２", "28"), ""),
        (("", "", ""), ""),
        (("2030", "", "1"), "date_incomplete"),
        (("2030", "2", "30"), "date_invalid"),
        (("2030", "13", "1"), "date_invalid"),
        (("0", "1", "1"), "date_invalid"),
        (("99999999999", "1", "1"), "date_invalid"),
        (("二〇", "1", "1"), "date_invalid"),
        (("20\u202e30", "1", "1"), "date_invalid"),
    ],
)
def test_date_of_three_parts(parts, code):
    """P-REG-1: incomplete and impossible dates are told apart."""
    assert error("until", **dict(zip(("until_year", "until_month", "until_day"), parts, strict=True))) == code


def test_date_is_cleaned_to_a_date():
    """Full-width digits are digits."""
    form = Application({"until_year": "２０３０", "until_month": "2", "until_day": "28"}, {})
    form.is_valid()
    assert form.cleaned_data["until"] == dt.date(2030, 2, 28)


def test_typed_text_is_shown_again_and_escaped():
    """What was wrong can be corrected instead of typed again."""
    html = Application({"name": '<b>"toolong'}, {})["name"].as_field_group()
    assert 'value="&lt;b&gt;&quot;toolong"' in html
