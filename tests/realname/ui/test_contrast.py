"""The colour tokens can be read by everybody: WCAG 2.2, 1.4.3 (text, 4.5) and 1.4.11 (controls, 3)."""

import re

import pytest

from realname.paths import REPO

CSS = (REPO / "static/css/site.css").read_text()
COLOURS = dict(re.findall(r"--([a-z-]+):\s*(#[0-9a-f]{6});", CSS))
TONES = ("neutral", "info", "good", "warn", "bad")

TEXT = [
    ("ink", "surface"),
    ("ink", "canvas"),
    ("ink-muted", "surface"),
    ("ink-muted", "canvas"),
    ("accent", "surface"),
    ("accent", "canvas"),
    ("accent", "accent-soft"),
    ("accent-strong", "accent-soft"),
    ("on-accent", "accent"),
    ("on-accent", "accent-strong"),
    ("on-accent", "bad"),
    ("bad", "surface"),
    ("ink-muted", "neutral-soft"),
    *[(tone, f"{tone}-soft") for tone in TONES],
    *[("ink", f"{tone}-soft") for tone in TONES],
]
CONTROLS = [("control-line", "surface"), ("focus", "surface"), ("focus", "canvas"), ("accent", "surface"), ("bad", "surface")]


def luminance(colour: str) -> float:
    """Relative luminance as WCAG defines it."""
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return sum(weight * c for weight, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21."""
    dark, light = sorted((luminance(COLOURS[one]), luminance(COLOURS[other])))
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize(("ink", "ground"), TEXT)
def test_text_is_read_on_its_ground(ink, ground):
    """R-34: at least 4.5 to 1."""
    assert contrast(ink, ground) >= 4.5


@pytest.mark.parametrize(("line", "ground"), CONTROLS)
def test_controls_are_seen_on_their_ground(line, ground):
    """R-34: at least 3 to 1."""
    assert contrast(line, ground) >= 3


def test_ratio_is_computed_as_wcag_does():
    """Black on white is 21 to 1, and #767676 on white the known 4.54."""
    COLOURS.update({"t-black": "#000000", "t-white": "#ffffff", "t-grey": "#767676"})
    assert contrast("t-black", "t-white") == pytest.approx(21)
    assert contrast("t-grey", "t-white") == pytest.approx(4.54, abs=0.01)
