"""What the product imports is what the lock for running it installs; tools for development are not there on a bare machine."""

import ast
import re
import sys
from importlib.metadata import packages_distributions

import pytest

from realname.paths import REPO

# its own list of modules leaves the one out that is imported
UNLISTED = {"dlib": ["dlib-bin"]}
TREES = ("realname", "registration", "risk", "verification", "changes", "monitoring", "demo", "sandbox")


def normal(name: str) -> str:
    """A distribution's name as the index compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def imported(tree: str) -> dict[str, str]:
    """Top-level modules a tree imports, each with one file that does."""
    found = {}
    for file in (REPO / tree).rglob("*.py"):
        for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"))):
            names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
            if isinstance(node, ast.ImportFrom) and node.module and not node.level:
                names = [node.module]
            found |= {name.split(".")[0]: str(file.relative_to(REPO)) for name in names}
    return found


@pytest.mark.parametrize("tree", TREES)
def test_every_import_is_in_the_lock_for_running(tree):
    lock = (REPO / "requirements" / "base.txt").read_text()
    locked = {normal(name) for name in re.findall(r"^([A-Za-z0-9._-]+)==", lock, re.MULTILINE)}
    carriers = UNLISTED | packages_distributions()
    missing = {
        name: file
        for name, file in imported(tree).items()
        if name not in sys.stdlib_module_names
        and not (REPO / name).is_dir()
        and not {normal(carrier) for carrier in carriers.get(name, [name])} & locked
    }
    assert missing == {}


def test_every_lock_pins_by_hash_and_names_no_index():
    for name in ("build.txt", "base.txt", "dev.txt"):
        text = (REPO / "requirements" / name).read_text()
        pins = re.findall(r"^[A-Za-z0-9._\[\]-]+==\S+ \\$", text, re.MULTILINE)
        entries = re.findall(r"^[A-Za-z0-9]", text, re.MULTILINE)
        assert len(pins) == len(entries) > 0
        assert text.count(" \\\n    --hash=sha256:") >= len(entries)
        assert "://" not in text


def test_dlib_is_not_built():
    """face-recognition asks for dlib, which is source only; dlib-bin is the same module prebuilt."""
    lock = (REPO / "requirements" / "base.txt").read_text()
    assert re.search(r"^dlib-bin==", lock, re.MULTILINE)
    assert not re.search(r"^dlib==", lock, re.MULTILINE)
