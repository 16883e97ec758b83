"""Staff read Chinese first: no list of the desk has a heading or a name that nobody translated."""

import re

import pytest
from django.contrib import admin
from django.contrib.admin.utils import label_for_field
from django.utils import translation

CHINESE = re.compile("[\u4e00-\u9fff]")
ADMINS = sorted(admin.site._registry.items(), key=lambda item: item[0]._meta.label)


@pytest.mark.parametrize(("model", "listed"), ADMINS, ids=[model._meta.label for model, _ in ADMINS])
def test_headings_of_a_list_are_chinese(model, listed):
    with translation.override("zh-hans"):
        headings = {
            name: str(label_for_field(name, model, model_admin=listed)) for name in listed.list_display if name != "action_checkbox"
        }

    assert {name: heading for name, heading in headings.items() if not CHINESE.search(heading)} == {}


@pytest.mark.parametrize("model", [model for model, _ in ADMINS], ids=[model._meta.label for model, _ in ADMINS])
def test_name_of_a_list_is_chinese(model):
    with translation.override("zh-hans"):
        assert CHINESE.search(str(model._meta.verbose_name_plural))
