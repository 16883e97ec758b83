"""The command line reads the policy and has no verb that changes it."""

import json

import pytest
from django.core.management import CommandError, call_command

from realname.policy.models import PolicyVersion
from tests.factories import policy as make

pytestmark = pytest.mark.django_db


def said(capsys, *args: str) -> str:
    call_command("policy", *args)
    return capsys.readouterr().out


def test_shows_what_acts_and_what_another_version_had(limit, capsys):
    make.published({"test.limit": 3})
    assert said(capsys, "show") == "version 1\ntest.limit = 3\n"
    assert json.loads(said(capsys, "show", "--version-number", "0", "--json")) == {"version": 0, "values": {"test.limit": 5}}


def test_tells_history_and_difference(limit, capsys):
    make.published({"test.limit": 3}, note="Stricter.")
    make.published({"test.limit": 4}, note="Milder.")
    told = said(capsys, "history").splitlines()
    assert told[0].endswith("drafter, publisher: Milder.")
    assert told[1] == "    test.limit: 3 → 4"
    assert said(capsys, "diff", "0", "2") == "test.limit: 5 → 4\n"


def test_a_version_that_is_none_is_said(limit):
    with pytest.raises(CommandError, match="no version"):
        call_command("policy", "diff", "0", "9")


@pytest.mark.parametrize("verb", ["set", "publish", "import"])
def test_nothing_is_set_from_the_command_line(limit, verb):
    """R-29: no way past two people."""
    with pytest.raises(CommandError):
        call_command("policy", verb, "test.limit", "3")
    assert not PolicyVersion.objects.exists()
