"""The notices say what is so, in the words of those who read them (R-27)."""

import re

import pytest
from django.utils import translation

from realname.paths import REPO
from registration.errors import MESSAGES
from registration.notices import FACE, NOTICES
from registration.policy import OBJECTION_DAYS
from registration.web.findings import FINDINGS, REFUSALS
from registration.web.standing import HEADS

OUR_NUMBERS = re.compile(r"\b(?:R-\d|P-[A-Z]{3}-\d)")


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_no_text_for_the_person_carries_our_own_numbers(language):
    """What a requirement is called here means nothing to them."""
    heads = [text for head in HEADS.values() for text in head[1:]]
    notices = [text for notice in NOTICES.values() for text in (notice.title, *notice.paragraphs)]
    with translation.override(language):
        said = list(map(str, [*notices, *MESSAGES.values(), *FINDINGS.values(), *REFUSALS.values(), *heads]))
    assert [text for text in said if OUR_NUMBERS.search(text)] == []


def test_no_page_of_the_person_carries_them_either():
    """Nor says that a look by a person takes as long as a machine's (R-33: the rights are equal)."""
    pages = list((REPO / "templates" / "registration").rglob("*.html"))
    assert pages
    assert [page.name for page in pages if OUR_NUMBERS.search(page.read_text()) or "same time" in page.read_text()] == []


def test_the_days_that_the_notice_promises_can_not_be_exceeded_by_policy():
    """R-35."""
    with translation.override("en"):
        promised = re.search(r"at the latest (\d+) days", " ".join(map(str, FACE.paragraphs)))
    assert OBJECTION_DAYS.maximum == int(promised.group(1))


@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_the_way_without_face_says_how_long_it_takes(client, language):
    """R-33: on the first page, on the page of consent and in the notice."""
    words = {"en": "within one working day", "zh-hans": "一个工作日"}[language]
    for page in ("/", "/register/consent", "/notices/face"):
        assert words in client.get(page, headers={"accept-language": language}).content.decode(), page
