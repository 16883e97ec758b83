"""Tags and filters of every page: `{% load ui %}`."""

from django import template
from django.forms import BoundField
from django.forms.utils import ErrorList
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from realname import masking

register = template.Library()

TONES = {"neutral", "info", "good", "warn", "bad"}
# the words of checks and applications, so that a page need not repeat which result wears which colour
TONE_OF = {
    "passed": "good",
    "failed": "bad",
    "inconclusive": "warn",
    "error": "warn",
    "running": "info",
    "pending": "neutral",
    "not_applicable": "neutral",
}


@register.filter
def masked_name(value: str | None) -> str:
    """A name with its middle hidden; empty stays empty."""
    return masking.mask_name(value) if value else ""


@register.filter
def masked_id(value: str | None) -> str:
    """An ID number with its middle hidden."""
    return masking.mask_id_number(value) if value else ""


@register.filter
def masked_phone(value: str | None) -> str:
    """A phone number with its middle hidden."""
    return masking.mask_phone(value) if value else ""


@register.filter
def masked_address(value: str | None) -> str:
    """An address with its end hidden."""
    return masking.mask_address(value) if value else ""


@register.filter
def first_control(field: BoundField) -> str:
    """The id of the control an error message leads to: the field's own, or the first of several."""
    return field.id_for_label or f"{field.auto_id}_0"


@register.filter
def errors_of(form: object) -> list[tuple[str, str]]:
    """All messages of a form as (id of the control or "", sentence), the whole form's first."""
    if not getattr(form, "is_bound", False):
        return []
    rows = [("", message) for message in _messages(form.non_field_errors())]
    for field in form.visible_fields():
        rows += [(first_control(field), message) for message in _messages(field.errors)]
    for field in form.hidden_fields():
        rows += [("", message) for message in _messages(field.errors)]
    return rows


def _messages(errors: ErrorList) -> list[str]:
    return [str(message) for message in errors]


@register.filter
def tone(value: str | None) -> str:
    """The tone of a result's code; a tone stays itself, anything unknown is neutral."""
    return value if value in TONES else TONE_OF.get(str(value), "neutral")


@register.inclusion_tag("components/badge.html")
def badge(label: str, kind: str = "neutral") -> dict:
    """`{% badge check.get_status_display check.status %}`: a word in the colour of its tone or result code."""
    return {"label": label, "tone": tone(kind)}


@register.simple_block_tag
def notice(content: SafeString, tone: str = "info", title: str = "") -> SafeString:
    """`{% notice tone="warn" title=… %}…{% endnotice %}`: a coloured box with a title."""
    context = {"content": content, "tone": tone if tone in TONES else "neutral", "title": title}
    return render_to_string("components/notice.html", context)


@register.simple_block_tag
def live(content: SafeString, url: str, ended: bool = False, seconds: int = 3) -> SafeString:
    """`{% live url=… ended=… %}…{% endlive %}`: a part of the page that asks `url` for its successor until `ended`.

    The page loads `{% htmx_script %}` and puts the part in a `<div aria-live="polite">`. The view answers with the part
    alone to `request.htmx`, and with 204 where nothing changed (so that a screen reader is not told twice).
    """
    return render_to_string("components/live.html", {"content": content, "url": url, "ended": ended, "seconds": seconds})
