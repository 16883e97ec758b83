"""Every code that a photograph, a file or a service can come back with has a sentence for the person."""

import re
from typing import get_args

import pytest

from realname import images
from realname.ids.ethnicities import NAMES
from realname.paths import REPO
from registration.errors import MESSAGES
from registration.web.findings import FINDINGS, REFUSALS, UNKNOWN, sentence, sentences
from verification.engines import quality
from verification.engines.face import one_face
from verification.engines.face import quality as face_quality
from verification.services import read_capture


@pytest.mark.parametrize("code", get_args(images.ImageCode))
def test_every_refusal_of_a_picture_is_worded(code):
    """P-REG-7."""
    assert code in REFUSALS


@pytest.mark.parametrize("code", MESSAGES)
def test_every_refusal_of_a_service_is_worded(code):
    """No general sentence where there is a special one."""
    assert sentence(code) != UNKNOWN


def test_every_finding_of_the_engines_is_worded():
    """Read from their source: the first argument of a finding, and what the first look itself says."""
    sources = "".join((REPO / module.__file__).read_text() for module in (quality, face_quality, one_face))
    found = set(re.findall(r'(?:_finding\(|_share\(|code=)"(\w+)"', sources))
    found |= {
        code
        for code in re.findall(r'"(\w+)"', (REPO / read_capture.__file__).read_text())
        if code.startswith(("no_", "several_", "face_t", "not_a_d", "other_s"))
    }
    assert len(found) >= 20
    assert found <= set(FINDINGS)


def test_unknown_code_still_says_what_to_do():
    """And none is said twice."""
    assert sentences(["x", "y", "blur", "blur"]) == [UNKNOWN, FINDINGS["blur"]]


def test_there_are_56_ethnicities():
    """GB/T 3304-1991."""
    assert (len(NAMES), len(set(NAMES)), NAMES[0], NAMES[-1]) == (56, 56, "汉", "基诺")
