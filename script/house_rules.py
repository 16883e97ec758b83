"""The house rules a linter does not know. Prints each break with the reason, and ends with 1 if there is one.

Usage: python script/house_rules.py [FILE …]   (default: every Python file of the checkout)
"""

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

REPO = Path(__file__).resolve().parent.parent
LONGEST_FILE = 450
SEND = {"delay", "apply_async"}
GETTEXT = {"_", "gettext", "gettext_lazy", "gettext_noop", "ngettext", "ngettext_lazy", "pgettext", "pgettext_lazy"}

REASONS = {
    "queue-door": "send tasks by realname.queue.enqueue: it waits for the commit, and a lost broker does no harm there",
    "gettext-static": "give gettext one whole literal sentence with named placeholders: what is built at run time has no translation",
    "file-length": f"a file over {LONGEST_FILE} lines has begun to do a second thing: which one? Give that a file of its own",
}


def breaks(source: str, *, path: str) -> Iterator[tuple[int, str]]:
    """Line and rule of each break in a file's text; `path` is relative to the checkout."""
    length = source.count("\n")
    if length > LONGEST_FILE:
        yield length, "file-length"
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        if isinstance(node.func, ast.Attribute) and node.func.attr in SEND and not _may_send(path):
            yield node.lineno, "queue-door"
        if _name(node.func) in GETTEXT and any(_made_at_run_time(argument) for argument in node.args[:2]):
            yield node.lineno, "gettext-static"


def _may_send(path: str) -> bool:
    """The door itself, and tests, which deliver tasks twice on purpose."""
    return path.startswith(("realname/queue/", "tests/"))


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else function.attr if isinstance(function, ast.Attribute) else ""


def _made_at_run_time(argument: ast.expr) -> bool:
    """An f-string, a sum, a `%` or a `.format()`; a name is allowed (a table of messages marked elsewhere)."""
    formats = isinstance(argument, ast.Call) and isinstance(argument.func, ast.Attribute) and argument.func.attr == "format"
    return formats or isinstance(argument, ast.JoinedStr | ast.BinOp) and not _is_number(argument)


def _is_number(argument: ast.expr) -> bool:
    """A sum as the count of ngettext is arithmetic, not text."""
    return isinstance(argument, ast.BinOp) and not any(isinstance(n, ast.Constant) and isinstance(n.value, str) for n in ast.walk(argument))


def python_files() -> list[Path]:
    """Every Python file that is, or could be, committed; migrations are written by Django."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"]
    try:
        listed = subprocess.run(command, cwd=REPO, check=True, capture_output=True, text=True)
        files = [REPO / line for line in listed.stdout.splitlines()]
    except (OSError, subprocess.CalledProcessError):
        # an unpacked archive, or a machine without git
        files = [file for file in REPO.rglob("*.py") if not {".venv", "var"} & set(file.relative_to(REPO).parts)]
    return [file for file in files if file.exists() and "migrations" not in file.parts]


def main() -> int:
    """Check and report."""
    found = 0
    for file in [Path(name).resolve() for name in sys.argv[1:]] or python_files():
        path = str(file.relative_to(REPO)) if file.is_relative_to(REPO) else str(file)
        for line, rule in breaks(file.read_text(encoding="utf-8"), path=path):
            print(f"{path}:{line}: {rule}: {REASONS[rule]}")
            found += 1
    print(f"{found} breaks of the house rules" if found else "The house rules are kept.")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
