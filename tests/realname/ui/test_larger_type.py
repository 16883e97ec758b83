"""Larger type is chosen, remembered and left again without JavaScript, and never leads off the site (R-34)."""

import re

import pytest
from django.urls import reverse

from realname.paths import REPO


def choose(client, kind: str, target: str = "/somewhere?step=2"):
    return client.post(reverse("ui:larger_type"), {"type": kind, "next": target})


def test_choice_is_kept_and_leads_back(client):
    """The cookie lasts a year and is out of reach of scripts."""
    response = choose(client, "large")
    assert (response.status_code, response["Location"]) == (302, "/somewhere?step=2")
    cookie = response.cookies["type"]
    assert (cookie.value, cookie["max-age"], cookie["httponly"], cookie["samesite"]) == ("large", 31536000, True, "Lax")


def test_page_is_marked_only_while_chosen(client):
    """The class that enlarges the root is on the page, and gone after switching back."""
    assert b"type-large" not in client.get("/no-such-page").content
    choose(client, "large")
    assert b'class="type-large"' in client.get("/no-such-page").content
    choose(client, "normal")
    assert b"type-large" not in client.get("/no-such-page").content


@pytest.mark.parametrize("_case", ["https://elsewhere.example/", "//elsewhere.example/", "javascript:alert(1)", "", "/\\elsewhere.example"])
def test_never_leads_off_the_site(client, _case):
    """A foreign address is answered with the front page."""
    assert choose(client, "large", _case)["Location"] == "/"


def test_looking_is_not_choosing(client):
    """GET changes nothing."""
    response = client.get(reverse("ui:larger_type"))
    assert response.status_code == 405
    assert "type" not in response.cookies


def test_type_grows_with_the_root():
    """No sheet sets a type size in px, so the enlarged root enlarges all text."""
    for sheet in (REPO / "static/css").glob("*.css"):
        assert not re.findall(r"font(?:-size)?:[^;]*\d(?:px)", sheet.read_text()), sheet.name
    css = (REPO / "static/css/site.css").read_text()
    assert "html { font-size: calc(100% * var(--type-scale))" in css
    large, largest = (float(re.search(rf"html\.{name} \{{ --type-scale: ([\d.]+)", css)[1]) for name in ("type-large", "type-largest"))
    assert 1.25 <= large < largest


def test_the_button_leads_through_three_sizes_and_back(client):
    """Normal, large, largest, normal; anything else is the normal one."""
    sizes = []
    for _ in range(3):
        page = client.get("/no-such-page").content.decode()
        following = re.search(r'name="type" value="(\w+)"', page)[1]
        choose(client, following)
        sizes.append((following, re.search(r'class="(type-\w+)"', client.get("/no-such-page").content.decode())))
    assert [(name, found and found[1]) for name, found in sizes] == [("large", "type-large"), ("largest", "type-largest"), ("normal", None)]
    choose(client, 'x" onload="')
    assert b"type-" not in re.search(rb"<html[^>]*>", client.get("/no-such-page").content)[0]
