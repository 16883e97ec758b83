"""The frame of all pages, the components, and what the strict CSP asks of them."""

import re

import pytest
from django.template import Context, Template
from django.urls import reverse

from realname.paths import REPO
from realname.ui.steps import progress

PAGES = sorted(path for path in (REPO / "templates").rglob("*.html") if "unfold" not in path.parts)


@pytest.mark.parametrize("path", PAGES, ids=lambda path: str(path.relative_to(REPO / "templates")))
def test_template_keeps_the_csp(path):
    """No inline style, script or handler, nothing from another origin."""
    html = path.read_text()
    assert not re.search(r"<style|\sstyle=|javascript:|\son[a-z]+=", html)
    assert not re.search(r"<script(?![^>]*\ssrc=)", html)
    assert not re.search(r"""(?:src|href|action)=["'](?:https?:)?//""", html)


def test_stylebook_shows_every_component(client, settings):
    """In development."""
    settings.DEVELOPMENT = True
    html = client.get(reverse("ui:stylebook")).content.decode()
    for part in ("field", "steps", "badge", "notice", "panel", "facts", "timeline", "checks", "photos", "capture", "inbox"):
        assert f'class="{part}' in html, part


def test_stylebook_is_not_there_in_production(client, settings):
    """404, as any address that does not exist."""
    settings.DEVELOPMENT = False
    assert client.get(reverse("ui:stylebook")).status_code == 404


@pytest.mark.parametrize("shown", [True, False])
def test_sandbox_says_so_on_every_page(client, settings, shown):
    """And only where it is one."""
    settings.SANDBOX = shown
    assert (b"sandbox-banner" in client.get("/no-such-page").content) is shown


def test_language_is_switched_without_javascript(client):
    """The form in the header leads back to the same page in the other language."""
    html = client.get("/no-such-page?a=1").content.decode()
    assert 'name="next" value="/no-such-page?a=1"' in html
    response = client.post(reverse("set_language"), {"language": "en", "next": "/no-such-page?a=1"})
    assert response["Location"] == "/no-such-page?a=1"
    assert '<html lang="en"' in client.get("/no-such-page").content.decode()


def test_progress_marks_the_current_step():
    """Done steps may be gone back to, later ones not."""
    way = progress(["A", "B", "C"], number=2, urls=["/a", "/b"])
    assert [(step.state, step.url) for step in way.steps] == [("done", "/a"), ("current", ""), ("todo", "")]
    html = Template('{% include "components/steps.html" %}').render(Context({"progress": way}))
    assert html.count('aria-current="step"') == 1


@pytest.mark.parametrize(("code", "tone"), [("passed", "good"), ("failed", "bad"), ("warn", "warn"), ("strange", "neutral")])
def test_badge_wears_the_tone_of_its_result(code, tone):
    """A result's code is enough."""
    html = Template("{% load ui %}{% badge label code %}").render(Context({"label": "<x>", "code": code}))
    assert f'class="badge tone--{tone}"' in html
    assert "&lt;x&gt;" in html


def test_personal_values_are_masked():
    """P-ALL-1: the filters show less than they are given, and nothing for nothing."""
    source = "{% load ui %}{{ name|masked_name }}|{{ id|masked_id }}|{{ phone|masked_phone }}|{{ none|masked_name }}"
    values = {"name": "张三丰", "id": "110101199003070038", "phone": "13800138000", "none": None}
    name, number, phone, nothing = Template(source).render(Context(values)).split("|")
    assert (name, phone, nothing) == ("张*丰", "138****8000", "")
    assert "19900307" not in number


def test_notice_escapes_its_title_and_keeps_its_markup():
    """The block is markup of ours, the title is text."""
    html = Template('{% load ui %}{% notice tone="bad" title=title %}<p>x</p>{% endnotice %}').render(Context({"title": "<b>"}))
    assert 'class="notice tone--bad"' in html
    assert "&lt;b&gt;" in html
    assert "<p>x</p>" in html


@pytest.mark.parametrize("ended", [True, False])
def test_live_part_asks_until_it_has_ended(ended):
    """P-REG-8: the status renews itself, and stops when there is nothing more to come."""
    source = "{% load ui %}{% live url=url ended=ended %}<p>x</p>{% endlive %}"
    html = Template(source).render(Context({"ended": ended, "url": "/status?seen=a&b"}))
    assert ('hx-get="/status?seen=a&amp;b"' in html) is not ended
    assert "<p>x</p>" in html
