"""What serves people never holds the schema owner's address."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from realname.serve.child import Child, Spec
from tests.realname.serve.conftest import eventually

SHOW = (sys.executable, "-c", "import os; print('DATABASE_OWNER_URL' in os.environ, flush=True)")


def said(spec: Spec, log: Path, env: Mapping[str, str]) -> str:
    child = Child(spec, log=log, env={**os.environ, **env})
    eventually(child.has_ended)
    return log.read_text().strip()


@pytest.mark.parametrize("as_owner", [False, True])
def test_only_a_process_of_the_owner_is_given_the_owners_address(tmp_path, as_owner):
    spec = Spec("show", SHOW, as_owner=as_owner)
    assert said(spec, tmp_path / "log", {"DATABASE_OWNER_URL": "postgresql://owner@/x"}) == str(as_owner)
